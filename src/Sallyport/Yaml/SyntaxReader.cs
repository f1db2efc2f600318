using System.Collections.Immutable;
using Sallyport.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Sallyport.Yaml;

/// <summary>
/// YAML text to a small tree with places, from the parser's events only: no types, one document, and no tags or merge keys unless
/// <see cref="SyntaxOptions"/> take them. Hostile input is bounded by the options' length, depth and nodes (aliases count with
/// everything below them, so an alias bomb ends early).
/// </summary>
internal sealed class SyntaxReader
{
    /// <summary>Characters of a file.</summary>
    public const int MaxLength = 128 * 1024 * 1024;

    /// <summary>Mappings and sequences within each other; the schema needs six.</summary>
    public const int MaxDepth = 24;

    /// <summary>Nodes of a file after expansion of its aliases.</summary>
    public const int MaxNodes = 16_000_000;

    private readonly string _yaml;
    private readonly string _file;
    private readonly SyntaxOptions _options;
    private readonly Parser _parser;
    private readonly Dictionary<AnchorName, SyntaxNode> _anchors = [];
    private readonly List<Diagnostic> _diagnostics = [];
    private int _nodes;

    private SyntaxReader(string yaml, string file, SyntaxOptions options)
    {
        _yaml = yaml;
        _file = file;
        _options = options;
        _parser = new Parser(new StringReader(yaml));
    }

    /// <summary>Reads one document; an empty file is a null scalar. On a syntax error there is no tree, but everything said until then is returned.</summary>
    public static Result<SyntaxNode> Read(string yaml, string file, SyntaxOptions? options = null)
    {
        options ??= SyntaxOptions.Strict;
        if (yaml.Length > options.MaxLength) return Result<SyntaxNode>.Failed(YamlDiagnostics.LimitExceeded($"more than {options.MaxLength} characters", new SourceSpan(file)));
        if (yaml.StartsWith('\uFEFF')) yaml = yaml[1..];
        return FindControlCharacter(yaml, file) is { } found ? Result<SyntaxNode>.Failed(found) : new SyntaxReader(yaml, file, options).Read();
    }

    private Result<SyntaxNode> Read()
    {
        try
        {
            var root = ReadDocument();
            return new Result<SyntaxNode>(root, [.. _diagnostics]);
        }
        catch (YamlException exception)
        {
            _diagnostics.Add(YamlDiagnostics.BadSyntax(exception.Message, PlaceOf(exception)));
        }
        catch (SyntaxLimitException exception)
        {
            _diagnostics.Add(exception.Diagnostic);
        }

        return new Result<SyntaxNode>(null, [.. _diagnostics]);
    }

    private SyntaxNode ReadDocument()
    {
        Next();
        Next();
        if (_parser.Current is not DocumentStart) return new ScalarNode(string.Empty, IsPlain: true, new SourceSpan(_file, 1, 1));

        Next();
        var root = ReadNode(0);
        Next();
        if (_parser.Current is DocumentStart second) _diagnostics.Add(YamlDiagnostics.UnsupportedYaml("A second document (---)", At(second.Start)));
        return root;
    }

    /// <summary>Reads the node whose first event is current; leaves the event after the node current.</summary>
    private SyntaxNode ReadNode(int depth)
    {
        var current = _parser.Current!;
        if (++_nodes > _options.MaxNodes) throw new SyntaxLimitException(YamlDiagnostics.LimitExceeded($"more than {_options.MaxNodes} nodes", At(current.Start)));
        if (depth > _options.MaxDepth) throw new SyntaxLimitException(YamlDiagnostics.LimitExceeded($"more than {_options.MaxDepth} levels", At(current.Start)));
        if (current is AnchorAlias alias) return ReadAlias(alias);
        var ownTag = current is NodeEvent { Tag: { IsEmpty: false } found } && !IsCoreTag(found) ? found : TagName.Empty;
        if (!ownTag.IsEmpty && (_options.ExpandTag is null || ownTag.IsNonSpecific))
        {
            _diagnostics.Add(YamlDiagnostics.UnsupportedYaml($"The tag {(ownTag.IsNonSpecific ? "!" : ownTag.Value)}", At(current.Start)));
        }

        SyntaxNode node;
        switch (current)
        {
            case Scalar scalar:
                node = new ScalarNode(scalar.Value, scalar.Style == ScalarStyle.Plain, At(scalar.Start));
                Next();
                break;
            case SequenceStart start:
                node = ReadList(start, depth);
                break;
            case MappingStart start:
                node = ReadMap(start, depth);
                break;
            default:
                throw new YamlException(current.Start, current.End, "a value was expected here");
        }

        if (!ownTag.IsEmpty && !ownTag.IsNonSpecific && _options.ExpandTag is { } expand)
        {
            if (expand(ownTag.Value, node) is { } expanded) node = expanded;
            else _diagnostics.Add(YamlDiagnostics.UnsupportedYaml($"The tag {ownTag.Value}", At(current.Start)));
        }

        if (current is NodeEvent { Anchor: { IsEmpty: false } anchor }) _anchors[anchor] = node;
        return node;
    }

    private SyntaxNode ReadAlias(AnchorAlias alias)
    {
        Next();
        if (!_anchors.TryGetValue(alias.Value, out var node))
        {
            _diagnostics.Add(YamlDiagnostics.BadAlias(alias.Value.Value, At(alias.Start)));
            return new ScalarNode(string.Empty, IsPlain: true, At(alias.Start));
        }

        _nodes = (int)Math.Min(int.MaxValue - 1, (long)_nodes + node.Size);
        if (_nodes > _options.MaxNodes) throw new SyntaxLimitException(YamlDiagnostics.LimitExceeded($"more than {_options.MaxNodes} nodes after expanding aliases", At(alias.Start)));
        return node;
    }

    private ListNode ReadList(SequenceStart start, int depth)
    {
        Next();
        var items = ImmutableArray.CreateBuilder<SyntaxNode>();
        while (_parser.Current is not SequenceEnd) items.Add(ReadNode(depth + 1));
        Next();
        return new ListNode(items.DrainToImmutable(), At(start.Start));
    }

    private MapNode ReadMap(MappingStart start, int depth)
    {
        Next();
        var entries = ImmutableArray.CreateBuilder<MapEntry>();
        var seen = new Dictionary<string, SourceSpan>();
        var merged = new List<SyntaxNode>();
        while (_parser.Current is not MappingEnd)
        {
            var key = ReadNode(depth + 1);
            var value = ReadNode(depth + 1);
            if (key is not ScalarNode name) _diagnostics.Add(YamlDiagnostics.WrongKind("A key", "text", key.At));
            else if (name is { Text: "<<", IsPlain: true } && _options.MergeKeys) merged.Add(value);
            else if (name is { Text: "<<", IsPlain: true }) _diagnostics.Add(YamlDiagnostics.MergeKey(name.At));
            else if (!seen.TryAdd(name.Text, name.At)) _diagnostics.Add(YamlDiagnostics.DuplicateKey(name.Text, seen[name.Text], name.At));
            else entries.Add(new MapEntry(name, value));
        }

        Next();
        foreach (var source in merged) Merge(source, seen, entries);
        return new MapNode(entries.DrainToImmutable(), At(start.Start));
    }

    /// <summary>Adds what a merge key brings: own keys go before merged ones, and of a list the first map goes first.</summary>
    private void Merge(SyntaxNode source, Dictionary<string, SourceSpan> seen, ImmutableArray<MapEntry>.Builder entries)
    {
        switch (source)
        {
            case MapNode map:
                foreach (var entry in map.Entries)
                {
                    if (seen.TryAdd(entry.Key.Text, entry.Key.At)) entries.Add(entry);
                }

                break;
            case ListNode list when list.Items.All(i => i is MapNode):
                foreach (var item in list.Items) Merge(item, seen, entries);
                break;
            default:
                _diagnostics.Add(YamlDiagnostics.WrongKind("What a merge key (<<) names", "a mapping or a list of mappings", source.At));
                break;
        }
    }

    /// <summary>The tags that say what a plain reading says anyway.</summary>
    private static bool IsCoreTag(TagName tag) =>
        tag is { IsNonSpecific: false, Value: "tag:yaml.org,2002:str" or "tag:yaml.org,2002:map" or "tag:yaml.org,2002:seq" };

    /// <summary>YAML has no control characters; the scanner would take a NUL for the end of the file.</summary>
    private static Diagnostic? FindControlCharacter(string yaml, string file)
    {
        var (line, start) = (1, 0);
        for (var i = 0; i < yaml.Length; i++)
        {
            var c = yaml[i];
            if (c == '\n') (line, start) = (line + 1, i + 1);
            else if (c is (< ' ' and not '\t' and not '\r') or '\u007f') return YamlDiagnostics.UnsupportedYaml($"The control character U+{(int)c:X4}", new SourceSpan(file, line, i - start + 1));
        }

        return null;
    }

    /// <summary>The parser places a forbidden tab at the start of the mapping; people look for the tab.</summary>
    private SourceSpan PlaceOf(YamlException exception)
    {
        if (!exception.Message.Contains("tab", StringComparison.Ordinal)) return At(exception.Start);
        var lines = _yaml.Split('\n');
        for (var i = (int)Math.Max(1, exception.Start.Line) - 1; i < lines.Length; i++)
        {
            if (lines[i].TrimStart(' ').StartsWith('\t')) return new SourceSpan(_file, i + 1, lines[i].IndexOf('\t', StringComparison.Ordinal) + 1);
        }

        return At(exception.Start);
    }

    private void Next()
    {
        var before = _parser.Current?.End ?? Mark.Empty;
        try
        {
            if (!_parser.MoveNext()) throw new YamlException(before, before, "the file ends too early");
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // The parser's own guards, which some malformed input reaches (YamlDotNet 16.3).
            throw new YamlException(before, before, "something after this place cannot be read", exception);
        }
    }

    private SourceSpan At(Mark mark) => new(_file, (int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));

    private sealed class SyntaxLimitException(Diagnostic diagnostic) : Exception
    {
        public Diagnostic Diagnostic => diagnostic;
    }
}

using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Sallyport.Yaml.Outlines;

/// <summary>
/// The first document of a YAML text, or a JSON text, as places. Tags are kept as text, an alias is a leaf: nothing is expanded, so a
/// text costs what it is long. Depth is bounded by <see cref="MaxDepth"/>.
/// </summary>
internal sealed class OutlineReader
{
    /// <summary>Mappings and sequences within each other.</summary>
    public const int MaxDepth = 100;

    private readonly string _text;
    private readonly Parser _parser;
    private readonly HashSet<string> _anchors = [];

    private OutlineReader(string text) => (_text, _parser) = (text, new Parser(new StringReader(text)));

    /// <summary>Reads a text; null when it is broken, empty or too deep.</summary>
    public static OutlineNode? Read(string text)
    {
        try
        {
            var reader = new OutlineReader(text);
            while (reader.Next())
            {
                if (reader._parser.Current is DocumentStart) return reader.Next() ? reader.Node(0) : null;
            }

            return null;
        }
        catch (Exception exception) when (exception is YamlException or InvalidOperationException or ArgumentException)
        {
            // The parser's own guards throw the latter two for some malformed input (YamlDotNet 16.3).
            return null;
        }
    }

    private bool Next() => _parser.MoveNext();

    // Leaves the event after the node current.
    private OutlineNode Node(int depth)
    {
        if (depth > MaxDepth) throw new YamlException("The text is nested too deep.");
        if (_parser.Current is NodeEvent { Anchor.IsEmpty: false } named) _anchors.Add(named.Anchor.Value);
        switch (_parser.Current)
        {
            case AnchorAlias alias when !_anchors.Contains(alias.Value.Value):
                throw new YamlException("An alias names nothing.");
            case Scalar scalar:
                Next();
                return new OutlineNode(At(scalar.Start), EndOf(scalar)) { Text = scalar.Value, Tag = TagOf(scalar) };
            case AnchorAlias alias:
                Next();
                return new OutlineNode(At(alias.Start), At(alias.End)) { Tag = "*" };
            case SequenceStart start:
                return Sequence(start, depth);
            case MappingStart start:
                return Mapping(start, depth);
            default:
                throw new YamlException("A value was expected.");
        }
    }

    private OutlineNode Sequence(SequenceStart start, int depth)
    {
        Next();
        var items = ImmutableArray.CreateBuilder<OutlineNode>();
        while (_parser.Current is not SequenceEnd) items.Add(Node(depth + 1));
        var isFlow = start.Style == SequenceStyle.Flow;
        var end = isFlow ? AfterBracket(_parser.Current) : items.Count == 0 ? At(start.End) : items[^1].End;
        Next();
        return new OutlineNode(At(start.Start), end) { Items = items.ToImmutable(), Tag = TagOf(start), IsFlow = isFlow };
    }

    private OutlineNode Mapping(MappingStart start, int depth)
    {
        Next();
        var entries = ImmutableArray.CreateBuilder<OutlineEntry>();
        while (_parser.Current is not MappingEnd)
        {
            var key = Node(depth + 1);
            entries.Add(new OutlineEntry(key, Node(depth + 1)));
        }

        var isFlow = start.Style == MappingStyle.Flow;
        var end = isFlow ? AfterBracket(_parser.Current) : entries.Count == 0 ? At(start.End) : entries[^1].End;
        Next();
        return new OutlineNode(At(start.Start), end) { Entries = entries.ToImmutable(), Tag = TagOf(start), IsFlow = isFlow };
    }

    // A block scalar, and an absent value, end after the ends of lines that belong to nobody.
    private int EndOf(Scalar scalar)
    {
        var (start, end) = (At(scalar.Start), At(scalar.End));
        while (end > start && char.IsWhiteSpace(_text[end - 1])) end--;
        return end;
    }

    // The parser's end of a bracket is its start.
    private int AfterBracket(ParsingEvent end)
    {
        var at = At(end.Start);
        return at < _text.Length && _text[at] is '}' or ']' ? at + 1 : At(end.End);
    }

    private int At(Mark mark) => (int)Math.Min(mark.Index, _text.Length);

    private static string TagOf(NodeEvent node) => node.Tag.IsEmpty ? string.Empty : node.Tag.IsNonSpecific ? "!" : node.Tag.Value;
}

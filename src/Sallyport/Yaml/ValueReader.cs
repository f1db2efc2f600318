using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Sallyport.Diagnostics;

namespace Sallyport.Yaml;

/// <summary>How to read one value of each type, and what was said while doing so. A file with names of its own derives from it.</summary>
internal class ValueReader
{
    /// <summary>Problems that are listed before the rest is only mentioned.</summary>
    public const int MaxDiagnostics = 500;

    /// <summary>Problems that get a suggestion; looking for one costs a pass over all names.</summary>
    private const int MaxSuggestions = 30;

    private static readonly Regex NamePattern = new("^[A-Za-z0-9][A-Za-z0-9._-]{0,62}\\z", RegexOptions.CultureInvariant);

    private readonly List<Diagnostic> _diagnostics;
    private readonly HashSet<Diagnostic> _said;
    private int _suggestions;

    public ValueReader(string file, ImmutableArray<Diagnostic> said)
    {
        File = new SourceSpan(file, 1, 1);
        _diagnostics = [.. said];
        _said = [.. said];
    }

    /// <summary>The start of the file, for what is missing altogether.</summary>
    public SourceSpan File { get; }

    /// <summary>Everything said, in file order.</summary>
    public ImmutableArray<Diagnostic> Diagnostics =>
        [.. _diagnostics.OrderBy(d => d.At?.Line ?? 0).ThenBy(d => d.At?.Column ?? 0).ThenBy(d => d.Code, StringComparer.Ordinal)];

    /// <summary>Says something once: a node that aliases repeat is reported where it stands.</summary>
    public void Report(Diagnostic diagnostic)
    {
        if (_diagnostics.Count > MaxDiagnostics || !_said.Add(diagnostic)) return;
        _diagnostics.Add(_diagnostics.Count == MaxDiagnostics ? YamlDiagnostics.TooMany(MaxDiagnostics, diagnostic.At ?? File) : diagnostic);
    }

    /// <summary>What the writer probably meant, or null.</summary>
    public string? Nearest(string word, IEnumerable<string> candidates) =>
        word.Length > 100 || _suggestions++ >= MaxSuggestions ? null : NearestName.Find(word, candidates);

    /// <summary>The text of a value; null (and said) when it is no text.</summary>
    public string? Text(SyntaxNode? node, string key)
    {
        if (node is null) return null;
        if (node is ScalarNode { IsNull: false } scalar && scalar.Text.Trim().Length > 0) return scalar.Text;
        Report(YamlDiagnostics.WrongKind($"\"{key}\"", "text", node.At));
        return null;
    }

    /// <summary>A value or a list of values; what is no text is said and left out.</summary>
    public ImmutableArray<ScalarNode> Texts(SyntaxNode? node, string key)
    {
        if (node is null) return [];
        IReadOnlyList<SyntaxNode> items = node is ListNode list ? list.Items : [node];
        var result = ImmutableArray.CreateBuilder<ScalarNode>(items.Count);
        foreach (var item in items)
        {
            if (Text(item, key) is not null) result.Add((ScalarNode)item);
        }

        return result.DrainToImmutable();
    }

    public bool Flag(SyntaxNode? node, string key)
    {
        if (node is null) return false;
        if (node is ScalarNode { Text: "true" or "false" } scalar) return scalar.Text == "true";
        Report(node is ScalarNode other
            ? YamlDiagnostics.BadValue(other.Text, key, "true or false", null, node.At)
            : YamlDiagnostics.WrongKind($"\"{key}\"", "true or false", node.At));
        return false;
    }

    public DateOnly? Date(SyntaxNode? node, string key)
    {
        if (Text(node, key) is not { } text) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;
        Report(YamlDiagnostics.BadDate(text, key, node!.At));
        return null;
    }

    public int Number(SyntaxNode? node, string key, int least, int most, int otherwise)
    {
        if (Text(node, key) is not { } text) return otherwise;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        Report(YamlDiagnostics.OutOfRange(text, key, least, most, node!.At));
        return otherwise;
    }

    /// <summary>One of a few words; the first is the default.</summary>
    public T Choice<T>(SyntaxNode? node, string key, params ReadOnlySpan<(string Word, T Value)> choices)
    {
        if (Text(node, key) is not { } text) return choices[0].Value;
        var words = new List<string>();
        foreach (var (word, value) in choices)
        {
            if (word == text) return value;
            words.Add(word);
        }

        Report(YamlDiagnostics.BadValue(text, key, string.Join(", ", words), Nearest(text, words), node!.At));
        return choices[0].Value;
    }

    /// <summary>True for a name or id of ours; said otherwise.</summary>
    public bool IsName(ScalarNode node)
    {
        if (NamePattern.IsMatch(node.Text)) return true;
        Report(YamlDiagnostics.BadName(node.Text, node.At));
        return false;
    }
}

using Sallyport.Diagnostics;

namespace Sallyport.Yaml;

/// <summary>A mapping whose keys are checked against a <see cref="KeyTable"/>. A null value counts as absent.</summary>
internal sealed class Section
{
    private readonly Dictionary<string, SyntaxNode> _values = [];
    private readonly ValueReader _context;
    private readonly KeyTable _table;

    private Section(SourceSpan at, KeyTable table, ValueReader context)
    {
        At = at;
        _table = table;
        _context = context;
    }

    /// <summary>Where the mapping is declared.</summary>
    public SourceSpan At { get; }

    /// <summary>The value of a key; null when it is absent.</summary>
    public SyntaxNode? this[string key] => _values.GetValueOrDefault(key);

    /// <summary>Opens a node as a mapping; null (and said) when it is something else. Unknown keys are said.</summary>
    public static Section? Open(SyntaxNode node, KeyTable table, ValueReader context, SourceSpan? at = null)
    {
        if (node is not MapNode map)
        {
            context.Report(YamlDiagnostics.WrongKind(Capital(table.Where), $"a mapping with the keys {string.Join(", ", table.Keys)}", node.At));
            return null;
        }

        var section = new Section(at ?? node.At, table, context);
        foreach (var entry in map.Entries)
        {
            if (!table.Keys.Contains(entry.Key.Text))
            {
                context.Report(YamlDiagnostics.UnknownKey(entry.Key.Text, table.Where, context.Nearest(entry.Key.Text, table.Keys), table.Keys, entry.Key.At));
            }
            else if (!entry.Value.IsNull)
            {
                section._values.Add(entry.Key.Text, entry.Value);
            }
        }

        return section;
    }

    /// <summary>The entries of a mapping from names, such as <c>groups</c>; a name that is none is said and left out.</summary>
    public IEnumerable<MapEntry> Named(string key)
    {
        if (this[key] is not { } node) yield break;
        if (node is not MapNode map)
        {
            _context.Report(YamlDiagnostics.WrongKind($"\"{key}\"", "a mapping from names", node.At));
            yield break;
        }

        foreach (var entry in map.Entries)
        {
            if (_context.IsName(entry.Key)) yield return entry;
        }
    }

    /// <summary>The items of a list, such as <c>tests</c>.</summary>
    public IEnumerable<SyntaxNode> Items(string key)
    {
        if (this[key] is not { } node) return [];
        if (node is ListNode list) return list.Items;
        _context.Report(YamlDiagnostics.WrongKind($"\"{key}\"", "a list", node.At));
        return [];
    }

    /// <summary>The text of a key; null when absent or said.</summary>
    public string? Text(string key) => _context.Text(this[key], key);

    /// <summary>The text of a key that must be there; null and said otherwise.</summary>
    public string? Required(string key)
    {
        if (this[key] is not null) return Text(key);
        _context.Report(YamlDiagnostics.MissingKey(key, _table.Where, At));
        return null;
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}

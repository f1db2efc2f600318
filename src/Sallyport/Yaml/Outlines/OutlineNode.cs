using System.Collections.Immutable;

namespace Sallyport.Yaml.Outlines;

/// <summary>Where a node of a YAML or JSON text stands: enough to edit the text without writing it anew.</summary>
/// <param name="Start">Its first character.</param>
/// <param name="End">After its last character; white space and comments behind it are not part of it.</param>
internal sealed record OutlineNode(int Start, int End)
{
    /// <summary>Null for a mapping or a sequence.</summary>
    public string? Text { get; init; }

    /// <summary>Its tag, such as <c>!If</c>; empty for none.</summary>
    public string Tag { get; init; } = string.Empty;

    /// <summary>True for JSON's way of brackets.</summary>
    public bool IsFlow { get; init; }

    /// <summary>Of a mapping, in order.</summary>
    public ImmutableArray<OutlineEntry> Entries { get; init; } = [];

    /// <summary>Of a sequence, in order; null for anything else.</summary>
    public ImmutableArray<OutlineNode>? Items { get; init; }

    /// <summary>The value of a key; null when there is none.</summary>
    public OutlineNode? this[string key] => Entries.FirstOrDefault(e => e.Key.Text == key)?.Value;

    /// <summary>The entry of a key; null when there is none.</summary>
    public OutlineEntry? Find(string key) => Entries.FirstOrDefault(e => e.Key.Text == key);
}

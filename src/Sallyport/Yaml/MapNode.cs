using System.Collections.Immutable;
using Sallyport.Diagnostics;

namespace Sallyport.Yaml;

/// <summary>A YAML mapping whose keys are text, each once, in file order.</summary>
internal sealed record MapNode(ImmutableArray<MapEntry> Entries, SourceSpan At) : SyntaxNode(At, 1 + Entries.Sum(e => e.Value.Size + 1))
{
    /// <summary>The value of a key; null when it is absent.</summary>
    public SyntaxNode? Find(string key)
    {
        foreach (var entry in Entries)
        {
            if (entry.Key.Text == key) return entry.Value;
        }

        return null;
    }
}

using System.Collections.Immutable;

namespace Sallyport.Estates;

/// <summary>The tags of one resource, sorted by key. Keys are case-sensitive and unique.</summary>
public sealed class Tags : IEquatable<Tags>
{
    private readonly ImmutableArray<KeyValuePair<string, string>> _pairs;

    private Tags(ImmutableArray<KeyValuePair<string, string>> pairs) => _pairs = pairs;

    /// <summary>No tag.</summary>
    public static Tags None { get; } = new([]);

    /// <summary>Sorted by key, ordinal.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Pairs => _pairs;

    /// <summary>True when there is none.</summary>
    public bool IsEmpty => _pairs.IsEmpty;

    /// <summary>The value of a key; null when the key is absent.</summary>
    public string? this[string key]
    {
        get
        {
            foreach (var pair in _pairs)
            {
                if (pair.Key == key) return pair.Value;
            }

            return null;
        }
    }

    /// <summary>Builds from pairs in any order; of a repeated key the last wins.</summary>
    public static Tags Of(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        var sorted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in pairs) sorted[pair.Key] = pair.Value;
        return sorted.Count == 0 ? None : new Tags([.. sorted]);
    }

    /// <summary>The same tags with one set.</summary>
    public Tags With(string key, string value) => Of([.. _pairs, new(key, value)]);

    /// <summary>The same tags without one.</summary>
    public Tags Without(string key) => Of(_pairs.Where(p => p.Key != key));

    /// <inheritdoc/>
    public bool Equals(Tags? other) => other is not null && _pairs.AsSpan().SequenceEqual(other._pairs.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Tags);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var pair in _pairs) hash.Add(pair);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", _pairs.Select(p => $"{p.Key}={p.Value}"));
}

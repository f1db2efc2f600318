using System.Collections.Immutable;

namespace Sallyport.Estates;

/// <summary>
/// The tags of one resource, sorted by key. Keys are case-sensitive and unique. Code may hide values or leave them open: those keys are told
/// apart, so that nobody takes such a tag for an absent one.
/// </summary>
public sealed class Tags : IEquatable<Tags>
{
    private readonly ImmutableArray<KeyValuePair<string, string>> _pairs;

    private Tags(ImmutableArray<KeyValuePair<string, string>> pairs, ImmutableArray<KeyValuePair<string, string>> unknown) => (_pairs, Unknown) = (pairs, unknown);

    /// <summary>No tag.</summary>
    public static Tags None { get; } = new([], []);

    /// <summary>Sorted by key, ordinal. The value of a key of <see cref="Unknown"/> is what is known of it: <c>${Stage}-web</c>.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Pairs => _pairs;

    /// <summary>
    /// Keys of which it is not known what they hold, or whether they are there, each with a clause that says why; sorted. The empty key stands for
    /// every key that is not named.
    /// </summary>
    public ImmutableArray<KeyValuePair<string, string>> Unknown { get; }

    /// <summary>True when there is none.</summary>
    public bool IsEmpty => _pairs.IsEmpty && Unknown.IsEmpty;

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
    public static Tags Of(IEnumerable<KeyValuePair<string, string>> pairs) => Of(pairs, []);

    /// <summary>Builds from pairs in any order and what is not known of them; of a repeated key the last wins.</summary>
    /// <param name="pairs">Keys and values.</param>
    /// <param name="unknown">Keys and why they are not known.</param>
    public static Tags Of(IEnumerable<KeyValuePair<string, string>> pairs, IEnumerable<KeyValuePair<string, string>> unknown)
    {
        var (known, open) = (Sorted(pairs), Sorted(unknown));
        return known.IsEmpty && open.IsEmpty ? None : new Tags(known, open);
    }

    /// <summary>A clause: why it is not known what the tag holds, or whether it is there; null when that is known.</summary>
    public string? DoubtOf(string key, StringComparison comparison = StringComparison.Ordinal)
    {
        if (Unknown.IsEmpty) return null;
        foreach (var (named, why) in Unknown)
        {
            if (named.Equals(key, comparison)) return $"the tag {named} is not known: {why}";
        }

        // The empty key comes first.
        return Unknown[0].Key.Length > 0 || _pairs.Any(p => p.Key.Equals(key, comparison)) ? null : $"not all tags are known: {Unknown[0].Value}";
    }

    /// <summary>The same tags with one set.</summary>
    public Tags With(string key, string value) => Of([.. _pairs, new(key, value)], Unknown.Where(u => u.Key != key));

    /// <summary>The same tags without one.</summary>
    public Tags Without(string key) => Of(_pairs.Where(p => p.Key != key), Unknown.Where(u => u.Key != key));

    /// <inheritdoc/>
    public bool Equals(Tags? other) =>
        other is not null && _pairs.AsSpan().SequenceEqual(other._pairs.AsSpan()) && Unknown.AsSpan().SequenceEqual(other.Unknown.AsSpan());

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

    private static ImmutableArray<KeyValuePair<string, string>> Sorted(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        if (pairs.TryGetNonEnumeratedCount(out var count) && count == 0) return [];
        var sorted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in pairs) sorted[pair.Key] = pair.Value;
        return [.. sorted];
    }
}

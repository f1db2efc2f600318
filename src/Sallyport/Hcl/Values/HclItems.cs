using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Sallyport.Hcl.Values;

/// <summary>
/// What a map holds: pairs in ordinal order of their keys, each key once. One sorted array: maps are made once, looked into and gone through
/// often, and come mostly in order already.
/// </summary>
internal sealed class HclItems : IReadOnlyCollection<KeyValuePair<string, HclValue>>
{
    private readonly ImmutableArray<KeyValuePair<string, HclValue>> _pairs;

    private HclItems(ImmutableArray<KeyValuePair<string, HclValue>> pairs) => _pairs = pairs;

    /// <summary>No pairs.</summary>
    public static HclItems Empty { get; } = new([]);

    /// <summary>Items of pairs in any order; of one key the last stays.</summary>
    public static HclItems Of(ReadOnlySpan<KeyValuePair<string, HclValue>> pairs)
    {
        for (var i = 1; i < pairs.Length; i++)
        {
            if (string.CompareOrdinal(pairs[i - 1].Key, pairs[i].Key) < 0) continue;
            var builder = new Builder(pairs.Length);
            foreach (var (key, value) in pairs) builder[key] = value;
            return builder.ToItems();
        }

        return pairs.IsEmpty ? Empty : new HclItems([.. pairs]);
    }

    /// <inheritdoc/>
    public int Count => _pairs.Length;

    /// <summary>True when there is no pair.</summary>
    public bool IsEmpty => _pairs.IsEmpty;

    /// <summary>The keys, in order.</summary>
    public IEnumerable<string> Keys => _pairs.Select(p => p.Key);

    /// <summary>The values, in the order of their keys.</summary>
    public IEnumerable<HclValue> Values => _pairs.Select(p => p.Value);

    /// <summary>The value of a key; false when there is none.</summary>
    public bool TryGetValue(string key, [NotNullWhen(true)] out HclValue? value)
    {
        var at = Find(_pairs.AsSpan(), key);
        value = at < 0 ? null : _pairs[at].Value;
        return at >= 0;
    }

    /// <summary>The value of a key; null when there is none.</summary>
    public HclValue? GetValueOrDefault(string key)
    {
        var at = Find(_pairs.AsSpan(), key);
        return at < 0 ? null : _pairs[at].Value;
    }

    /// <summary>The value of a key that is there.</summary>
    /// <exception cref="KeyNotFoundException">It is not.</exception>
    public HclValue this[string key] => GetValueOrDefault(key) ?? throw new KeyNotFoundException(key);

    /// <summary>True when there is such a key.</summary>
    public bool ContainsKey(string key) => Find(_pairs.AsSpan(), key) >= 0;

    /// <summary>The same pairs but for one. For a single change: it copies them all.</summary>
    public HclItems SetItem(string key, HclValue value)
    {
        var builder = ToBuilder();
        builder[key] = value;
        return builder.ToItems();
    }

    /// <summary>A builder that starts with these pairs.</summary>
    public Builder ToBuilder()
    {
        var builder = new Builder(Count);
        foreach (var (key, value) in _pairs) builder[key] = value;
        return builder;
    }

    /// <summary>Goes through the pairs in order.</summary>
    public ImmutableArray<KeyValuePair<string, HclValue>>.Enumerator GetEnumerator() => _pairs.GetEnumerator();

    IEnumerator<KeyValuePair<string, HclValue>> IEnumerable<KeyValuePair<string, HclValue>>.GetEnumerator() => ((IEnumerable<KeyValuePair<string, HclValue>>)_pairs).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable)_pairs).GetEnumerator();

    // Negative when it is not there: then the complement of where it would stand.
    private static int Find(ReadOnlySpan<KeyValuePair<string, HclValue>> pairs, string key)
    {
        var (low, high) = (0, pairs.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = string.CompareOrdinal(pairs[middle].Key, key);
            if (order == 0) return middle;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }

        return ~low;
    }

    /// <summary>Collects pairs in any order; of one key the last stays.</summary>
    internal sealed class Builder(int capacity = 8)
    {
        private readonly List<KeyValuePair<string, HclValue>> _pairs = new(capacity);
        private bool _isSorted = true;

        /// <summary>Puts the value of a key in place of the one before it.</summary>
        public HclValue this[string key]
        {
            set
            {
                if (_isSorted && _pairs.Count > 0 && string.CompareOrdinal(_pairs[^1].Key, key) >= 0)
                {
                    var at = Find(CollectionsMarshal.AsSpan(_pairs), key);
                    if (at >= 0)
                    {
                        _pairs[at] = new(key, value);
                        return;
                    }

                    _isSorted = false;
                }

                _pairs.Add(new(key, value));
            }
        }

        /// <summary>The pairs, sorted. The builder must not be used afterwards.</summary>
        public HclItems ToItems()
        {
            if (_pairs.Count == 0) return Empty;
            return new HclItems(_isSorted ? [.. _pairs] : Sorted());
        }

        private ImmutableArray<KeyValuePair<string, HclValue>> Sorted()
        {
            // The sort keeps equal keys in the order they came.
            var sorted = ImmutableArray.CreateBuilder<KeyValuePair<string, HclValue>>(_pairs.Count);
            foreach (var pair in _pairs.OrderBy(p => p.Key, StringComparer.Ordinal))
            {
                if (sorted.Count > 0 && sorted[^1].Key == pair.Key) sorted[^1] = pair;
                else sorted.Add(pair);
            }

            return sorted.DrainToImmutable();
        }
    }
}

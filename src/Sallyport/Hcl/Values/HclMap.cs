using System.Collections.Immutable;

namespace Sallyport.Hcl.Values;

/// <summary>A map or object; keys are in ordinal order, as Terraform goes through them.</summary>
internal sealed record HclMap(ImmutableSortedDictionary<string, HclValue> Items) : HclValue
{
    /// <summary>No items.</summary>
    public static HclMap Empty { get; } = new(ImmutableSortedDictionary.Create<string, HclValue>(StringComparer.Ordinal));

    /// <inheritdoc/>
    public override long Weight { get; } = Heap(Items.Values);

    /// <inheritdoc/>
    public override bool IsWhollyKnown => Items.Values.All(i => i.IsWhollyKnown);

    /// <summary>A map of pairs; a later one of the same key wins.</summary>
    public static HclMap Of(IEnumerable<KeyValuePair<string, HclValue>> pairs)
    {
        var builder = Empty.Items.ToBuilder();
        foreach (var (key, value) in pairs) builder[key] = value;
        return new HclMap(builder.ToImmutable());
    }

    /// <summary>Key by key.</summary>
    public bool Equals(HclMap? other) =>
        other is not null && Items.Count == other.Items.Count && Items.All(p => other.Items.TryGetValue(p.Key, out var value) && value.Equals(p.Value));

    /// <inheritdoc/>
    public override int GetHashCode() => Items.Aggregate(Items.Count, (hash, pair) => HashCode.Combine(hash, pair.Key, pair.Value));
}

namespace Sallyport.Hcl.Values;

/// <summary>A map or object; keys are in ordinal order, as Terraform goes through them.</summary>
internal sealed record HclMap(HclItems Items) : HclValue
{
    /// <summary>No items.</summary>
    public static HclMap Empty { get; } = new(HclItems.Empty);

    /// <inheritdoc/>
    public override long Weight { get; } = Heap(Items);

    /// <inheritdoc/>
    public override bool IsWhollyKnown { get; } = AreKnown(Items);

    /// <summary>A map of pairs; a later one of the same key wins.</summary>
    public static HclMap Of(IEnumerable<KeyValuePair<string, HclValue>> pairs)
    {
        var builder = new HclItems.Builder();
        foreach (var (key, value) in pairs) builder[key] = value;
        return new HclMap(builder.ToItems());
    }

    /// <summary>Key by key.</summary>
    public bool Equals(HclMap? other) =>
        other is not null && Items.Count == other.Items.Count && Items.All(p => other.Items.TryGetValue(p.Key, out var value) && value.Equals(p.Value));

    /// <inheritdoc/>
    public override int GetHashCode() => Items.Aggregate(Items.Count, (hash, pair) => HashCode.Combine(hash, pair.Key, pair.Value));

    private static long Heap(HclItems items)
    {
        var sum = 1L;
        foreach (var (_, value) in items) sum = Heavier(sum, value);
        return sum;
    }

    private static bool AreKnown(HclItems items)
    {
        foreach (var (_, value) in items)
        {
            if (!value.IsWhollyKnown) return false;
        }

        return true;
    }
}

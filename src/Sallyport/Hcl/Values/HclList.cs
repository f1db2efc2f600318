using System.Collections.Immutable;

namespace Sallyport.Hcl.Values;

/// <summary>A list, tuple or set.</summary>
internal sealed record HclList(ImmutableArray<HclValue> Items) : HclValue
{
    /// <summary>No items.</summary>
    public static HclList Empty { get; } = new([]);

    /// <summary>True when it is known to be a set, whose elements are their own keys. Not part of its value.</summary>
    public bool IsSet { get; init; }

    /// <inheritdoc/>
    public override long Weight { get; } = Heap(Items.AsSpan());

    /// <inheritdoc/>
    public override bool IsWhollyKnown { get; } = AreKnown(Items.AsSpan());

    /// <summary>Item by item.</summary>
    public bool Equals(HclList? other) => other is not null && Items.AsSpan().SequenceEqual(other.Items.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => Items.Aggregate(Items.Length, HashCode.Combine);

    private static long Heap(ReadOnlySpan<HclValue> items)
    {
        var sum = 1L;
        foreach (var item in items) sum = Heavier(sum, item);
        return sum;
    }

    private static bool AreKnown(ReadOnlySpan<HclValue> items)
    {
        foreach (var item in items)
        {
            if (!item.IsWhollyKnown) return false;
        }

        return true;
    }
}

using System.Collections.Immutable;

namespace Sallyport.Packets;

/// <summary>
/// A set of addresses of one family: sorted, disjoint, non-touching ranges, so equal sets are equal values.
/// Every operation is a merge walk, O(n + m).
/// </summary>
public sealed class AddressSet : IEquatable<AddressSet>
{
    private static readonly AddressSet EmptyV4 = new(IpFamily.V4, []);
    private static readonly AddressSet EmptyV6 = new(IpFamily.V6, []);

    private AddressSet(IpFamily family, ImmutableArray<AddressRange> ranges)
    {
        Family = family;
        Ranges = ranges;
    }

    /// <summary>Which universe the addresses lie in.</summary>
    public IpFamily Family { get; }

    /// <summary>Sorted, disjoint, non-touching.</summary>
    public ImmutableArray<AddressRange> Ranges { get; }

    /// <summary>True when no address is in the set.</summary>
    public bool IsEmpty => Ranges.IsEmpty;

    /// <summary>True when every address of the family is in the set.</summary>
    public bool IsFull => Ranges.Length == 1 && Ranges[0].First == 0 && Ranges[0].Last == Address.Max(Family);

    /// <summary>Number of addresses; the full IPv6 space saturates at 2^128 - 1.</summary>
    public AddressNumber Count
    {
        get
        {
            AddressNumber count = 0;
            foreach (var range in Ranges)
            {
                var size = range.Last - range.First;
                count += size == AddressNumber.MaxValue ? size : size + 1;
            }

            return count;
        }
    }

    /// <summary>The set without any address.</summary>
    public static AddressSet Empty(IpFamily family) => family == IpFamily.V4 ? EmptyV4 : EmptyV6;

    /// <summary>Every address of the family.</summary>
    public static AddressSet Full(IpFamily family) => new(family, [new AddressRange(0, Address.Max(family))]);

    /// <summary>The union of the blocks of that family; blocks of the other family are left out.</summary>
    public static AddressSet Of(IpFamily family, IEnumerable<Cidr> cidrs) =>
        Merge(family, RangesOf(family, cidrs));

    /// <summary>The block as a set.</summary>
    public static AddressSet Of(Cidr cidr) => new(cidr.Family, [new AddressRange(cidr.Bits, cidr.Last.Bits)]);

    /// <summary>The union of ranges in any order, overlapping or not.</summary>
    public static AddressSet FromRanges(IpFamily family, IEnumerable<AddressRange> ranges) => Merge(family, [.. ranges]);

    /// <summary>True when the address is in the set: one binary search.</summary>
    public bool Contains(Address address) => address.Family == Family && IndexOf(address.Bits) >= 0;

    /// <summary>Addresses in either set.</summary>
    public AddressSet Union(AddressSet other)
    {
        CheckFamily(other);
        if (IsEmpty) return other;
        if (other.IsEmpty) return this;
        return Merge(Family, [.. Ranges, .. other.Ranges]);
    }

    /// <summary>Addresses in both sets.</summary>
    public AddressSet Intersect(AddressSet other)
    {
        CheckFamily(other);
        var result = ImmutableArray.CreateBuilder<AddressRange>();
        for (int i = 0, j = 0; i < Ranges.Length && j < other.Ranges.Length;)
        {
            var (a, b) = (Ranges[i], other.Ranges[j]);
            var first = AddressNumber.Max(a.First, b.First);
            var last = AddressNumber.Min(a.Last, b.Last);
            if (first <= last) result.Add(new AddressRange(first, last));
            if (a.Last < b.Last) i++; else j++;
        }

        return new AddressSet(Family, result.DrainToImmutable());
    }

    /// <summary>Addresses of this set that are not in the other.</summary>
    public AddressSet Subtract(AddressSet other) => Intersect(other.Complement());

    /// <summary>Addresses of the family that are not in the set.</summary>
    public AddressSet Complement()
    {
        var result = ImmutableArray.CreateBuilder<AddressRange>(Ranges.Length + 1);
        AddressNumber next = 0;
        var max = Address.Max(Family);
        foreach (var range in Ranges)
        {
            if (range.First > next) result.Add(new AddressRange(next, range.First - 1));
            if (range.Last == max) return new AddressSet(Family, result.DrainToImmutable());
            next = range.Last + 1;
        }

        result.Add(new AddressRange(next, max));
        return new AddressSet(Family, result.DrainToImmutable());
    }

    /// <summary>True when every address of this set is in the other.</summary>
    public bool IsSubsetOf(AddressSet other)
    {
        CheckFamily(other);
        foreach (var range in Ranges)
        {
            var index = other.IndexOf(range.First);
            if (index < 0 || other.Ranges[index].Last < range.Last) return false;
        }

        return true;
    }

    /// <summary>Number of the set's addresses that lie in a range; saturates as <see cref="Count"/> does.</summary>
    public AddressNumber CountWithin(AddressRange range)
    {
        AddressNumber count = 0;
        for (var i = FirstReaching(range.First); i < Ranges.Length; i++)
        {
            var own = Ranges[i];
            if (own.First > range.Last) break;
            var size = AddressNumber.Min(own.Last, range.Last) - AddressNumber.Max(own.First, range.First);
            count += size == AddressNumber.MaxValue ? size : size + 1;
        }

        return count;
    }

    /// <summary>True when the sets share an address.</summary>
    public bool Overlaps(AddressSet other) => !Intersect(other).IsEmpty;

    /// <summary>True when an address of the range is in the set: one binary search.</summary>
    public bool Overlaps(AddressRange range)
    {
        var (low, high) = (0, Ranges.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (Ranges[middle].Last < range.First) low = middle + 1;
            else if (Ranges[middle].First > range.Last) high = middle - 1;
            else return true;
        }

        return false;
    }

    /// <summary>The unique smallest list of disjoint blocks whose union is the set, in address order.</summary>
    public ImmutableArray<Cidr> ToCidrs()
    {
        var result = ImmutableArray.CreateBuilder<Cidr>();
        var width = Cidr.Width(Family);
        foreach (var range in Ranges)
        {
            var first = range.First;
            while (true)
            {
                var size = first == 0 ? width : Math.Min(width, (int)AddressNumber.TrailingZeroCount(first));
                while (size > 0 && Cidr.Containing(new Address(Family, first), width - size).Last.Bits > range.Last) size--;
                var cidr = Cidr.Containing(new Address(Family, first), width - size);
                result.Add(cidr);
                if (cidr.Last.Bits >= range.Last) break;
                first = cidr.Last.Bits + 1;
            }
        }

        return result.DrainToImmutable();
    }

    /// <inheritdoc/>
    public bool Equals(AddressSet? other) =>
        other is not null && Family == other.Family && Ranges.AsSpan().SequenceEqual(other.Ranges.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AddressSet);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Family);
        foreach (var range in Ranges) hash.Add(range);
        return hash.ToHashCode();
    }

    /// <summary>The blocks of <see cref="ToCidrs"/>, comma-separated; <c>none</c> when empty.</summary>
    public override string ToString() => IsEmpty ? "none" : string.Join(", ", ToCidrs());

    // Index of the first range that ends at or after the address: a small block starts where it meets the set.
    private int FirstReaching(AddressNumber address)
    {
        var (low, high) = (0, Ranges.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (Ranges[middle].Last < address) low = middle + 1;
            else high = middle - 1;
        }

        return low;
    }

    private static List<AddressRange> RangesOf(IpFamily family, IEnumerable<Cidr> cidrs)
    {
        var ranges = new List<AddressRange>();
        foreach (var cidr in cidrs)
        {
            if (cidr.Family == family) ranges.Add(new AddressRange(cidr.Bits, cidr.Last.Bits));
        }

        return ranges;
    }

    private static AddressSet Merge(IpFamily family, List<AddressRange> ranges)
    {
        if (ranges.Count == 0) return Empty(family);
        ranges.Sort((a, b) => a.First.CompareTo(b.First));
        var merged = ImmutableArray.CreateBuilder<AddressRange>(ranges.Count);
        var current = ranges[0];
        foreach (var range in ranges)
        {
            if (current.Last != AddressNumber.MaxValue && range.First > current.Last + 1)
            {
                merged.Add(current);
                current = range;
            }
            else if (range.Last > current.Last)
            {
                current = current with { Last = range.Last };
            }
        }

        merged.Add(current);
        return new AddressSet(family, merged.DrainToImmutable());
    }

    private int IndexOf(AddressNumber address)
    {
        var low = 0;
        var high = Ranges.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (Ranges[middle].Last < address) low = middle + 1;
            else if (Ranges[middle].First > address) high = middle - 1;
            else return middle;
        }

        return -1;
    }

    private void CheckFamily(AddressSet other)
    {
        if (Family != other.Family) throw new ArgumentException("Sets of two families share no universe.", nameof(other));
    }
}

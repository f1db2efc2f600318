using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Sallyport.Packets;

/// <summary>
/// Which services are allowed for which addresses of one family: disjoint sorted slabs, none empty, touching slabs never equal.
/// The form is canonical, so equal sets are equal values. A security group's side is at most a few thousand slabs
/// (reference: reachability-and-synthesis §2.1).
/// </summary>
public sealed class AddressServices : IEquatable<AddressServices>
{
    private AddressServices(IpFamily family, ImmutableArray<Slab> slabs)
    {
        Family = family;
        Slabs = slabs;
    }

    /// <summary>Which universe the addresses lie in.</summary>
    public IpFamily Family { get; }

    /// <summary>Sorted by address; addresses outside every slab allow nothing.</summary>
    public ImmutableArray<Slab> Slabs { get; }

    /// <summary>True when nothing is allowed for anybody.</summary>
    public bool IsEmpty => Slabs.IsEmpty;

    /// <summary>Allows nothing.</summary>
    public static AddressServices Empty(IpFamily family) => new(family, []);

    /// <summary>The union of boxes (address range x services) in any order, overlapping or not.</summary>
    public static AddressServices FromBoxes(IpFamily family, IEnumerable<Slab> boxes)
    {
        var list = boxes.Where(b => !b.Services.IsEmpty).ToList();
        if (list.Count == 0) return Empty(family);
        if (list.Count == 1) return new AddressServices(family, [list[0]]);

        // A sweep over the cuts: at each cut boxes open or close, between cuts the union of the open ones holds. Boxes share few
        // service sets, so the union is kept by distinct set and made anew only when the last box of a set closes.
        var cuts = Cuts(list);
        var ends = list.ToArray();
        Array.Sort(ends, (a, b) => a.Range.Last.CompareTo(b.Range.Last));
        list.Sort((a, b) => a.Range.First.CompareTo(b.Range.First));
        var open = new Dictionary<ServiceSet, int>();
        var slabs = new List<Slab>(cuts.Length);
        var services = ServiceSet.Empty;
        var (nextStart, nextEnd) = (0, 0);
        for (var c = 0; c < cuts.Length; c++)
        {
            var first = cuts[c];
            var someClosed = false;
            for (; nextEnd < ends.Length && ends[nextEnd].Range.Last < first; nextEnd++) someClosed |= Close(open, ends[nextEnd].Services);
            if (someClosed) services = ServiceSet.FromIntervals(open.Keys.SelectMany(s => s.Intervals));
            for (; nextStart < list.Count && list[nextStart].Range.First == first; nextStart++)
            {
                if (Open(open, list[nextStart].Services)) services = services.Union(list[nextStart].Services);
            }

            if (services.IsEmpty) continue;
            var last = c + 1 < cuts.Length ? cuts[c + 1] - 1 : Address.Max(family);
            slabs.Add(new Slab(new AddressRange(first, last), services));
        }

        return new AddressServices(family, Join(slabs));
    }

    /// <summary>Services allowed for one address.</summary>
    public ServiceSet At(AddressNumber address)
    {
        var low = 0;
        var high = Slabs.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (Slabs[middle].Range.Last < address) low = middle + 1;
            else if (Slabs[middle].Range.First > address) high = middle - 1;
            else return Slabs[middle].Services;
        }

        return ServiceSet.Empty;
    }

    /// <summary>What either allows.</summary>
    public AddressServices Union(AddressServices other)
    {
        CheckFamily(other);
        if (IsEmpty) return other;
        return other.IsEmpty ? this : FromBoxes(Family, Slabs.Concat(other.Slabs));
    }

    /// <summary>What both allow.</summary>
    public AddressServices Intersect(AddressServices other) => Combine(other, (a, b) => a.Intersect(b));

    /// <summary>What this allows and the other does not.</summary>
    public AddressServices Subtract(AddressServices other) => Combine(other, (a, b) => a.Subtract(b));

    /// <summary>True when the other allows everything this allows.</summary>
    public bool IsSubsetOf(AddressServices other) => Subtract(other).IsEmpty;

    /// <summary>The addresses for which every one of the services is allowed; of no service, every address.</summary>
    public AddressSet AddressesOf(ServiceSet services) => services.IsEmpty
        ? AddressSet.Full(Family)
        : AddressSet.FromRanges(Family, Slabs.Where(s => services.IsSubsetOf(s.Services)).Select(s => s.Range));

    /// <summary>Services allowed for every one of the addresses; of no address, every service.</summary>
    public ServiceSet ForAll(AddressSet addresses)
    {
        var result = ServiceSet.Any;
        foreach (var range in addresses.Ranges)
        {
            // An address that no slab holds ends the walk.
            var next = range.First;
            for (var i = FirstReaching(range.First); ; i++)
            {
                if (i == Slabs.Length || Slabs[i].Range.First > next) return ServiceSet.Empty;
                result = result.Intersect(Slabs[i].Services);
                if (result.IsEmpty) return result;
                if (Slabs[i].Range.Last >= range.Last) break;
                next = Slabs[i].Range.Last + 1;
            }
        }

        return result;
    }

    /// <summary>Services allowed for at least one of the addresses.</summary>
    public ServiceSet ForAny(AddressSet addresses)
    {
        var result = ServiceSet.Empty;
        foreach (var range in addresses.Ranges)
        {
            for (var i = FirstReaching(range.First); i < Slabs.Length && Slabs[i].Range.First <= range.Last; i++)
            {
                result = result.Union(Slabs[i].Services);
                if (result.IsAny) return result;
            }
        }

        return result;
    }

    /// <inheritdoc/>
    public bool Equals(AddressServices? other) =>
        other is not null && Family == other.Family && Slabs.AsSpan().SequenceEqual(other.Slabs.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AddressServices);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var slab in Slabs) hash.Add(slab);
        return hash.ToHashCode();
    }

    private int FirstReaching(AddressNumber address)
    {
        var (low, high) = (0, Slabs.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (Slabs[middle].Range.Last < address) low = middle + 1;
            else high = middle - 1;
        }

        return low;
    }

    /// <summary>Every address where a box begins, or where one has just ended; sorted, each once.</summary>
    private static AddressNumber[] Cuts(List<Slab> boxes)
    {
        var cuts = new List<AddressNumber>(2 * boxes.Count);
        foreach (var box in boxes)
        {
            cuts.Add(box.Range.First);
            if (box.Range.Last != AddressNumber.MaxValue) cuts.Add(box.Range.Last + 1);
        }

        cuts.Sort();
        return [.. cuts.Distinct()];
    }

    /// <summary>True when no open box had these services.</summary>
    private static bool Open(Dictionary<ServiceSet, int> open, ServiceSet services)
    {
        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(open, services, out _);
        return ++count == 1;
    }

    /// <summary>True when no open box has these services any more.</summary>
    private static bool Close(Dictionary<ServiceSet, int> open, ServiceSet services)
    {
        if (--open[services] > 0) return false;
        open.Remove(services);
        return true;
    }

    private static ImmutableArray<Slab> Join(List<Slab> slabs)
    {
        var result = ImmutableArray.CreateBuilder<Slab>(slabs.Count);
        foreach (var slab in slabs)
        {
            if (result.Count > 0 && result[^1] is var last && last.Range.Last + 1 == slab.Range.First && last.Services.Equals(slab.Services))
            {
                result[^1] = new Slab(new AddressRange(last.Range.First, slab.Range.Last), slab.Services);
            }
            else
            {
                result.Add(slab);
            }
        }

        return result.DrainToImmutable();
    }

    private AddressServices Combine(AddressServices other, Func<ServiceSet, ServiceSet, ServiceSet> combine)
    {
        CheckFamily(other);
        var result = new List<Slab>();
        var j = 0;
        foreach (var slab in Slabs)
        {
            var first = slab.Range.First;
            while (j < other.Slabs.Length && other.Slabs[j].Range.Last < first) j++;
            for (var k = j; ; k++)
            {
                var beyond = k >= other.Slabs.Length || other.Slabs[k].Range.First > slab.Range.Last;
                var gapLast = beyond ? slab.Range.Last : other.Slabs[k].Range.First;
                if (beyond || gapLast > first)
                {
                    Add(result, first, beyond ? gapLast : gapLast - 1, combine(slab.Services, ServiceSet.Empty));
                    if (beyond) break;
                    first = gapLast;
                }

                var last = AddressNumber.Min(slab.Range.Last, other.Slabs[k].Range.Last);
                Add(result, first, last, combine(slab.Services, other.Slabs[k].Services));
                if (last == slab.Range.Last) break;
                first = last + 1;
            }
        }

        return new AddressServices(Family, Join(result));

        static void Add(List<Slab> list, AddressNumber first, AddressNumber last, ServiceSet services)
        {
            if (!services.IsEmpty) list.Add(new Slab(new AddressRange(first, last), services));
        }
    }

    private void CheckFamily(AddressServices other)
    {
        if (Family != other.Family) throw new ArgumentException("Sets of two families share no universe.", nameof(other));
    }

    /// <summary>One range of addresses and what is allowed for each of them.</summary>
    public readonly record struct Slab(AddressRange Range, ServiceSet Services);
}

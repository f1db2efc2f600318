using System.Collections.Immutable;
using Sallyport.Packets;

namespace Sallyport.Anomalies.Pairs;

/// <summary>
/// What the blocks of one direction of a group allow in one family. Most questions are answered by blocks that hold all of the asked
/// addresses or none of them; only where one cuts through them is the exact form worked out.
/// </summary>
internal sealed class SideBlocks(IpFamily family, ImmutableArray<AddressServices.Slab> boxes)
{
    // Beyond as many comparisons the exact form is cheaper.
    private const int Few = 256;

    private AddressServices? _exact;

    public IpFamily Family => family;

    public bool IsEmpty => boxes.IsEmpty;

    /// <summary>Disjoint, by address. Two threads may work it out; the results are equal.</summary>
    public AddressServices Exact => _exact ??= AddressServices.FromBoxes(family, boxes);

    /// <summary>Services allowed for every one of the addresses.</summary>
    public ServiceSet ForAll(AddressSet addresses)
    {
        if (_exact is { } known) return known.ForAll(addresses);
        if ((long)addresses.Ranges.Length * boxes.Length > Few) return Exact.ForAll(addresses);
        var result = ServiceSet.Any;
        foreach (var range in addresses.Ranges)
        {
            if (ForAll(range) is not { } services) return Exact.ForAll(addresses);
            result = result.Intersect(services);
            if (result.IsEmpty) return result;
        }

        return result;
    }

    /// <summary>Null when a block cuts through the range.</summary>
    private ServiceSet? ForAll(AddressRange range)
    {
        var result = ServiceSet.Empty;
        foreach (var box in boxes)
        {
            if (box.Range.Last < range.First || box.Range.First > range.Last) continue;
            if (box.Range.First > range.First || box.Range.Last < range.Last) return null;
            result = result.Union(box.Services);
        }

        return result;
    }
}

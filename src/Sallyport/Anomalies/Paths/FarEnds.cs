using System.Collections.Immutable;
using Sallyport.Anomalies.Pairs;
using Sallyport.Connectivity;
using Sallyport.Connectivity.Networks;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Anomalies.Paths;

/// <summary>
/// The ends of a rule's paths: addresses of the near interface against interfaces that the peer stands for, and against one address of
/// every piece of the rest of its blocks that the network judges alike.
/// </summary>
internal sealed class FarEnds
{
    private readonly EstateFacts _facts;
    private readonly InterfaceBook _book;
    private readonly NetworkLayers _layers;
    private readonly Lazy<AddressSet> _free4;
    private readonly Lazy<AddressSet> _free6;
    private readonly Dictionary<(NetworkInterfaceId, IpFamily), UInt128[]> _cuts = [];

    public FarEnds(EstateFacts facts)
    {
        _facts = facts;
        _book = new InterfaceBook(facts);
        _layers = new NetworkLayers(facts.Estate);
        _free4 = new(() => Free(IpFamily.V4));
        _free6 = new(() => Free(IpFamily.V6));
    }

    /// <summary>Judges what lies between two ends.</summary>
    public PathJudgement Judge(Endpoint from, Endpoint to) => _layers.Judge(from, to);

    /// <summary>Near and far end of every path worth judging, interfaces first.</summary>
    public IEnumerable<(Endpoint Near, Endpoint Far)> Of(NetworkInterface near, Peer peer)
    {
        foreach (var family in new[] { IpFamily.V4, IpFamily.V6 })
        {
            var own = AddressesOf(near, family).ToList();
            if (own.Count == 0) continue;
            foreach (var far in _book.FarOf(peer, family).SelectMany(f => f.Class.Interfaces))
            {
                if (far.Id == near.Id) continue;
                foreach (var address in AddressesOf(far, family))
                {
                    if (!IsNamed(peer, address)) continue;
                    foreach (var end in own) yield return (Endpoint.Of(near, end), Endpoint.Of(far, address));
                }
            }
        }

        foreach (var block in _facts.BlocksOf(peer) ?? [])
        {
            foreach (var end in AddressesOf(near, block.Family))
            {
                // A public address gets through more often than not, and says more to a reader where none does.
                foreach (var address in OutsideOf(near, block).OrderBy(a => !PublicSpace.Of(a.Family).Contains(a))) yield return (Endpoint.Of(near, end), Endpoint.Outside(address));
            }
        }
    }

    private bool IsNamed(Peer peer, Address address) => _facts.BlocksOf(peer) is not { } blocks || blocks.Any(b => b.Contains(address));

    // Of a delegated prefix the first address stands for all: it lies in one subnet whole.
    private static IEnumerable<Address> AddressesOf(NetworkInterface nic, IpFamily family) =>
        EstateFacts.RangesOf(nic, family).Select(r => new Address(family, r.First));

    /// <summary>The first address that no interface holds of every piece of the block between two cuts.</summary>
    private IEnumerable<Address> OutsideOf(NetworkInterface near, Cidr block)
    {
        var free = (block.Family == IpFamily.V4 ? _free4 : _free6).Value.Ranges;
        var cuts = CutsOf(near, block.Family);
        var next = Array.BinarySearch(cuts, block.Bits);
        next = next < 0 ? ~next : next + 1;
        var first = block.Bits;
        while (true)
        {
            var last = next < cuts.Length && cuts[next] <= block.Last.Bits ? cuts[next] - 1 : block.Last.Bits;
            if (FirstWithin(free, first, last) is { } address) yield return new Address(block.Family, address);
            if (last == block.Last.Bits) yield break;
            first = last + 1;
            next++;
        }
    }

    private static UInt128? FirstWithin(ImmutableArray<AddressRange> ranges, UInt128 first, UInt128 last)
    {
        var (low, high) = (0, ranges.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (ranges[middle].Last < first) low = middle + 1;
            else high = middle - 1;
        }

        return low < ranges.Length && ranges[low].First <= last ? UInt128.Max(ranges[low].First, first) : null;
    }

    private UInt128[] CutsOf(NetworkInterface near, IpFamily family)
    {
        if (!_cuts.TryGetValue((near.Id, family), out var cuts)) _cuts.Add((near.Id, family), cuts = [.. _layers.CutsFor(near, family).Distinct().Order()]);
        return cuts;
    }

    private AddressSet Free(IpFamily family) => AddressSet.FromRanges(
        family, _facts.Estate.NetworkInterfaces.SelectMany(i => EstateFacts.RangesOf(i, family))).Complement();
}

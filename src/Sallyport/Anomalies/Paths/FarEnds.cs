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
    private readonly HalfBook _halves;

    // Whoever looks for other anomalies never asks for it.
    private readonly Lazy<NetworkLayers> _layers;
    private readonly Lazy<AddressSet> _free4;
    private readonly Lazy<AddressSet> _free6;
    private readonly Dictionary<NearKind, AddressNumber[]> _cuts = [];
    private readonly Dictionary<(NearKind Near, Address Far, bool IsInwards), PathJudgement> _outside = [];

    public FarEnds(EstateFacts facts, HalfBook halves)
    {
        _facts = facts;
        _halves = halves;
        _layers = new(() => new NetworkLayers(facts.Estate));
        _free4 = new(() => Free(IpFamily.V4));
        _free6 = new(() => Free(IpFamily.V6));
    }

    /// <summary>
    /// What lies between two ends. Of a path to or from outside, the notes may name another interface of the same subnet:
    /// <see cref="NotesOf"/> names this one.
    /// </summary>
    public PathJudgement Judge(Endpoint from, Endpoint to)
    {
        if (from.Interface is not null && to.Interface is not null) return _layers.Value.Judge(from, to);
        var (near, far) = from.Interface is null ? (to, from) : (from, to);
        var key = (KindOf(near.Interface!, near.Address), far.Address, from.Interface is null);
        if (!_outside.TryGetValue(key, out var judgement)) _outside.Add(key, judgement = _layers.Value.Judge(from, to));
        return judgement;
    }

    /// <summary>What is said about one path.</summary>
    public ImmutableArray<PathNote> NotesOf(Endpoint from, Endpoint to) => _layers.Value.Judge(from, to).Notes;

    /// <summary>
    /// Near and far end of every path worth judging, interfaces first. Far interfaces whose groups answer none of the rule, and those in
    /// VPCs that nothing connects, are left out class by class.
    /// </summary>
    public IEnumerable<(Endpoint Near, Endpoint Far)> Of(SecurityGroupId group, ImmutableArray<NetworkInterface> members, SecurityGroupRule rule) =>
        BetweenInterfaces(group, rule).Concat(ToOutside(members, rule.Peer));

    private IEnumerable<(Endpoint Near, Endpoint Far)> BetweenInterfaces(SecurityGroupId group, SecurityGroupRule rule)
    {
        var asked = ServiceSet.Of(rule.Service);
        var opposite = rule.Direction == Direction.Ingress ? Direction.Egress : Direction.Ingress;
        foreach (var family in new[] { IpFamily.V4, IpFamily.V6 })
        {
            foreach (var near in _halves.ClassesOf(group))
            {
                var addresses = near.Addresses(family);
                if (addresses.IsEmpty) continue;
                foreach (var far in _halves.FarOf(rule.Peer, family).Select(f => f.Class))
                {
                    if (_halves.Means(near, rule, far) is false || !asked.Overlaps(_halves.AnswerOf(far, opposite, near, addresses).Any.Possible)) continue;
                    foreach (var pair in Pairs(near, far, rule.Peer, family)) yield return pair;
                }
            }
        }
    }

    private IEnumerable<(Endpoint Near, Endpoint Far)> Pairs(InterfaceClass near, InterfaceClass far, Peer peer, IpFamily family)
    {
        foreach (var nic in far.Interfaces)
        {
            foreach (var address in NamedOf(nic, family, peer))
            {
                var end = Endpoint.Of(nic, address);
                foreach (var own in near.Interfaces)
                {
                    if (own.Id == nic.Id) continue;
                    foreach (var ownAddress in AddressesOf(own, family)) yield return (Endpoint.Of(own, ownAddress), end);
                }
            }
        }
    }

    private IEnumerable<(Endpoint Near, Endpoint Far)> ToOutside(ImmutableArray<NetworkInterface> members, Peer peer)
    {
        foreach (var block in _facts.BlocksOf(peer) ?? [])
        {
            var alike = members.SelectMany(n => AddressesOf(n, block.Family).Select(a => (Nic: n, Address: a))).DistinctBy(n => KindOf(n.Nic, n.Address));
            foreach (var (near, own) in alike)
            {
                // A public address gets through more often than not, and says more to a reader where none does.
                var outside = OutsideOf(near, own, block).OrderBy(a => !PublicSpace.Of(a.Family).Contains(a));
                foreach (var address in outside) yield return (Endpoint.Of(near, own), Endpoint.Outside(address));
            }
        }
    }

    /// <summary>Addresses of a far interface that the peer stands for.</summary>
    private IEnumerable<Address> NamedOf(NetworkInterface nic, IpFamily family, Peer peer)
    {
        if (_facts.BlocksOf(peer) is not { } blocks) return AddressesOf(nic, family);
        return EstateFacts.RangesOf(nic, family).SelectMany(r => blocks
            .Where(b => b.Family == family && b.Bits <= r.Last && r.First <= b.Last.Bits)
            .Select(b => new Address(family, AddressNumber.Max(b.Bits, r.First))));
    }

    // Of a delegated prefix one address stands for all: it lies in one subnet whole.
    private static IEnumerable<Address> AddressesOf(NetworkInterface nic, IpFamily family) =>
        EstateFacts.RangesOf(nic, family).Select(r => new Address(family, r.First));

    /// <summary>The first address that no interface holds of every piece of the block between two cuts.</summary>
    private IEnumerable<Address> OutsideOf(NetworkInterface near, Address own, Cidr block)
    {
        var free = (block.Family == IpFamily.V4 ? _free4 : _free6).Value.Ranges;
        var cuts = CutsOf(near, own);
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

    private static AddressNumber? FirstWithin(ImmutableArray<AddressRange> ranges, AddressNumber first, AddressNumber last)
    {
        var (low, high) = (0, ranges.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (ranges[middle].Last < first) low = middle + 1;
            else high = middle - 1;
        }

        return low < ranges.Length && ranges[low].First <= last ? AddressNumber.Max(ranges[low].First, first) : null;
    }

    private AddressNumber[] CutsOf(NetworkInterface near, Address own)
    {
        var kind = KindOf(near, own);
        if (!_cuts.TryGetValue(kind, out var cuts)) _cuts.Add(kind, cuts = [.. _layers.Value.CutsFor(near, own.Family).Distinct().Order()]);
        return cuts;
    }

    private static NearKind KindOf(NetworkInterface nic, Address own) => new(
        nic.Subnet, nic.Subnet is null ? nic.Id : null, own.Family, PublicSpace.Of(own.Family).Contains(own) || nic.PublicAddresses.Any(p => p.Key == own),
        nic.InterfaceType, nic.SourceDestCheck);

    private AddressSet Free(IpFamily family) => AddressSet.FromRanges(
        family, _facts.Estate.NetworkInterfaces.SelectMany(i => EstateFacts.RangesOf(i, family))).Complement();

    /// <summary>
    /// What the network looks at of an interface towards the outside: routes and ACLs belong to its subnet, gateways ask for a public
    /// address. Interfaces of one kind are judged alike.
    /// </summary>
    private readonly record struct NearKind(
        SubnetId? Subnet, NetworkInterfaceId? Alone, IpFamily Family, bool IsPublic, string InterfaceType, bool SourceDestCheck);
}

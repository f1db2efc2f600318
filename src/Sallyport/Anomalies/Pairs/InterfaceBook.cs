using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Anomalies.Pairs;

/// <summary>
/// Interfaces by class, by group and by address. Addresses are sorted once, and what a peer stands for is worked out once a peer, so that
/// no rule is ever held against every interface.
/// </summary>
internal sealed class InterfaceBook
{
    private readonly EstateFacts _facts;
    private readonly Lazy<ImmutableArray<InterfaceClass>> _classes;
    private readonly Lazy<ILookup<SecurityGroupId, InterfaceClass>> _byGroup;
    private readonly Lazy<(Entry[] V4, Entry[] V6)> _byAddress;
    private readonly Dictionary<(Peer, IpFamily), ImmutableArray<FarClass>> _far = [];

    public InterfaceBook(EstateFacts facts)
    {
        _facts = facts;
        _classes = new(() => [.. facts.Estate.NetworkInterfaces
            .GroupBy(i => (Groups: string.Join(',', i.Groups), i.Vpc))
            .Select(g => new InterfaceClass(g.First().Groups, g.Key.Vpc, [.. g]))]);
        _byGroup = new(() => _classes.Value.SelectMany(c => c.Groups.Select(g => (g, c))).ToLookup(p => p.g, p => p.c));
        _byAddress = new(() => (Sorted(IpFamily.V4), Sorted(IpFamily.V6)));
    }

    /// <summary>Classes whose interfaces carry a group.</summary>
    public IEnumerable<InterfaceClass> ClassesOf(SecurityGroupId group) => _byGroup.Value[group];

    /// <summary>Interfaces with addresses of the family that a peer stands for; none for a list that was not read.</summary>
    public ImmutableArray<FarClass> FarOf(Peer peer, IpFamily family)
    {
        peer = _facts.CanonicalPeer(peer);
        if (!_far.TryGetValue((peer, family), out var far))
        {
            far = peer is GroupPeer group ? OfGroup(group, family) : OfBlocks(_facts.BlocksOf(peer) ?? [], family);
            _far.Add((peer, family), far);
        }

        return far;
    }

    private ImmutableArray<FarClass> OfGroup(GroupPeer peer, IpFamily family)
    {
        var far = ImmutableArray.CreateBuilder<FarClass>();
        foreach (var one in ClassesOf(peer.Group))
        {
            var having = one.Interfaces.Where(i => EstateFacts.RangesOf(i, family).Any()).ToList();
            if (having.Count > 0) far.Add(new FarClass(one, having[0].Id, having.Count > 1 ? having[1].Id : null, having.Count));
        }

        return far.DrainToImmutable();
    }

    private ImmutableArray<FarClass> OfBlocks(ImmutableArray<Cidr> blocks, IpFamily family)
    {
        var found = new Dictionary<InterfaceClass, HashSet<NetworkInterfaceId>>();
        var order = new List<InterfaceClass>();
        var entries = family == IpFamily.V4 ? _byAddress.Value.V4 : _byAddress.Value.V6;
        foreach (var block in blocks)
        {
            if (block.Family != family) continue;
            for (var i = FirstReaching(entries, block.Bits); i < entries.Length && entries[i].First <= block.Last.Bits; i++)
            {
                if (entries[i].Last < block.Bits) continue;
                if (!found.TryGetValue(entries[i].Class, out var ids))
                {
                    found.Add(entries[i].Class, ids = []);
                    order.Add(entries[i].Class);
                }

                ids.Add(entries[i].Interface);
            }
        }

        return [.. order.Select(c =>
        {
            var ids = found[c].Order().Take(2).ToList();
            return new FarClass(c, ids[0], ids.Count > 1 ? ids[1] : null, found[c].Count);
        })];
    }

    // The furthest end so far stands beside each entry, so that a search finds the first entry that may reach an address even where a
    // delegated prefix holds addresses that come after it.
    private static int FirstReaching(Entry[] entries, AddressNumber address)
    {
        var (low, high) = (0, entries.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (entries[middle].Furthest < address) low = middle + 1;
            else high = middle - 1;
        }

        return low;
    }

    private Entry[] Sorted(IpFamily family)
    {
        var entries = _classes.Value
            .SelectMany(c => c.Interfaces.SelectMany(i => EstateFacts.RangesOf(i, family).Select(r => new Entry(r.First, r.Last, 0, c, i.Id))))
            .OrderBy(e => e.First).ThenBy(e => e.Interface).ToArray();
        AddressNumber furthest = 0;
        for (var i = 0; i < entries.Length; i++)
        {
            furthest = AddressNumber.Max(furthest, entries[i].Last);
            entries[i] = entries[i] with { Furthest = furthest };
        }

        return entries;
    }

    private readonly record struct Entry(AddressNumber First, AddressNumber Last, AddressNumber Furthest, InterfaceClass Class, NetworkInterfaceId Interface);
}

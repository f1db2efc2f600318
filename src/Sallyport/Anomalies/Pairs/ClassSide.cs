using System.Collections.Immutable;
using Sallyport.Connectivity;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Anomalies.Pairs;

/// <summary>What the groups of a class of interfaces allow together in one direction.</summary>
internal sealed class ClassSide
{
    private readonly AddressServices _v4;
    private readonly AddressServices _v6;
    private readonly Dictionary<SecurityGroupId, ServiceSet> _references;
    private readonly ServiceSet _unknown;
    private readonly bool _isUnfiltered;

    public ClassSide(InterfaceClass one, Direction direction, EstateFacts facts)
    {
        _isUnfiltered = one.Groups.IsEmpty;
        var references = new Dictionary<SecurityGroupId, List<Interval>>();
        var (v4, v6) = (new List<AddressServices.Slab>(), new List<AddressServices.Slab>());
        var unknown = new List<Interval>();
        foreach (var id in one.Groups)
        {
            if (!facts.Estate.Index.Groups.TryGetValue(id, out var group))
            {
                unknown.Add(ServiceSet.Any.Intervals[0]);
                Gap ??= $"group {id} is not in the estate";
                continue;
            }

            if (facts.HasMalformedRules(id) || group.Malformed.Any(m => m.Direction == direction))
            {
                unknown.Add(ServiceSet.Any.Intervals[0]);
                Gap ??= $"rules of group {id} are missing";
            }

            foreach (var rule in group.RulesOf(direction))
            {
                if (rule.Peer is GroupPeer stale && !GroupReference.IsAlive(stale)) continue;
                if (rule.Peer is GroupPeer peer)
                {
                    if (!references.TryGetValue(peer.Group, out var list)) references.Add(peer.Group, list = []);
                    list.Add(rule.Service.Interval);
                }
                else if (facts.BlocksOf(rule.Peer) is { } blocks)
                {
                    var services = ServiceSet.Of(rule.Service);
                    foreach (var block in blocks) (block.Family == IpFamily.V4 ? v4 : v6).Add(new(new AddressRange(block.Bits, block.Last.Bits), services));
                }
                else
                {
                    unknown.Add(rule.Service.Interval);
                    Gap ??= $"the entries of prefix list {rule.Peer} were not read";
                }
            }
        }

        _v4 = AddressServices.FromBoxes(IpFamily.V4, v4);
        _v6 = AddressServices.FromBoxes(IpFamily.V6, v6);
        _references = references.ToDictionary(r => r.Key, r => ServiceSet.FromIntervals(r.Value));
        _unknown = ServiceSet.FromIntervals(unknown);
    }

    /// <summary>What is missing to know the side wholly; null when nothing is.</summary>
    public string? Gap { get; }

    /// <summary>
    /// What the side allows towards interfaces that carry these groups and have these addresses: towards any of them, and towards each of
    /// them.
    /// </summary>
    /// <param name="groups">Groups of the far interfaces.</param>
    /// <param name="understands">Whether references match between the two VPCs; null when that is not known.</param>
    /// <param name="addresses">Addresses of the far interfaces.</param>
    public (Passage Any, Passage Each) Towards(ImmutableArray<SecurityGroupId> groups, bool? understands, AddressSet addresses)
    {
        if (_isUnfiltered) return (Passage.Everything, Passage.Everything);
        var named = ServiceSet.Empty;
        foreach (var group in understands is false ? [] : groups)
        {
            if (_references.TryGetValue(group, out var services)) named = named.Union(services);
        }

        var slabs = addresses.Family == IpFamily.V4 ? _v4 : _v6;
        if (understands is null)
        {
            var doubtful = _unknown.Union(named);
            return (new Passage(slabs.ForAny(addresses), doubtful), new Passage(slabs.ForAll(addresses), doubtful));
        }

        return (new Passage(named.Union(slabs.ForAny(addresses)), _unknown), new Passage(named.Union(slabs.ForAll(addresses)), _unknown));
    }
}

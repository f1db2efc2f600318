using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Reachability;

namespace Sallyport.Connectivity.Differences;

/// <summary>Differences of rules as boxes: for ingress from the peer to the group, for egress from the group to the peer.</summary>
internal sealed record SymbolicBoxes
{
    private static readonly AddressSet[] Everywhere = [AddressSet.Full(IpFamily.V4), AddressSet.Full(IpFamily.V6)];

    /// <summary>What the rules allow more.</summary>
    public ImmutableArray<DiffBox> Added { get; private init; } = [];

    /// <summary>What the rules allow less.</summary>
    public ImmutableArray<DiffBox> Removed { get; private init; } = [];

    /// <summary>Sides of groups that were not read, or not wholly, in one of the estates.</summary>
    public ImmutableArray<DiffBox> Unknown { get; private init; } = [];

    /// <summary>How the new rules stand to the old.</summary>
    public DiffRelation Relation => SemanticDiff.RelationOf(!Added.IsEmpty, !Removed.IsEmpty);

    /// <summary>Boxes of everything that was found.</summary>
    public static SymbolicBoxes Of(SymbolicComparer found, Estate old, Estate @new) => new()
    {
        Added = OnePerConnection(found.Changes.SelectMany(c => Boxes(c, c.Added, old, @new, isAdded: true))),
        Removed = OnePerConnection(found.Changes.SelectMany(c => Boxes(c, c.Removed, @new, old, isAdded: false))),
        Unknown = [.. found.Unknown.SelectMany(u => UnknownOf(u.Group, u.Gap, @new.Index.Groups.ContainsKey(u.Group) ? @new : old))],
    };

    /// <summary>Boxes of what one side of one group newly allows.</summary>
    public static IEnumerable<DiffBox> Of(SymbolicChange change, Estate old, Estate @new) => Boxes(change, change.Added, old, @new, isAdded: true);

    /// <summary>A connection whose two sides both change is one box, with what changed on either.</summary>
    private static ImmutableArray<DiffBox> OnePerConnection(IEnumerable<DiffBox> boxes) =>
    [
        .. boxes.GroupBy(b => (b.From.Kind, b.From.Id, b.To.Kind, b.To.Id, b.Services, string.Join(' ', b.Families)))
            .Select(g => g.Skip(1).Any() ? g.First() with { Because = [.. g.SelectMany(b => b.Because).Distinct()] } : g.First()),
    ];

    private static IEnumerable<DiffBox> Boxes(SymbolicChange change, AllowedTraffic traffic, Estate without, Estate with, bool isAdded)
    {
        var group = EndNamer.Of(change.Group, with);
        foreach (var family in new[] { traffic.V4, traffic.V6 })
        {
            foreach (var slabs in family.Slabs.GroupBy(s => s.Services))
            {
                var outside = AddressSet.FromRanges(family.Family, slabs.Select(s => s.Range));
                yield return Box(EndNamer.Outside(outside, includesInterfaces: true), slabs.Key, [family.Family], p => p is CidrPeer or PrefixListPeer && Overlaps(p, outside, with));
            }
        }

        foreach (var (peer, services) in traffic.Symbols)
        {
            var end = peer is GroupPeer named ? EndNamer.Of(named.Group, with) : new DiffEnd(DiffEndKind.PrefixList, peer.ToString()!);
            yield return Box(end, services, [IpFamily.V4, IpFamily.V6], p => p.Equals(peer));
        }

        DiffBox Box(DiffEnd peer, ServiceSet services, ImmutableArray<IpFamily> families, Func<Peer, bool> isOf) =>
            new(change.Direction == Direction.Ingress ? peer : group, change.Direction == Direction.Ingress ? group : peer, services)
            {
                Families = families,
                Because = [.. CausesOf(services, isOf)],
            };

        IEnumerable<DiffCause> CausesOf(ServiceSet services, Func<Peer, bool> isOf)
        {
            var before = without.Index.Groups.GetValueOrDefault(change.Group)?.Rules.Select(r => r.Key).ToHashSet() ?? [];
            foreach (var rule in with.Index.Groups[change.Group].Rules.Where(r => r.Direction == change.Direction && services.Overlaps(r.Service.Interval) && isOf(r.Peer)))
            {
                var input = before.Contains(rule.Key) && rule.Peer is PrefixListPeer ? DiffInput.PrefixLists : DiffInput.Rules;
                if (input == DiffInput.Rules && before.Contains(rule.Key) && rule.Peer is not GroupPeer) continue;
                yield return new DiffCause(input, input == DiffInput.Rules ? $"{change.Group} {rule.Key}" : $"{change.Group} {rule.Key}: the list {(isAdded ? "has" : "had")} other entries") { Rule = rule.Id, Group = change.Group };
            }
        }
    }

    private static bool Overlaps(Peer peer, AddressSet addresses, Estate estate)
    {
        var blocks = peer switch
        {
            CidrPeer { Cidr: var cidr } => [cidr],
            PrefixListPeer { PrefixList: var list } => estate.Index.EntriesOf(list)?.Select(e => e.Cidr) ?? [],
            _ => Enumerable.Empty<Cidr>(),
        };
        return AddressSet.Of(addresses.Family, blocks).Overlaps(addresses);
    }

    private static IEnumerable<DiffBox> UnknownOf(SecurityGroupId group, EstateGap gap, Estate estate)
    {
        var name = EndNamer.Of(group, estate);
        foreach (var family in Everywhere)
        {
            var everybody = EndNamer.Outside(family, includesInterfaces: true);
            yield return new DiffBox(everybody, name, ServiceSet.Any) { Families = [family.Family], Gaps = [gap] };
            yield return new DiffBox(name, everybody, ServiceSet.Any) { Families = [family.Family], Gaps = [gap] };
        }
    }
}

using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Reachability;

namespace Sallyport.Auditing.Strategy;

/// <summary>What an envelope says of one direction: traffic by address and by group, and services that any group may have.</summary>
internal sealed class TrafficEnvelope
{
    private readonly AllowedTraffic _traffic;
    private readonly ServiceSet _anyGroup;

    private TrafficEnvelope(AllowedTraffic traffic, ServiceSet anyGroup, ImmutableArray<string> missing) => (_traffic, _anyGroup, Missing) = (traffic, anyGroup, missing);

    /// <summary>True when no entry speaks of the direction.</summary>
    public bool IsEmpty => _traffic.IsEmpty && _anyGroup.IsEmpty;

    /// <summary>Template groups that are not in the estate: the envelope is not wholly known.</summary>
    public ImmutableArray<string> Missing { get; }

    public static TrafficEnvelope Of(AuditContext context, ImmutableArray<EnvelopeEntry> entries, Direction direction, ILookup<string, SecurityGroup> groups)
    {
        var keys = entries.Select(e => e.Rule).OfType<RuleKey>().ToList();
        var missing = ImmutableArray.CreateBuilder<string>();
        foreach (var template in entries.Select(e => e.Template).OfType<string>())
        {
            if (!groups.Contains(template)) missing.Add(template);
            keys.AddRange(groups[template].SelectMany(g => g.Rules).Select(r => r.Key));
        }

        return new TrafficEnvelope(
            AllowedTraffic.Of(keys.Where(k => k.Direction == direction), context.Estate.Index.EntriesOf),
            ServiceSet.Of(entries.Select(e => e.AnyGroup).OfType<(Direction Direction, Service Service)>().Where(a => a.Direction == direction).Select(a => a.Service)),
            missing.ToImmutable());
    }

    /// <summary>Does the envelope hold the whole rule? Null when that depends on a list that was not read.</summary>
    public bool? Holds(AuditContext context, RuleKey rule)
    {
        var services = ServiceSet.Of(rule.Service);
        var traffic = AllowedTraffic.Of([rule], context.Estate.Index.EntriesOf);
        if (traffic.IsSubsetOf(_traffic)) return true;
        return rule.Peer switch
        {
            GroupPeer group => services.IsSubsetOf(_anyGroup.Union(NamedServices(group)).Union(ServicesOfSpace(context, group, all: true))),
            PrefixListPeer list when context.Estate.Index.EntriesOf(list.PrefixList) is null => null,
            _ => _traffic.Symbols.Keys.OfType<PrefixListPeer>().Any() ? null : false,
        };
    }

    /// <summary>Does the envelope meet the rule? Null when that depends on what was not read, or on where members of a group are.</summary>
    public bool? Meets(AuditContext context, RuleKey rule)
    {
        var services = ServiceSet.Of(rule.Service);
        if (!AllowedTraffic.Of([rule], context.Estate.Index.EntriesOf).Intersect(_traffic).IsEmpty) return true;
        switch (rule.Peer)
        {
            case GroupPeer group:
                if (services.Overlaps(_anyGroup) || services.Overlaps(ServicesOfSpace(context, group, all: true))) return true;
                return services.Overlaps(ServicesOfSpace(context, group, all: false)) ? null : false;
            case PrefixListPeer list when context.Estate.Index.EntriesOf(list.PrefixList) is null:
                return IsEmpty || !services.Overlaps(AllServices()) ? false : null;
            default:
                return _traffic.Symbols.Any(s => s.Key is PrefixListPeer && s.Value.Overlaps(services)) ? null : false;
        }
    }

    private ServiceSet NamedServices(GroupPeer group) => _traffic.Symbols.TryGetValue(group, out var services) ? services : ServiceSet.Empty;

    private ServiceSet AllServices() =>
        _traffic.Symbols.Values.Concat(_traffic.V4.Slabs.Select(s => s.Services)).Concat(_traffic.V6.Slabs.Select(s => s.Services)).Aggregate(ServiceSet.Empty, (a, b) => a.Union(b));

    // Members of a group lie within the blocks of its VPCs, so what holds for all of those holds for them.
    private ServiceSet ServicesOfSpace(AuditContext context, GroupPeer peer, bool all)
    {
        if (!context.Estate.Index.Groups.TryGetValue(peer.Group, out var group)) return ServiceSet.Empty;
        ServiceSet? result = null;
        foreach (var (family, map) in new[] { (IpFamily.V4, _traffic.V4), (IpFamily.V6, _traffic.V6) })
        {
            var space = AddressSet.Of(family, context.Facts.VpcsOf(group).SelectMany(v => v.Cidrs).Where(c => c.Family == family));
            if (space.IsEmpty) continue;
            var services = all ? map.ForAll(space) : map.ForAny(space);
            result = result is null ? services : all ? result.Intersect(services) : result.Union(services);
        }

        return result ?? ServiceSet.Empty;
    }
}

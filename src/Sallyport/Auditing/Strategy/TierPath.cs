using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Strategy;

/// <summary>What the egress of one group's members lets through to another group.</summary>
internal static class TierPath
{
    /// <summary>
    /// Services in one family that members of a group may send to members of another: by its own rules and by those of the groups
    /// that its members carry beside it. A block counts when a member of the far group has an address in it, or, where that group
    /// has no known member, when it holds a whole block of the group's VPC.
    /// </summary>
    public static ServiceSet Egress(AuditContext context, LabelledGroup from, LabelledGroup to, IpFamily family)
    {
        var services = new List<Interval>();
        Add(from.Group);
        foreach (var companion in from.Companions)
        {
            if (context.Estate.Index.Groups.TryGetValue(companion, out var group)) Add(group);
        }

        return ServiceSet.FromIntervals(services);

        void Add(SecurityGroup group)
        {
            foreach (var rule in group.Rules)
            {
                if (rule.Direction == Direction.Egress && Reaches(context, rule.Peer, to, family)) services.Add(rule.Service.Interval);
            }
        }
    }

    /// <summary>What may hide that the egress of one group's members leads to another group, a clause each.</summary>
    public static IEnumerable<string> Gaps(AuditContext context, LabelledGroup from, LabelledGroup to)
    {
        foreach (var scope in new[] { from.Group.Scope, to.Group.Scope }.Distinct())
        {
            if (context.Facts.IsMissing(GapKind.NetworkInterfaces, scope)) yield return $"{scope.Describe("interfaces")} were not read";
        }

        if (to.IsEmpty && context.Facts.IsMissing(GapKind.Vpcs, to.Group.Scope)) yield return $"{to.Group.Scope.Describe("VPCs")} were not read";
        foreach (var id in from.Companions.Prepend(from.Group.Id))
        {
            if (!context.Estate.Index.Groups.TryGetValue(id, out var group)) continue;
            foreach (var list in group.Rules.Where(r => r.Direction == Direction.Egress).Select(r => r.Peer).OfType<PrefixListPeer>())
            {
                if (context.Facts.ListOf(list.PrefixList) is null) yield return $"the entries of prefix list {list.PrefixList} were not read";
            }
        }
    }

    private static bool Reaches(AuditContext context, Peer peer, LabelledGroup to, IpFamily family) => peer switch
    {
        GroupPeer group => group.Group == to.Group.Id || to.Companions.AsSpan().BinarySearch(group.Group) >= 0,
        _ when context.Facts.AddressesOf(peer, family) is { } addresses => to.IsEmpty
            ? context.Facts.VpcsOf(to.Group).SelectMany(v => v.Cidrs).Any(c => c.Family == family && AddressSet.Of(c).IsSubsetOf(addresses))
            : to.Of(family).Overlaps(addresses),
        _ => false,
    };
}

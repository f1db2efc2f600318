using Sallyport.Estates;
using Sallyport.Lab.Storage;

namespace Sallyport.Lab.Groups;

/// <summary>Which group may point at which, and how the pair reads back (VPC peering guide; wire reference, section 5).</summary>
internal static class ReferenceScope
{
    /// <summary>The peer a rule of <paramref name="owner"/> gets for a group; null when the two are not connected.</summary>
    public static GroupPeer? Reach(World world, SecurityGroup owner, SecurityGroup referenced, Direction direction)
    {
        var peer = new GroupPeer(referenced.Id) { Account = referenced.Scope.Account };
        if (owner.Vpc is not { } here || referenced.Vpc is not { } there) return null;
        if (here == there) return peer;
        if (world.ActivePeering(here, there) is { } peering)
        {
            return IsSameRegion(peering) ? peer with { Vpc = there, Peering = peering.Id, PeeringStatus = peering.Status } : null;
        }

        var associated = IsAssociated(world, referenced.Id, here) || IsAssociated(world, owner.Id, there);
        if (associated) return peer with { Vpc = there };
        return direction == Direction.Ingress && ShareTransitGateway(world, here, there) ? peer with { Vpc = there } : null;
    }

    /// <summary>
    /// A stored reference as it reads now: the peering's present status, a newer peering of the same VPCs if there is one, and
    /// no account once the group is gone.
    /// </summary>
    public static GroupPeer Now(World world, SecurityGroup owner, GroupPeer stored)
    {
        var exists = world.FindGroup(owner.Scope.Region, stored.Group) is not null;
        var peer = exists ? stored : stored with { Account = null };
        if (stored.Peering is not { } id) return peer;
        var peering = world.Peerings[id.Value];
        if (peering?.Status != "active" && owner.Vpc is { } here && stored.Vpc is { } there)
        {
            peering = world.ActivePeering(here, there) ?? peering;
        }

        return peer with { Peering = peering?.Id ?? id, PeeringStatus = peering?.Status ?? stored.PeeringStatus };
    }

    /// <summary>True when a rule's reference leads nowhere any more (EC2 API: DescribeStaleSecurityGroups).</summary>
    public static bool IsStale(World world, SecurityGroup owner, GroupPeer stored)
    {
        if (stored.Vpc is null) return false;
        var referenced = world.FindGroup(owner.Scope.Region, stored.Group);
        return referenced is null || Reach(world, owner, referenced, Direction.Ingress) is null;
    }

    private static bool IsSameRegion(Peering peering) => peering.Requester.Scope.Region == peering.Accepter.Scope.Region;

    private static bool IsAssociated(World world, SecurityGroupId group, VpcId vpc) =>
        world.Associations.Exists(a => a.Group == group && a.Vpc == vpc && a.State == "associated");

    private static bool ShareTransitGateway(World world, VpcId a, VpcId b)
    {
        var working = world.Regions.SelectMany(r => r.TransitAttachments.Values)
            .Where(t => t is { State: "available", SecurityGroupReferencing: true }).ToList();
        return working.Exists(x => x.Vpc == a && working.Exists(y => y.Vpc == b && y.TransitGateway == x.TransitGateway));
    }
}

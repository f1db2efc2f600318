using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Lab.Storage;
using Sallyport.Lab.Tagging;
using Sallyport.Lab.Wire;
using Sallyport.Packets;

namespace Sallyport.Lab.Groups;

/// <summary>Listings of groups and of what is known about their use.</summary>
internal static class GroupDescribes
{
    public static IEnumerable<Operation> All =>
    [
        Groups.ToOperation(),
        RuleDescribe.Rules.ToOperation(),
        Associations.ToOperation(),
        GroupsForVpc.ToOperation(),
        Stale.ToOperation(),
        Operation.Read("DescribeSecurityGroupReferences", "DryRun:bool,GroupId*.n", References),
    ];

    private static Describe<SecurityGroup> Groups => new("DescribeSecurityGroups", "securityGroupInfo", Visible, g => g.Id.Value, WriteGroup)
    {
        IdParameter = "GroupId",
        IdKind = ResourceKind.Group,
        Find = (call, id) => call.Here.Groups.Visible(id),
        MoreParameters = "GroupName.n",
        Also = Named,
        Tags = g => g.Tags,
        Filters =
        [
            ("description", (_, g) => [g.Description]),
            ("group-id", (_, g) => [g.Id.Value]),
            ("group-name", (_, g) => [g.Name]),
            ("owner-id", (_, g) => [g.Scope.Account]),
            ("vpc-id", (_, g) => [g.Vpc?.Value]),
            .. PermissionFilters("ip-permission", Direction.Ingress),
            .. PermissionFilters("egress.ip-permission", Direction.Egress),
        ],
    };

    private static Describe<VpcAssociation> Associations => new(
        "DescribeSecurityGroupVpcAssociations",
        "securityGroupVpcAssociationSet",
        AssociationsAfter,
        a => $"{a.Group}/{a.Vpc}",
        WriteAssociation)
    {
        Filters =
        [
            ("group-id", (_, a) => [a.Group.Value]),
            ("group-owner-id", (call, a) => [call.World.FindGroup(call.Scope.Region, a.Group)?.Scope.Account]),
            ("state", (_, a) => [a.State]),
            ("vpc-id", (_, a) => [a.Vpc.Value]),
            ("vpc-owner-id", (call, a) => [call.World.FindVpc(a.Vpc)?.Scope.Account]),
        ],
    };

    private static Describe<SecurityGroup> GroupsForVpc => new("GetSecurityGroupsForVpc", "securityGroupForVpcSet", Visible, g => g.Id.Value, WriteForVpc)
    {
        MoreParameters = "VpcId*",
        Also = UsableIn,
        Tags = g => g.Tags,
        Filters =
        [
            ("group-id", (_, g) => [g.Id.Value]),
            ("description", (_, g) => [g.Description]),
            ("group-name", (_, g) => [g.Name]),
            ("owner-id", (_, g) => [g.Scope.Account]),
            ("primary-vpc-id", (_, g) => [g.Vpc?.Value]),
        ],
    };

    private static Describe<SecurityGroup> Stale => new("DescribeStaleSecurityGroups", "staleSecurityGroupSet", Visible, g => g.Id.Value, WriteStale)
    {
        PageBounds = "[5..255]",
        MoreParameters = "VpcId*",
        Also = call =>
        {
            var vpc = call.World.UsableVpc(call.Scope, call.Input.Required("VpcId")).Id;
            return g => g.Vpc == vpc && StaleRules(call, g).Any();
        },
    };

    private static IEnumerable<SecurityGroup> Visible(Call call, string? after) => call.Here.Groups.VisibleAfter(after);

    /// <summary>Groups by name must exist; in a default VPC only, but several names may be given (EC2 API: DescribeSecurityGroups).</summary>
    private static Func<SecurityGroup, bool> Named(Call call)
    {
        var names = call.Input.Texts("GroupName");
        if (names.Count == 0) return _ => true;
        var vpc = call.Here.DefaultVpc?.Id;
        foreach (var name in names)
        {
            var found = call.Here.Groups.VisibleAfter(null).Where(g => g.Name == name).ToList();
            if (found.Count == 0) throw Refusals.GroupNotFound(name);
            if (!found.Exists(g => g.Vpc == vpc)) throw Refusals.GroupByNameInVpc(name);
        }

        return g => g.Vpc == vpc && names.Contains(g.Name);
    }

    private static IEnumerable<(string Name, Func<Call, SecurityGroup, IEnumerable<string?>> Values)> PermissionFilters(string prefix, Direction direction)
    {
        yield return ($"{prefix}.cidr", (_, g) => Rules(g).Select(r => r.Peer is CidrPeer { Cidr.Family: IpFamily.V4 } ? r.Peer.ToString() : null));
        yield return ($"{prefix}.ipv6-cidr", (_, g) => Rules(g).Select(r => r.Peer is CidrPeer { Cidr.Family: IpFamily.V6 } ? r.Peer.ToString() : null));
        yield return ($"{prefix}.prefix-list-id", (_, g) => Rules(g).Select(r => r.Peer is PrefixListPeer ? r.Peer.ToString() : null));
        yield return ($"{prefix}.group-id", (_, g) => Rules(g).Select(r => (r.Peer as GroupPeer)?.Group.Value));
        yield return ($"{prefix}.user-id", (_, g) => Rules(g).Select(r => (r.Peer as GroupPeer)?.Account));
        yield return ($"{prefix}.group-name", (call, g) => Rules(g)
            .Select(r => r.Peer is GroupPeer peer ? call.World.FindGroup(call.Scope.Region, peer.Group)?.Name : null));
        yield return ($"{prefix}.from-port", (_, g) => Rules(g).Select(r => Port(r.Service, r.Service.From)));
        yield return ($"{prefix}.to-port", (_, g) => Rules(g).Select(r => Port(r.Service, r.Service.To)));
        yield return ($"{prefix}.protocol", (_, g) => Rules(g)
            .SelectMany(r => (string[])[r.Service.Protocol.WireName, $"{r.Service.Protocol.Number}"]));

        IEnumerable<SecurityGroupRule> Rules(SecurityGroup group) => group.RulesOf(direction);
    }

    private static string? Port(Service service, int port) => service.Protocol.HasPorts || service.Protocol.HasTypes ? $"{port}" : null;

    private static Action<ReplyWriter> WriteGroup(Call call, SecurityGroup stored)
    {
        var group = GroupXml.Current(call.World, stored);
        return writer =>
        {
            writer.Text("ownerId", group.Scope.Account);
            writer.Text("groupId", group.Id.Value);
            writer.Text("groupName", group.Name);
            writer.Text("groupDescription", group.Description);
            writer.Text("vpcId", group.Vpc?.Value);
            writer.Text("securityGroupArn", group.Arn);
            GroupXml.Permissions(writer, "ipPermissions", group.RulesOf(Direction.Ingress));
            GroupXml.Permissions(writer, "ipPermissionsEgress", group.RulesOf(Direction.Egress));
            TagXml.Write(writer, group.Tags);
        };
    }

    private static IEnumerable<VpcAssociation> AssociationsAfter(Call call, string? after) => call.World.Associations
        .Where(a => call.Here.Groups[a.Group.Value] is not null || call.Here.Vpcs[a.Vpc.Value] is not null)
        .OrderBy(a => $"{a.Group}/{a.Vpc}", StringComparer.Ordinal)
        .Where(a => after is null || string.CompareOrdinal($"{a.Group}/{a.Vpc}", after) > 0);

    private static Action<ReplyWriter> WriteAssociation(Call call, VpcAssociation association)
    {
        var vpcOwner = call.World.FindVpc(association.Vpc)?.Scope.Account;
        var groupOwner = call.World.FindGroup(call.Scope.Region, association.Group)?.Scope.Account;
        return writer =>
        {
            writer.Text("groupId", association.Group.Value);
            writer.Text("vpcId", association.Vpc.Value);
            writer.Text("vpcOwnerId", vpcOwner);
            writer.Text("state", association.State);
            writer.Text("groupOwnerId", groupOwner);
        };
    }

    private static Func<SecurityGroup, bool> UsableIn(Call call)
    {
        var vpc = call.World.UsableVpc(call.Scope, call.Input.Required("VpcId")).Id;
        var lent = call.World.Associations.Where(a => a.Vpc == vpc && a.State == "associated").Select(a => a.Group).ToHashSet();
        return g => g.Vpc == vpc || lent.Contains(g.Id);
    }

    private static Action<ReplyWriter> WriteForVpc(Call call, SecurityGroup group) => writer =>
    {
        writer.Text("description", group.Description);
        writer.Text("groupName", group.Name);
        writer.Text("ownerId", group.Scope.Account);
        writer.Text("groupId", group.Id.Value);
        writer.Text("primaryVpcId", group.Vpc?.Value);
        TagXml.Write(writer, group.Tags);
    };

    private static IEnumerable<SecurityGroupRule> StaleRules(Call call, SecurityGroup group) =>
        group.Rules.Where(r => r.Peer is GroupPeer peer && ReferenceScope.IsStale(call.World, group, peer));

    private static Action<ReplyWriter> WriteStale(Call call, SecurityGroup stored)
    {
        var rules = GroupXml.Current(call.World, stored with { Rules = [.. StaleRules(call, stored)] }).Rules;
        return writer =>
        {
            writer.Text("groupId", stored.Id.Value);
            writer.Text("groupName", stored.Name);
            writer.Text("description", stored.Description);
            writer.Text("vpcId", stored.Vpc?.Value);
            GroupXml.Permissions(writer, "staleIpPermissions", rules.Where(r => r.Direction == Direction.Ingress));
            GroupXml.Permissions(writer, "staleIpPermissionsEgress", rules.Where(r => r.Direction == Direction.Egress));
        };
    }

    private static Reply References(Call call)
    {
        var ids = call.Input.Texts("GroupId").Select(id => GroupResolver.ById(call, id).Id).ToHashSet();
        call.EndOfChecks();
        var references = call.World.In(call.Scope.Region)
            .SelectMany(r => r.Groups.Values)
            .SelectMany(g => g.Rules.Select(r => r.Peer).OfType<GroupPeer>()
                .Where(p => ids.Contains(p.Group) && p.Vpc is not null)
                .Select(p => (p.Group, Vpc: g.Vpc?.Value, Peering: ReferenceScope.Now(call.World, g, p).Peering?.Value)))
            .Distinct().OrderBy(r => r.Group).ThenBy(r => r.Vpc, StringComparer.Ordinal).ToImmutableArray();
        return new Reply(writer => writer.List("securityGroupReferenceSet", references, reference =>
        {
            writer.Text("groupId", reference.Group.Value);
            writer.Text("referencingVpcId", reference.Vpc);
            writer.Text("vpcPeeringConnectionId", reference.Peering);
        }));
    }
}

using Sallyport.Estates;
using Sallyport.Lab.Storage;
using Sallyport.Lab.Tagging;
using Sallyport.Lab.Wire;
using Sallyport.Packets;

namespace Sallyport.Lab.Groups;

/// <summary>Writes groups and rules: grouped by service with the group, one by one with their ids on their own.</summary>
internal static class GroupXml
{
    /// <summary>The grouped view of rules of one direction (EC2 API: IpPermission); no ids, no tags.</summary>
    public static void Permissions(ReplyWriter writer, string name, IEnumerable<SecurityGroupRule> rules)
    {
        writer.List(name, rules.GroupBy(r => r.Service), byService =>
        {
            var (service, list) = (byService.Key, byService.ToList());
            writer.Text("ipProtocol", service.Protocol.WireName);
            if (service.Protocol.HasPorts || service.Protocol.HasTypes)
            {
                writer.Number("fromPort", service.From);
                writer.Number("toPort", service.To);
            }

            writer.List("groups", list.Where(r => r.Peer is GroupPeer), rule => GroupPair(writer, (GroupPeer)rule.Peer, rule.Description));
            Blocks(writer, "ipRanges", "cidrIp", list.Where(r => r.Peer is CidrPeer { Cidr.Family: IpFamily.V4 }));
            Blocks(writer, "ipv6Ranges", "cidrIpv6", list.Where(r => r.Peer is CidrPeer { Cidr.Family: IpFamily.V6 }));
            Blocks(writer, "prefixListIds", "prefixListId", list.Where(r => r.Peer is PrefixListPeer));
        });
    }

    /// <summary>One rule with its id (EC2 API: SecurityGroupRule).</summary>
    public static void Rule(ReplyWriter writer, SecurityGroup group, SecurityGroupRule rule)
    {
        Content(writer, group, rule);
        writer.Text("groupOwnerId", group.Scope.Account);
        if (rule.Peer is GroupPeer peer)
        {
            writer.Open("referencedGroupInfo");
            writer.Text("groupId", peer.Group.Value);
            writer.Text("userId", peer.Account);
            writer.Text("vpcId", peer.Vpc?.Value);
            writer.Text("vpcPeeringConnectionId", peer.Peering?.Value);
            writer.Text("peeringStatus", peer.PeeringStatus);
            writer.Close("referencedGroupInfo");
        }

        TagXml.Write(writer, rule.Tags ?? Tags.None);
        writer.Text("securityGroupRuleArn", group.Arn.Replace($"security-group/{group.Id}", $"security-group-rule/{rule.Id}", StringComparison.Ordinal));
    }

    /// <summary>One rule that went (EC2 API: RevokedSecurityGroupRule).</summary>
    public static void Revoked(ReplyWriter writer, SecurityGroup group, SecurityGroupRule rule)
    {
        Content(writer, group, rule);
        if (rule.Peer is GroupPeer peer) writer.Text("referencedGroupId", peer.Group.Value);
    }

    /// <summary>A group's rules with references as they read now.</summary>
    public static SecurityGroup Current(World world, SecurityGroup group)
    {
        if (!group.Rules.Any(r => r.Peer is GroupPeer)) return group;
        return group with
        {
            Rules = [.. group.Rules.Select(r => r.Peer is GroupPeer peer ? r with { Peer = ReferenceScope.Now(world, group, peer) } : r)],
        };
    }

    private static void Content(ReplyWriter writer, SecurityGroup group, SecurityGroupRule rule)
    {
        writer.Text("securityGroupRuleId", rule.Id?.Value);
        writer.Text("groupId", group.Id.Value);
        writer.Flag("isEgress", rule.Direction == Direction.Egress);
        writer.Text("ipProtocol", rule.Service.Protocol.WireName);
        writer.Number("fromPort", rule.Service.From);
        writer.Number("toPort", rule.Service.To);
        if (rule.Peer is CidrPeer { Cidr: var cidr }) writer.Text(cidr.Family == IpFamily.V4 ? "cidrIpv4" : "cidrIpv6", cidr.ToString());
        if (rule.Peer is PrefixListPeer { PrefixList: var list }) writer.Text("prefixListId", list.Value);
        writer.TextIfAny("description", rule.Description);
    }

    private static void GroupPair(ReplyWriter writer, GroupPeer peer, string description)
    {
        writer.Text("userId", peer.Account);
        writer.Text("groupId", peer.Group.Value);
        writer.Text("vpcId", peer.Vpc?.Value);
        writer.Text("vpcPeeringConnectionId", peer.Peering?.Value);
        writer.Text("peeringStatus", peer.PeeringStatus);
        writer.TextIfAny("description", description);
    }

    private static void Blocks(ReplyWriter writer, string list, string element, IEnumerable<SecurityGroupRule> rules) => writer.List(list, rules, rule =>
    {
        writer.Text(element, rule.Peer.ToString());
        writer.TextIfAny("description", rule.Description);
    });
}

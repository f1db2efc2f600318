using Sallyport.Estates;
using Sallyport.Lab.Wire;
using Sallyport.Packets;

namespace Sallyport.Lab.Groups;

/// <summary>Turns the permissions of a request, grouped or flat, into single rules.</summary>
internal sealed class PermissionReader(Call call, SecurityGroup owner, Direction direction, bool mustExist)
{
    /// <summary>The structure of one permission, in the notation of <see cref="ParameterShape"/>.</summary>
    public const string Notation =
        "IpPermissions.n.{IpProtocol,FromPort:int,ToPort:int,"
        + "Groups.n.{Description,UserId,GroupName,GroupId,VpcId,VpcPeeringConnectionId,PeeringStatus},"
        + "IpRanges.n.{Description,CidrIp},Ipv6Ranges.n.{Description,CidrIpv6},PrefixListIds.n.{Description,PrefixListId}}";

    /// <summary>The flat parameters.</summary>
    public const string FlatNotation = "IpProtocol,FromPort:int,ToPort:int,CidrIp,SourceSecurityGroupName,SourceSecurityGroupOwnerId";

    private static readonly string[] Flat = ["IpProtocol", "FromPort", "ToPort", "CidrIp", "SourceSecurityGroupName", "SourceSecurityGroupOwnerId"];

    private readonly PeerReader _peers = new(call, owner, direction, mustExist);

    /// <summary>True when the request carries rule properties in any form.</summary>
    public static bool IsGiven(ParameterNode input) => input.Has("IpPermissions") || Array.Exists(Flat, input.Has);

    /// <summary>Every rule of the request; refuses one that comes twice.</summary>
    public List<RequestedRule> Read()
    {
        var input = call.Input;
        var flat = Array.Find(Flat, input.Has);
        if (flat is not null && direction == Direction.Egress) throw Refusals.FlatEgress(flat);
        if (flat is not null && input.Has("IpPermissions")) throw Refusals.FlatAndPermissions();
        List<RequestedRule> rules = flat is not null ? [ReadFlat(input)] : [.. input.Items("IpPermissions").SelectMany(ReadPermission)];
        if (rules.Count == 0) throw Refusals.MissingPermissions();
        var seen = new HashSet<RuleKey>(rules.Count);
        foreach (var rule in rules)
        {
            if (!seen.Add(rule.Rule.Key)) throw Refusals.SamePermissionTwice();
        }

        return rules;
    }

    private List<RequestedRule> ReadPermission(ParameterNode node)
    {
        var service = ServiceReader.Read(node.Text("IpProtocol"), node.Number("FromPort"), node.Number("ToPort"));
        var rules = new List<RequestedRule>();
        foreach (var range in node.Items("IpRanges")) Add(range, PeerReader.Cidr(range.Text("CidrIp"), IpFamily.V4, "CidrIp"));
        foreach (var range in node.Items("Ipv6Ranges")) Add(range, PeerReader.Cidr(range.Text("CidrIpv6"), IpFamily.V6, "CidrIpv6"));
        foreach (var list in node.Items("PrefixListIds")) Add(list, _peers.PrefixList(list.Text("PrefixListId")));
        foreach (var group in node.Items("Groups")) Add(group, _peers.Group(group));
        return rules.Count > 0 ? rules : throw Refusals.NoPeer();

        void Add(ParameterNode at, Peer peer) => rules.Add(Create(service, peer, at.Raw("Description")));
    }

    private RequestedRule ReadFlat(ParameterNode input)
    {
        var service = ServiceReader.Read(input.Text("IpProtocol"), input.Number("FromPort"), input.Number("ToPort"));
        if (service.Protocol == Protocol.IcmpV6) throw Refusals.FlatIcmpV6();
        var (cidr, source) = (input.Text("CidrIp"), input.Text("SourceSecurityGroupName"));
        if (cidr is not null && source is not null) throw Refusals.FlatAndPermissions();
        if (cidr is not null) return Create(service, PeerReader.Cidr(cidr, IpFamily.V4, "CidrIp"), null);
        return source is not null ? Create(service, _peers.GroupByName(source), null) : throw Refusals.NoPeer();
    }

    private RequestedRule Create(Service service, Peer peer, string? description)
    {
        var text = GroupText.RuleDescription(description);
        return new RequestedRule(new SecurityGroupRule(direction, service, peer) { Description = text }, description);
    }
}

using System.Buffers;
using Sallyport.Lab.Wire;

namespace Sallyport.Lab.Storage;

/// <summary>A kind of resource as its ids and errors tell it: prefix, name for tags, codes (EC2 API: error codes).</summary>
/// <param name="Prefix">Such as <c>vpc-</c>.</param>
/// <param name="TagType">Resource type in tag calls, such as <c>vpc</c>.</param>
/// <param name="NotFoundCode">Code for a well-formed id that does not exist.</param>
/// <param name="MalformedCode">Code for anything else.</param>
/// <param name="Words">What messages call it.</param>
internal sealed record ResourceKind(string Prefix, string TagType, string NotFoundCode, string MalformedCode, string Words)
{
    public static readonly ResourceKind Group = new("sg-", "security-group", "InvalidGroup.NotFound", "InvalidGroupId.Malformed", "security group");
    public static readonly ResourceKind Rule = new("sgr-", "security-group-rule", "InvalidSecurityGroupRuleId.NotFound", "InvalidSecurityGroupRuleId.Malformed", "security group rule");
    public static readonly ResourceKind Vpc = new("vpc-", "vpc", "InvalidVpcID.NotFound", "InvalidVpcID.Malformed", "vpc");
    public static readonly ResourceKind Subnet = new("subnet-", "subnet", "InvalidSubnetID.NotFound", "InvalidSubnetID.Malformed", "subnet");
    public static readonly ResourceKind Interface = new("eni-", "network-interface", "InvalidNetworkInterfaceID.NotFound", "InvalidNetworkInterfaceId.Malformed", "networkInterface");
    public static readonly ResourceKind RouteTable = new("rtb-", "route-table", "InvalidRouteTableID.NotFound", "InvalidRouteTableId.Malformed", "routeTable");
    public static readonly ResourceKind NetworkAcl = new("acl-", "network-acl", "InvalidNetworkAclID.NotFound", "InvalidNetworkAclId.Malformed", "networkAcl");
    public static readonly ResourceKind InternetGateway = new("igw-", "internet-gateway", "InvalidInternetGatewayID.NotFound", "InvalidInternetGatewayId.Malformed", "internetGateway");
    public static readonly ResourceKind EgressOnlyGateway = new("eigw-", "egress-only-internet-gateway", "InvalidGatewayID.NotFound", "InvalidEgressOnlyInternetGatewayId.Malformed", "egressOnlyInternetGateway");
    public static readonly ResourceKind NatGateway = new("nat-", "natgateway", "NatGatewayNotFound", "NatGatewayMalformed", "natGateway");
    public static readonly ResourceKind VpnGateway = new("vgw-", "vpn-gateway", "InvalidVpnGatewayID.NotFound", "InvalidVpnGatewayID.Malformed", "vpnGateway");
    public static readonly ResourceKind TransitGateway = new("tgw-", "transit-gateway", "InvalidTransitGatewayID.NotFound", "InvalidTransitGatewayID.Malformed", "transitGateway");
    public static readonly ResourceKind TransitAttachment = new("tgw-attach-", "transit-gateway-attachment", "InvalidTransitGatewayAttachmentID.NotFound", "InvalidTransitGatewayAttachmentID.Malformed", "transitGatewayAttachment");
    public static readonly ResourceKind TransitRouteTable = new("tgw-rtb-", "transit-gateway-route-table", "InvalidRouteTableID.NotFound", "InvalidRouteTableId.Malformed", "transitGatewayRouteTable");
    public static readonly ResourceKind Peering = new("pcx-", "vpc-peering-connection", "InvalidVpcPeeringConnectionID.NotFound", "InvalidVpcPeeringConnectionId.Malformed", "vpcPeeringConnection");
    public static readonly ResourceKind Endpoint = new("vpce-", "vpc-endpoint", "InvalidVpcEndpointId.NotFound", "InvalidVpcEndpointId.Malformed", "vpcEndpoint");
    public static readonly ResourceKind PrefixList = new("pl-", "prefix-list", "InvalidPrefixListID.NotFound", "InvalidPrefixListId.Malformed", "prefix list");
    public static readonly ResourceKind Instance = new("i-", "instance", "InvalidInstanceID.NotFound", "InvalidInstanceID.Malformed", "instance");
    public static readonly ResourceKind FlowLog = new("fl-", "vpc-flow-log", "InvalidFlowLogId.NotFound", "InvalidFlowLogId.Malformed", "flow log");

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>Longest prefix first, so that an id finds its kind.</summary>
    public static readonly IReadOnlyList<ResourceKind> All =
    [
        TransitAttachment, TransitRouteTable, Group, Rule, Vpc, Subnet, Interface, RouteTable, NetworkAcl, InternetGateway, EgressOnlyGateway,
        NatGateway, VpnGateway, TransitGateway, Peering, Endpoint, PrefixList, Instance, FlowLog,
    ];

    /// <summary>The kind an id is of; null when no kind has such ids.</summary>
    public static ResourceKind? Of(string id) => All.FirstOrDefault(k => k.IsWellFormed(id));

    /// <summary>The prefix, then 8 or 17 lower-case hex digits.</summary>
    public bool IsWellFormed(string id)
    {
        if (!id.StartsWith(Prefix, StringComparison.Ordinal) || id.Length - Prefix.Length is not (8 or 17)) return false;
        return id.AsSpan(Prefix.Length).IndexOfAnyExcept(HexDigits) < 0;
    }

    public Refusal NotFound(string id) => this == Group ? Refusals.GroupNotFound(id) : Refusals.NotFound(NotFoundCode, Words, id);

    public Refusal Malformed(string id) => this == Rule ? Refusals.RuleIdMalformed(id) : Refusals.Malformed(MalformedCode, id, Prefix);

    /// <summary>Refuses an id that is not well-formed.</summary>
    public string Check(string id) => IsWellFormed(id) ? id : throw Malformed(id);
}

using Sallyport.Packets;

namespace Sallyport.Auditing.Parameters;

public static partial class AuditParameters
{
    /// <summary>Accounts of one's own.</summary>
    public static AccountsParameter OwnAccounts { get; } = new(
        "accounts.own", "Accounts of your own, beside those of the estate.");

    /// <summary>Accounts of others that are known.</summary>
    public static AccountsParameter TrustedAccounts { get; } = new(
        "accounts.trusted", "Accounts of others that you share networks with on purpose.");

    /// <summary>Tags that make a group no one's peer.</summary>
    public static TextsParameter ForbiddenReferenceTags { get; } = new(
        "reference.forbidden.tags", "", "Tags (key, or key=value) of groups that no other group may name.");

    /// <summary>Names that make a group no one's peer.</summary>
    public static PatternParameter ForbiddenReferenceNames { get; } = new(
        "reference.forbidden.names", DefaultPatterns.Nothing(), "Pattern of names or descriptions of groups that no other group may name.");

    /// <summary>VPCs whose groups are no one's peers.</summary>
    public static TextsParameter ForbiddenReferenceVpcs { get; } = new(
        "reference.forbidden.vpcs", "", "VPCs whose groups no group of another VPC may name.");

    /// <summary>TCP administration ports at a network ACL.</summary>
    public static PortsParameter AclAdminTcp { get; } = new(
        "nacl.admin.tcp", Protocol.Tcp, "22, 3389", "TCP ports that no network ACL should admit the world to.");

    /// <summary>UDP administration ports at a network ACL.</summary>
    public static PortsParameter AclAdminUdp { get; } = new(
        "nacl.admin.udp", Protocol.Udp, "22, 3389", "UDP ports that no network ACL should admit the world to.");

    /// <summary>Must deny entries name every address?</summary>
    public static SwitchParameter AclDenyWorld { get; } = new(
        "nacl.deny.world", false, "Whether a deny entry must name every address of its family.");

    /// <summary>Traffic that flow logs must record.</summary>
    public static OneOfParameter FlowLogTraffic { get; } = new(
        "flowlog.traffic", ["REJECT", "ACCEPT", "ALL"], "REJECT", "Traffic that flow logs must record at least; learning needs ALL.");

    /// <summary>Fields that learning needs.</summary>
    public static TextsParameter FlowLogFields { get; } = new(
        "flowlog.fields", "flow-direction, interface-id, pkt-srcaddr, tcp-flags", "Fields that a flow log must record to learn connections from it.");

    /// <summary>Longest aggregation interval.</summary>
    public static NumberParameter FlowLogSeconds { get; } = new(
        "flowlog.seconds", 600, 60, 600, "Longest aggregation interval of a flow log, in seconds.");

    /// <summary>Must every VPC have a firewall endpoint?</summary>
    public static SwitchParameter VpcFirewall { get; } = new(
        "vpc.firewall", false, "Whether every VPC with interfaces needs an endpoint of a network firewall.");

    /// <summary>Endpoints that every VPC needs.</summary>
    public static TextsParameter VpcServices { get; } = new(
        "vpc.endpoints", "", "Services that every VPC with interfaces needs an endpoint for, such as s3 or ssm.");

    /// <summary>Widest public IPv4 block of a list.</summary>
    public static NumberParameter ListWideV4 { get; } = new(
        "list.wide.v4", 24, 1, 32, "Public IPv4 entries of prefix lists with a shorter prefix are wide.");

    /// <summary>Widest public IPv6 block of a list.</summary>
    public static NumberParameter ListWideV6 { get; } = new(
        "list.wide.v6", 48, 1, 128, "Public IPv6 entries of prefix lists with a shorter prefix are wide.");

    /// <summary>Quota of rules that prefix lists are weighed against.</summary>
    public static NumberParameter ListRulesMaximum { get; } = new(
        "list.rules.max", 60, 1, 1_000, "Rules per group, direction and address family that prefix lists are weighed against.");

    /// <summary>Parameters of SP-REF, SP-NACL, SP-VPC, SP-PL, SP-MON, SP-PAIR, SP-DECL and SP-OVL.</summary>
    private static AuditParameter[] Networks =>
    [
        AclAdminTcp, AclAdminUdp, AclDenyWorld, FlowLogFields, FlowLogSeconds, FlowLogTraffic, ForbiddenReferenceNames, ForbiddenReferenceTags,
        ForbiddenReferenceVpcs, ListRulesMaximum, ListWideV4, ListWideV6, OwnAccounts, TrustedAccounts, VpcFirewall, VpcServices,
    ];
}

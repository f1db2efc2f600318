using Sallyport.Packets;

namespace Sallyport.Auditing.Parameters;

public static partial class AuditParameters
{
    /// <summary>Shortest prefix of a public IPv4 block that is not wide.</summary>
    public static NumberParameter WideV4 { get; } = new(
        "wide.v4", 24, 1, 32, "Prefix length below which a public IPv4 block is wide.");

    /// <summary>Shortest prefix of a public IPv6 block that is not wide.</summary>
    public static NumberParameter WideV6 { get; } = new(
        "wide.v6", 48, 1, 128, "Prefix length below which a public IPv6 block is wide.");

    /// <summary>Blocks of known providers, which may be wide.</summary>
    public static BlocksParameter TrustedPrefixes { get; } = new(
        "trusted_prefixes", "", "Blocks of providers that rules may name whole, however wide; prefix lists that AWS keeps never count as wide.");

    /// <summary>Public addresses of partners and offices.</summary>
    public static BlocksParameter TrustedCidrs { get; } = new(
        "trusted_cidrs", "", "Public addresses and blocks that ingress rules may name: offices, partners, monitoring.");

    /// <summary>TCP ports of protocols that send passwords or data in the clear.</summary>
    public static PortsParameter PlaintextTcp { get; } = new(
        "plaintext.tcp", Protocol.Tcp, "21, 23, 110, 143, 389, 512-514", "TCP ports of protocols without encryption; add 80 to count HTTP.");

    /// <summary>UDP ports of protocols that send passwords or data in the clear.</summary>
    public static PortsParameter PlaintextUdp { get; } = new(
        "plaintext.udp", Protocol.Udp, "69, 161", "UDP ports of protocols without encryption.");

    /// <summary>May the world ping?</summary>
    public static SwitchParameter IcmpAllowEcho { get; } = new(
        "icmp.allow_echo", false, "Whether the world may send echo requests (ping).");

    /// <summary>Ports in a row that one rule may name.</summary>
    public static NumberParameter RangeMaximum { get; } = new(
        "range.max", 1, 1, 65_536, "TCP or UDP ports in a row that one rule may name.");

    /// <summary>Private addresses that may reach a sensitive port.</summary>
    public static NumberParameter PrivateHosts { get; } = new(
        "priv.hosts", 256, 1, int.MaxValue, "Addresses of one private block that may reach a sensitive port.");

    /// <summary>AWS's own address space, as its ip-ranges.json lists it.</summary>
    public static BlocksParameter AmazonRanges { get; } = new(
        "aws.ranges", "", "AWS's public address blocks, from its ip-ranges.json.");

    /// <summary>Ports of one's own that the world must not reach.</summary>
    public static ServicesParameter CustomPorts { get; } = new(
        "custom_ports", "", "Services of your own that the world must not reach, such as tcp/8443, udp/5000-5010; a bare number is a TCP port.");

    /// <summary>TCP ports of mail.</summary>
    public static PortsParameter MailTcp { get; } = new(
        "mail.tcp", Protocol.Tcp, "25", "TCP ports of mail; add 465 and 587 to count submission.");

    /// <summary>Administration and database ports that nobody needs at any address.</summary>
    public static PortsParameter EgressAdminTcp { get; } = new(
        "egress.admin.tcp", Protocol.Tcp, "22, 23, 445, 1433, 1521, 3306, 3389, 5432, 5900-5903, 5985, 5986, 6379, 27017",
        "TCP ports of administration and databases that no rule should open to any address.");

    /// <summary>Parameters of SP-ING, SP-PRT, SP-EGR, SP-DEF and SP-VAL.</summary>
    private static AuditParameter[] Exposure =>
    [
        AmazonRanges, CustomPorts, EgressAdminTcp, IcmpAllowEcho, MailTcp, PlaintextTcp, PlaintextUdp, PrivateHosts, RangeMaximum,
        TrustedCidrs, TrustedPrefixes, WideV4, WideV6,
    ];
}

using System.Collections.Immutable;
using Sallyport.Packets;

namespace Sallyport.Auditing.Parameters;

/// <summary>Every parameter of the audit, once; rules that share one name the same object.</summary>
public static partial class AuditParameters
{
    /// <summary>How many ports of TCP or UDP in a row are "all ports": 65,535 so that 0-65535 and 1-65535 both count.</summary>
    public static NumberParameter AllPortsMinimum { get; } = new(
        "allports.min", 65_535, 1, 65_536, "TCP or UDP ports in a row that count as all ports.");

    /// <summary>TCP ports the world may reach.</summary>
    public static PortsParameter WorldTcp { get; } = new("world.tcp", Protocol.Tcp, "80, 443", "TCP ports that the world may reach.");

    /// <summary>UDP ports the world may reach.</summary>
    public static PortsParameter WorldUdp { get; } = new("world.udp", Protocol.Udp, "", "UDP ports that the world may reach.");

    /// <summary>Share of public space that is nearly the world.</summary>
    public static FractionParameter NearWorldFraction { get; } = new(
        "nearworld.fraction", 0.5, "Share of the public address space from which an opening is critical.");

    /// <summary>Share of public space that is worth a warning.</summary>
    public static FractionParameter NearWorldWarning { get; } = new(
        "nearworld.warn", 0.01, "Share of the public address space from which an opening is reported at all.");

    /// <summary>TCP administration ports.</summary>
    public static PortsParameter AdminTcp { get; } = new(
        "admin.tcp", Protocol.Tcp, "22, 23, 2222, 3389, 5900-5903, 5985, 5986", "TCP ports of remote administration.");

    /// <summary>UDP administration ports.</summary>
    public static PortsParameter AdminUdp { get; } = new("admin.udp", Protocol.Udp, "3389", "UDP ports of remote administration.");

    /// <summary>Blocks no single rule should hold whole.</summary>
    public static BlocksParameter PrivateBlocks { get; } = new(
        "private.blocks", "10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, fc00::/7", "Private blocks that no rule should admit whole.");

    /// <summary>TCP ports that may leave for the world.</summary>
    public static PortsParameter EgressWorldTcp { get; } = new(
        "egress.world.tcp", Protocol.Tcp, "443", "TCP ports that may be reached anywhere in the world.");

    /// <summary>UDP ports that may leave for the world.</summary>
    public static PortsParameter EgressWorldUdp { get; } = new(
        "egress.world.udp", Protocol.Udp, "", "UDP ports that may be reached anywhere in the world.");

    /// <summary>Own resolvers beside the VPC's.</summary>
    public static BlocksParameter Resolvers { get; } = new(
        "resolvers", "", "DNS resolvers of your own; the VPC's resolver and 169.254.169.253 are always allowed.");

    /// <summary>Ports of IRC and its bots.</summary>
    public static PortsParameter IrcTcp { get; } = new(
        "irc.tcp", Protocol.Tcp, "194, 6660-6669, 6697, 7000", "TCP ports of IRC and of bots that use it.");

    /// <summary>How long a group must have been unused.</summary>
    public static NumberParameter UnusedMinutes { get; } = new(
        "unused.minutes", 0, 0, 525_600, "Minutes a group must have been unused; above 0 needs a history that a single reading lacks.");

    /// <summary>Does a default allow-all egress count as the other half of a pair?</summary>
    public static SwitchParameter AllowAllCounts { get; } = new(
        "allowall.counts", false, "Whether an egress rule for everything everywhere counts as the egress half of a pair.");

    /// <summary>All of them, by name.</summary>
    public static ImmutableArray<AuditParameter> All =>
    [
        .. new[] { Shared, Exposure, Strategy, Networks, Meaning }.SelectMany(section => section).OrderBy(p => p.Name, StringComparer.Ordinal),
    ];

    private static AuditParameter[] Shared =>
    [
        AdminTcp, AdminUdp, AllowAllCounts, AllPortsMinimum, EgressWorldTcp, EgressWorldUdp, IrcTcp, NearWorldFraction,
        NearWorldWarning, PrivateBlocks, Resolvers, UnusedMinutes, WorldTcp, WorldUdp,
    ];
}

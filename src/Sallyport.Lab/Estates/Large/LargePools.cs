using System.Collections.Immutable;
using Sallyport.Packets;

namespace Sallyport.Lab.Estates.Large;

/// <summary>What people really write into rules: few services, few far networks, few texts, used over and over.</summary>
internal static class LargePools
{
    /// <summary>Services between groups; the frequent ones stand several times.</summary>
    public static ImmutableArray<Service> Services { get; } = Parse(
        "tcp/443", "tcp/443", "tcp/443", "tcp/443", "tcp/8080", "tcp/8080", "tcp/8443", "tcp/80", "tcp/80", "tcp/22", "tcp/5432", "tcp/5432",
        "tcp/3306", "tcp/3306", "tcp/1433", "tcp/6379", "tcp/11211", "tcp/9092", "tcp/9094", "tcp/9200", "tcp/9300", "tcp/27017", "tcp/5672",
        "tcp/2049", "tcp/9100", "tcp/53", "udp/53", "udp/123", "udp/8125", "udp/4789", "tcp/3000-3010", "tcp/8000-8100", "tcp/1024-65535",
        "tcp/0-65535", "icmp/8/-1", "icmp", "icmp/3/4", "proto/50", "proto/47", "any");

    /// <summary>Services opened to the world.</summary>
    public static ImmutableArray<Service> WorldIngress { get; } = Parse("tcp/443", "tcp/443", "tcp/443", "tcp/80", "tcp/80", "tcp/22", "tcp/3389", "udp/1194", "tcp/8080");

    /// <summary>Services to the world; the first is what EC2 gives a new group.</summary>
    public static ImmutableArray<Service> WorldEgress { get; } = Parse("any", "any", "any", "any", "tcp/443", "tcp/443", "tcp/80", "udp/53", "tcp/0-65535");

    /// <summary>Far networks that every VPC knows.</summary>
    public static ImmutableArray<Cidr> Networks { get; } =
    [
        .. new[]
        {
            "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "192.0.2.0/27", "192.0.2.64/28", "192.0.2.128/25", "198.51.100.0/24",
            "198.51.100.130/32", "203.0.113.0/24", "203.0.113.17/32", "203.0.113.18/32", "10.254.0.0/16", "10.255.0.0/20",
        }.Select(Cidr.Parse),
    ];

    /// <summary>Far networks of IPv6.</summary>
    public static ImmutableArray<Cidr> NetworksV6 { get; } =
        [.. new[] { "2001:db8::/32", "2001:db8:ff00::/40", "2001:db8:0ff1:ce00::/56", "2001:db8:feed::/48", "fc00::/7" }.Select(Cidr.Parse)];

    /// <summary>Descriptions, a quarter of them empty.</summary>
    public static ImmutableArray<string> Descriptions { get; } =
    [
        "", "", "", "", "", "", "", "from the load balancer", "to the database", "health checks", "metrics", "ssh", "SSH from the bastion", "temporary",
        "temporary, remove after migration", "managed by terraform", "office", "VPN", "partner network", "cluster traffic", "requested in OPS-4711",
        "legacy", "do not remove", "backup", "NFS", "added by jsmith 2021-06-01", "#monitoring", "self",
    ];

    /// <summary>Tiers of an application; five groups that stand together.</summary>
    public static ImmutableArray<string> Tiers { get; } = ["alb", "web", "api", "db", "cache"];

    /// <summary>Teams in tags.</summary>
    public static ImmutableArray<string> Owners { get; } = ["platform", "orders", "payments", "search", "analytics", "storefront", "support", "security"];

    private static ImmutableArray<Service> Parse(params string[] services) => [.. services.Select(Service.Parse)];
}

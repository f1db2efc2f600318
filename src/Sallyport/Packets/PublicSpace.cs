using System.Collections.Immutable;

namespace Sallyport.Packets;

/// <summary>
/// Which addresses are public: everything that is not in the IANA special-purpose registries (and, for IPv6, inside
/// 2000::/3, the only unicast space IANA has handed out). Multicast is kept out as well: no host on the Internet has such
/// an address, and VRRP rules would read as public.
/// </summary>
public static class PublicSpace
{
    /// <summary>
    /// IANA IPv4 and IPv6 Special-Purpose Address Registries, more specific entries folded into their parents, and the
    /// multicast blocks of the address space registries.
    /// </summary>
    public static ImmutableArray<SpecialPurposeBlock> SpecialPurpose { get; } =
    [
        Block("0.0.0.0/8", "This network", "RFC 791"),
        Block("10.0.0.0/8", "Private-Use", "RFC 1918"),
        Block("100.64.0.0/10", "Shared Address Space", "RFC 6598"),
        Block("127.0.0.0/8", "Loopback", "RFC 1122"),
        Block("169.254.0.0/16", "Link Local", "RFC 3927"),
        Block("172.16.0.0/12", "Private-Use", "RFC 1918"),
        Block("192.0.0.0/24", "IETF Protocol Assignments", "RFC 6890"),
        Block("192.0.2.0/24", "Documentation (TEST-NET-1)", "RFC 5737"),
        Block("192.31.196.0/24", "AS112-v4", "RFC 7535"),
        Block("192.52.193.0/24", "AMT", "RFC 7450"),
        Block("192.88.99.0/24", "Deprecated (6to4 Relay Anycast)", "RFC 7526"),
        Block("192.168.0.0/16", "Private-Use", "RFC 1918"),
        Block("192.175.48.0/24", "Direct Delegation AS112 Service", "RFC 7534"),
        Block("198.18.0.0/15", "Benchmarking", "RFC 2544"),
        Block("198.51.100.0/24", "Documentation (TEST-NET-2)", "RFC 5737"),
        Block("203.0.113.0/24", "Documentation (TEST-NET-3)", "RFC 5737"),
        Block("224.0.0.0/4", "Multicast", "RFC 5771"),
        Block("240.0.0.0/4", "Reserved", "RFC 1112"),
        Block("::/128", "Unspecified Address", "RFC 4291"),
        Block("::1/128", "Loopback Address", "RFC 4291"),
        Block("::ffff:0:0/96", "IPv4-mapped Address", "RFC 4291"),
        Block("64:ff9b::/96", "IPv4-IPv6 Translation", "RFC 6052"),
        Block("64:ff9b:1::/48", "IPv4-IPv6 Translation", "RFC 8215"),
        Block("100::/64", "Discard-Only Address Block", "RFC 6666"),
        Block("100:0:0:1::/64", "Dummy IPv6 Prefix", "RFC 9780"),
        Block("2001::/23", "IETF Protocol Assignments", "RFC 2928"),
        Block("2001:db8::/32", "Documentation", "RFC 3849"),
        Block("2002::/16", "6to4", "RFC 3056"),
        Block("2620:4f:8000::/48", "Direct Delegation AS112 Service", "RFC 7534"),
        Block("3fff::/20", "Documentation", "RFC 9637"),
        Block("5f00::/16", "Segment Routing (SRv6) SIDs", "RFC 9602"),
        Block("fc00::/7", "Unique-Local", "RFC 4193"),
        Block("fe80::/10", "Link-Local Unicast", "RFC 4291"),
        Block("ff00::/8", "Multicast", "RFC 4291"),
    ];

    /// <summary>The well-known NAT64 prefix: its low 32 bits name an IPv4 address (RFC 6052).</summary>
    public static Cidr Nat64 { get; } = Cidr.Parse("64:ff9b::/96");

    /// <summary>IPv6 space that is handed out for unicast.</summary>
    public static Cidr GlobalUnicastV6 { get; } = Cidr.Parse("2000::/3");

    private static readonly AddressSet PublicV4 = AddressSet.Full(IpFamily.V4).Subtract(SpecialOf(IpFamily.V4));

    private static readonly AddressSet WorldV6 = AddressSet.Of(GlobalUnicastV6);

    private static readonly AddressSet PublicV6 = WorldV6.Subtract(SpecialOf(IpFamily.V6));

    private static readonly AddressSet InternetV4 = PublicV4.Union(DocumentationOf(IpFamily.V4));

    private static readonly AddressSet InternetV6 = PublicV6.Union(DocumentationOf(IpFamily.V6));

    /// <summary>Public addresses of a family.</summary>
    public static AddressSet Of(IpFamily family) => family == IpFamily.V4 ? PublicV4 : PublicV6;

    /// <summary>
    /// Where "the internet" may be asked from: public addresses, and the documentation blocks, which stand for public addresses
    /// wherever they are written.
    /// </summary>
    public static AddressSet InternetOf(IpFamily family) => family == IpFamily.V4 ? InternetV4 : InternetV6;

    /// <summary>
    /// What a set must hold to be "the world": for IPv4 all public addresses, so a ladder of blocks that leaves out 10.0.0.0/8
    /// is still the world; for IPv6 the whole of 2000::/3.
    /// </summary>
    public static AddressSet WorldOf(IpFamily family) => family == IpFamily.V4 ? PublicV4 : WorldV6;

    private static AddressSet DocumentationOf(IpFamily family) =>
        AddressSet.Of(family, SpecialPurpose.Where(b => b.Name.StartsWith("Documentation", StringComparison.Ordinal)).Select(b => b.Cidr));

    private static AddressSet SpecialOf(IpFamily family) => AddressSet.Of(family, SpecialPurpose.Select(b => b.Cidr));

    private static SpecialPurposeBlock Block(string cidr, string name, string source) => new(Cidr.Parse(cidr), name, source);
}

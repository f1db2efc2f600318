using System.Collections.Immutable;
using Sallyport.Packets;

namespace Sallyport.Connections.Importing;

/// <summary>
/// What counts as "the world": all of IPv4 but the blocks that IANA's special-purpose registry keeps off the internet, and
/// 2000::/3 (audit catalogue §0.1.6).
/// </summary>
internal static class WorldSpace
{
    public static AddressSet V4 { get; } = AddressSet.Of(
        IpFamily.V4,
        ((ImmutableArray<string>)
        [
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15",
            "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        ]).Select(Cidr.Parse)).Complement();

    public static AddressSet V6 { get; } = AddressSet.Of(Cidr.Parse("2000::/3"));

    /// <summary>The internet of one family.</summary>
    public static AddressSet Of(IpFamily family) => family == IpFamily.V4 ? V4 : V6;

    /// <summary>True when the addresses of one family include its whole internet.</summary>
    public static bool IsIn(AddressSet addresses) => Of(addresses.Family).IsSubsetOf(addresses);
}

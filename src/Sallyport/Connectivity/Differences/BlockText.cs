using Sallyport.Packets;

namespace Sallyport.Connectivity.Differences;

/// <summary>A set of addresses in as few words as are exact. (reference: reachability-and-synthesis §5.3)</summary>
internal static class BlockText
{
    private const int Few = 4;

    /// <summary>The public internet, the blocks, or <c>0.0.0.0/0 except 10.0.0.0/8</c>; when both are long, all the blocks.</summary>
    public static string Of(AddressSet addresses)
    {
        if (addresses.Equals(PublicSpace.Of(addresses.Family))) return addresses.Family == IpFamily.V4 ? "the public IPv4 internet" : "the public IPv6 internet";
        var blocks = addresses.ToCidrs();
        if (blocks.Length <= Few) return string.Join(", ", blocks);
        var around = Around(addresses);
        var holes = AddressSet.Of(around).Subtract(addresses).ToCidrs();
        return holes.Length < blocks.Length ? $"{around} except {string.Join(", ", holes)}" : string.Join(", ", blocks);
    }

    /// <summary>The smallest block that holds all of them.</summary>
    private static Cidr Around(AddressSet addresses)
    {
        var (first, last) = (addresses.Ranges[0].First, addresses.Ranges[^1].Last);
        return Cidr.Around(addresses.Family, first, last);
    }
}

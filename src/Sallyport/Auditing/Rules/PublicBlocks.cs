using Sallyport.Auditing.Parameters;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules;

/// <summary>What makes a block public, and wide.</summary>
internal static class PublicBlocks
{
    /// <summary>True when the block holds a public address; 10.0.0.0/7 does.</summary>
    public static bool IsPublic(Cidr block) => PublicSpace.Of(block.Family).Overlaps(RangeOf(block));

    /// <summary>True for a public block wider than <c>wide.v4</c> or <c>wide.v6</c> that lies in no trusted prefix.</summary>
    public static bool IsWide(AuditContext context, Cidr block) =>
        block.PrefixLength < context.Parameters.Get(block.Family == IpFamily.V4 ? AuditParameters.WideV4 : AuditParameters.WideV6)
        && IsPublic(block) && !LiesIn(block, context.TrustedPrefixes(block.Family));

    /// <summary>True for a public block that no single organisation is likely to own: wider than a /16, or a /32 of IPv6.</summary>
    public static bool IsVeryWide(Cidr block) => block.PrefixLength < (block.Family == IpFamily.V4 ? 16 : 32) && IsPublic(block);

    /// <summary>True when every address of the block is in the set.</summary>
    public static bool LiesIn(Cidr block, AddressSet set) => !set.IsEmpty && AddressSet.Of(block).IsSubsetOf(set);

    private static AddressRange RangeOf(Cidr block) => new(block.Bits, block.Last.Bits);
}

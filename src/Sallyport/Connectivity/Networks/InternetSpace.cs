using Sallyport.Packets;

namespace Sallyport.Connectivity.Networks;

/// <summary>
/// Addresses an internet gateway carries. Documentation blocks count: examples and test estates put the internet there, and no
/// VPC's private network does.
/// </summary>
internal static class InternetSpace
{
    private static readonly AddressSet V4 = With(IpFamily.V4);

    private static readonly AddressSet V6 = With(IpFamily.V6);

    /// <summary>The addresses of a family.</summary>
    public static AddressSet Of(IpFamily family) => family == IpFamily.V4 ? V4 : V6;

    /// <summary>True for an address an internet gateway carries.</summary>
    public static bool Contains(Address address) => Of(address.Family).Contains(address);

    private static AddressSet With(IpFamily family) => PublicSpace.Of(family).Union(AddressSet.Of(
        family,
        PublicSpace.SpecialPurpose.Where(b => b.Name.StartsWith("Documentation", StringComparison.Ordinal)).Select(b => b.Cidr)));
}

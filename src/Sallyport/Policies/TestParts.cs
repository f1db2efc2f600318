using Sallyport.Connectivity;
using Sallyport.Packets;

namespace Sallyport.Policies;

/// <summary>
/// Services of a test in parts that belong to the same families. ICMP does not exist on IPv6, nor ICMPv6 on IPv4: a rule that says
/// so matches nothing. Asked about one of them alone, the engine judges a dual-stack pair in that family.
/// </summary>
internal static class TestParts
{
    private static readonly ServiceSet Icmp = ServiceSet.Of(Service.Create(Protocol.Icmp, null, null));
    private static readonly ServiceSet IcmpV6 = ServiceSet.Of(Service.Create(Protocol.IcmpV6, null, null));

    public static IEnumerable<ServiceSet> Of(ServiceSet services) =>
        new[] { services.Subtract(Icmp).Subtract(IcmpV6), services.Intersect(Icmp), services.Intersect(IcmpV6) }.Where(s => !s.IsEmpty);

    /// <summary>The members of the family that a part exists in.</summary>
    public static EndpointSet Restrict(EndpointSet set, ServiceSet part) => FamilyOf(part) is not { } family ? set : set with
    {
        Places = [.. set.Places.Where(p => p.Family == family)],
        OutsideV4 = family == IpFamily.V4 ? set.OutsideV4 : AddressSet.Empty(IpFamily.V4),
        OutsideV6 = family == IpFamily.V6 ? set.OutsideV6 : AddressSet.Empty(IpFamily.V6),
    };

    private static IpFamily? FamilyOf(ServiceSet part) => part.IsSubsetOf(Icmp) ? IpFamily.V4 : part.IsSubsetOf(IcmpV6) ? IpFamily.V6 : null;

    /// <summary>Services that do not exist in a family.</summary>
    public static ServiceSet ForeignTo(IpFamily family) => family == IpFamily.V4 ? IcmpV6 : Icmp;
}

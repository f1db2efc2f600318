using Sallyport.Packets;

namespace Sallyport.Policies;

/// <summary>
/// Services of a test in parts that belong to the same families: asked about ICMP alone, the engine judges a dual-stack pair on
/// IPv4, and about ICMPv6 alone on IPv6.
/// </summary>
internal static class TestParts
{
    private static readonly ServiceSet Icmp = ServiceSet.Of(Service.Create(Protocol.Icmp, null, null));
    private static readonly ServiceSet IcmpV6 = ServiceSet.Of(Service.Create(Protocol.IcmpV6, null, null));

    public static IEnumerable<ServiceSet> Of(ServiceSet services) =>
        new[] { services.Subtract(Icmp).Subtract(IcmpV6), services.Intersect(Icmp), services.Intersect(IcmpV6) }.Where(s => !s.IsEmpty);
}

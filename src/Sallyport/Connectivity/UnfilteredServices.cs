using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity;

/// <summary>
/// Services that neither groups nor network ACLs can stop: the VPC's resolver, instance metadata, time sync and DHCP. Of those
/// addresses nothing else is served, so every other service to them is judged like any other.
/// (reference: ec2-semantics §6.1)
/// </summary>
public static class UnfilteredServices
{
    private static readonly ServiceSet Dns = ServiceSet.Of([Service.Tcp(53), Service.Udp(53)]);
    private static readonly ServiceSet Http = ServiceSet.Of(Service.Tcp(80));
    private static readonly ServiceSet Ntp = ServiceSet.Of(Service.Udp(123));

    private static readonly Dictionary<Address, ServiceSet> Everywhere = new()
    {
        [Address.Parse("169.254.169.253")] = Dns,
        [Address.Parse("fd00:ec2::253")] = Dns,
        [Address.Parse("169.254.169.254")] = Http,
        [Address.Parse("fd00:ec2::254")] = Http,
        [Address.Parse("169.254.169.123")] = Ntp,
        [Address.Parse("fd00:ec2::123")] = Ntp,
        [Address.Parse("255.255.255.255")] = ServiceSet.Of(Service.Udp(67, 68)),
    };

    /// <summary>Services to an address that nothing filters.</summary>
    /// <param name="to">Where the packet goes.</param>
    /// <param name="vpc">The sender's VPC, for its resolver; null when unknown.</param>
    public static ServiceSet To(Address to, Vpc? vpc)
    {
        if (Everywhere.TryGetValue(to, out var services)) return services;
        return vpc is not null && IsResolver(to, vpc) ? Dns : ServiceSet.Empty;
    }

    /// <summary>Every address of a family with such a service, seen from a VPC.</summary>
    public static IEnumerable<Address> AddressesOf(IpFamily family, Vpc? vpc)
    {
        foreach (var address in Everywhere.Keys)
        {
            if (address.Family == family) yield return address;
        }

        if (vpc is null || family != IpFamily.V4) yield break;
        foreach (var block in vpc.Cidrs)
        {
            if (block.Family == IpFamily.V4) yield return ResolverOf(block);
        }
    }

    // The resolver answers in the primary block. Which one that is no source tells, but EC2 keeps base + 2 free in every block,
    // so no interface is taken for a resolver.
    private static bool IsResolver(Address to, Vpc vpc)
    {
        foreach (var block in vpc.Cidrs)
        {
            if (block.Family == IpFamily.V4 && to == ResolverOf(block)) return true;
        }

        return false;
    }

    private static Address ResolverOf(Cidr block) => new(IpFamily.V4, block.Bits + 2);
}

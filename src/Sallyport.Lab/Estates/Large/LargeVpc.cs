using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Lab.Estates.Large;

/// <summary>One VPC's place in the estate.</summary>
/// <param name="Number">From 0.</param>
/// <param name="Scope">Account and Region.</param>
/// <param name="FirstGroup">Number of its default group; the others follow.</param>
/// <param name="GroupCount">At least 1.</param>
/// <param name="FirstInterface">Number of its first interface.</param>
/// <param name="InterfaceCount">May be 0.</param>
/// <param name="Ids">Ids of the estate.</param>
internal sealed record LargeVpc(int Number, Scope Scope, int FirstGroup, int GroupCount, int FirstInterface, int InterfaceCount, LargeIds Ids)
{
    /// <summary>Subnets of every VPC.</summary>
    public const int SubnetCount = 16;

    public VpcId Id { get; } = new(Ids.Of("vpc", Number));

    /// <summary>Every second VPC has IPv6.</summary>
    public bool HasIpv6 => Number % 2 == 0;

    public Cidr Cidr { get; } = Cidr.Parse($"10.{Number % 250}.0.0/16");

    /// <summary>Meaningful only when <see cref="HasIpv6"/>.</summary>
    public Cidr CidrV6 { get; } = Cidr.Parse($"2001:db8:{Number:x}::/56");

    /// <summary>The peering that joins VPCs 0 and 1, 2 and 3, and so on.</summary>
    public PeeringId Peering { get; } = new(Ids.Of("pcx", Number / 2));

    public ImmutableArray<Cidr> Cidrs => HasIpv6 ? [Cidr, CidrV6] : [Cidr];

    public Cidr SubnetCidr(int subnet) => Cidr.Containing(new Address(IpFamily.V4, Cidr.Bits + ((uint)subnet << 12)), 20);

    public Cidr SubnetCidrV6(int subnet) => Cidr.Containing(new Address(IpFamily.V6, CidrV6.Bits + ((AddressNumber)subnet << 64)), 64);

    public SubnetId SubnetId(int subnet) => new(Ids.Of("subnet", (Number * SubnetCount) + subnet));
}

using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Lab.Estates.Drafting;

/// <summary>A subnet that hands out its addresses in order, from the tenth on; EC2 keeps the first four and the last.</summary>
internal sealed class SubnetDraft(VpcDraft vpc, Subnet subnet)
{
    private AddressNumber _nextV4 = 10;
    private AddressNumber _nextV6 = 16;

    public VpcDraft Vpc { get; } = vpc;

    public Subnet Subnet { get; } = subnet;

    public SubnetId Id => Subnet.Id;

    public bool HasIpv6 => Subnet.Cidrs.Any(c => c.Family == IpFamily.V6);

    public Address TakeV4() => Take(IpFamily.V4, ref _nextV4);

    public Address TakeV6() => Take(IpFamily.V6, ref _nextV6);

    private Address Take(IpFamily family, ref AddressNumber next)
    {
        var block = Subnet.Cidrs.First(c => c.Family == family);
        return new Address(family, block.Bits + next++);
    }
}

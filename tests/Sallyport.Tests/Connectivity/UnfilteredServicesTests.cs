using Sallyport.Connectivity;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Tests.Connectivity;

public sealed class UnfilteredServicesTests
{
    private static readonly Vpc Vpc = new(new VpcId("vpc-0000000a"), new Scope("111122223333", "eu-west-1"))
    {
        Cidrs = [Cidr.Parse("10.1.0.0/16"), Cidr.Parse("100.64.0.0/20"), Cidr.Parse("2001:db8:a::/56")],
    };

    [Theory]
    [InlineData("10.1.0.2", "tcp/53, udp/53")]
    [InlineData("100.64.0.2", "tcp/53, udp/53")]
    [InlineData("169.254.169.253", "tcp/53, udp/53")]
    [InlineData("fd00:ec2::253", "tcp/53, udp/53")]
    [InlineData("169.254.169.254", "tcp/80")]
    [InlineData("fd00:ec2::254", "tcp/80")]
    [InlineData("169.254.169.123", "udp/123")]
    [InlineData("fd00:ec2::123", "udp/123")]
    [InlineData("255.255.255.255", "udp/67-68")]
    public void What_nothing_filters_is_named_by_its_address(string address, string services) =>
        Assert.Equal(services, UnfilteredServices.To(Address.Parse(address), Vpc).ToString());

    [Theory]
    [InlineData("10.1.0.1")]
    [InlineData("10.1.0.3")]
    [InlineData("10.2.0.2")]
    [InlineData("2001:db8:a::2")]
    [InlineData("169.254.169.252")]
    [InlineData("255.255.255.254")]
    public void Addresses_beside_them_are_filtered(string address) =>
        Assert.Equal(ServiceSet.Empty, UnfilteredServices.To(Address.Parse(address), Vpc));

    [Fact]
    public void Without_a_vpc_no_resolver_is_known() =>
        Assert.Equal(ServiceSet.Empty, UnfilteredServices.To(Address.Parse("10.1.0.2"), vpc: null));

    [Fact]
    public void Every_listed_address_has_such_a_service()
    {
        var listed = new[] { IpFamily.V4, IpFamily.V6 }.SelectMany(f => UnfilteredServices.AddressesOf(f, Vpc)).ToList();
        Assert.Equal(9, listed.Count);
        Assert.All(listed, a => Assert.NotEqual(ServiceSet.Empty, UnfilteredServices.To(a, Vpc)));
    }
}

using Sallyport.Packets;

namespace Sallyport.Tests.Connectivity.Networks;

public sealed class UnfilteredPathTests
{
    [Theory]
    [InlineData("10.1.0.2", "udp/53")]
    [InlineData("169.254.169.254", "tcp/80")]
    [InlineData("169.254.169.123", "udp/123")]
    [InlineData("169.254.169.253", "tcp/53")]
    [InlineData("255.255.255.255", "udp/67")]
    public void Acls_and_routes_do_not_stop_the_vpcs_own_services(string address, string service)
    {
        var path = new NetworkDraft().Acl("a1").Judge("a1", address);
        path.Passes(service);
        Assert.False(path.Route.Possible.Contains(Service.Tcp(22)));
    }

    [Fact]
    public void Another_vpcs_resolver_is_an_address_like_any_other()
    {
        var path = new NetworkDraft().Judge("a1", "10.2.0.2");
        path.HasNoRoute("rtb-a1", "no route to 10.2.0.2");
    }

    [Fact]
    public void They_are_there_for_interfaces_only() =>
        Assert.True(new NetworkDraft().Judge("198.51.100.7", "169.254.169.254").Route.Allowed.IsEmpty);
}

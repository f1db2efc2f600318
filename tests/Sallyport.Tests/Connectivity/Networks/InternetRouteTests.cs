using Sallyport.Connectivity;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Tests.Connectivity.Networks;

public sealed class InternetRouteTests
{
    private const string Outside = "198.51.100.7";
    private const string Outside6 = "2001:db8:ffff::7";

    private static NetworkDraft Public() => new NetworkDraft().Internet("a1").Public("a1", "203.0.113.5");

    [Fact]
    public void A_public_interface_reaches_the_internet_under_its_public_address()
    {
        var path = Public().Judge("a1", Outside);
        path.Passes();
        path.Passes("proto/47");
        Assert.Equal("203.0.113.5", path.SourceSeenAs.ToString());
        path.Notes(Layer.Route, NetworkDraft.InternetGateway, "shows 203.0.113.5 in place of 10.1.1.5", isGap: false);
    }

    [Fact]
    public void The_internet_reaches_a_public_interface() => Public().Judge(Outside, "a1").IsClear();

    [Theory]
    [InlineData("a1", Outside)]
    [InlineData(Outside, "a1")]
    public void Without_a_public_address_there_is_no_way(string from, string to) =>
        new NetworkDraft().Internet("a1").Judge(from, to)
            .HasNoRoute(NetworkDraft.InternetGateway, "which has no public address for 10.1.1.5");

    [Fact]
    public void The_public_address_belongs_to_one_private_address_only()
    {
        var draft = Public().Change("a1", n => n with { Addresses = [.. n.Addresses, Address.Parse("10.1.1.55")] });
        var second = Endpoint.Of(draft.Interface("a1"), Address.Parse("10.1.1.55"));
        new Sallyport.Connectivity.Networks.NetworkLayers(draft.Build()).Judge(Endpoint.Outside(Address.Parse(Outside)), second)
            .HasNoRoute(NetworkDraft.InternetGateway, "no public address for 10.1.1.55");
    }

    [Theory]
    [InlineData("a1", Outside)]
    [InlineData(Outside, "a1")]
    public void Without_a_route_to_the_gateway_a_public_address_is_idle(string from, string to) =>
        new NetworkDraft().Internet().Public("a1", "203.0.113.5").Judge(from, to).HasNoRoute("rtb-a1", "rtb-a1 has no route to 198.51.100.7");

    [Theory]
    [InlineData("a1", Outside)]
    [InlineData(Outside, "a1")]
    public void A_gateway_of_another_vpc_carries_nothing(string from, string to) =>
        new NetworkDraft().Public("a1", "203.0.113.5").Route("a1", "0.0.0.0/0 igw-b").Gateway("igw-b", GatewayKind.Internet, NetworkDraft.B)
            .Judge(from, to).HasNoRoute("igw-b", "igw-b is not attached to vpc-0000000a.");

    [Theory]
    [InlineData("a1", Outside)]
    [InlineData(Outside, "a1")]
    public void A_gateway_that_was_not_read_is_taken_at_the_routes_word(string from, string to) =>
        new NetworkDraft().Public("a1", "203.0.113.5").Route("a1", "0.0.0.0/0 igw-unread").Judge(from, to).Passes();

    [Fact]
    public void The_route_back_decides_for_the_source_that_asks()
    {
        var draft = new NetworkDraft().Internet().Public("a1", "203.0.113.5").Route("a1", $"198.51.100.0/24 {NetworkDraft.InternetGateway}");
        draft.Judge(Outside, "a1").Passes();
        draft.Judge("198.51.101.7", "a1").HasNoRoute("rtb-a1", "no route to 198.51.101.7");
    }

    [Fact]
    public void A_private_source_is_not_on_the_internet()
    {
        Public().Judge("10.77.0.1", "a1").HasNoRoute(NetworkDraft.InternetGateway, "10.77.0.1 is not an address of the internet");
        Public().Judge("a1", "10.77.0.1").HasNoRoute(NetworkDraft.InternetGateway, "10.77.0.1 is not an address of the internet");
        Public().Judge("100.64.0.1", "a1").HasNoRoute(NetworkDraft.InternetGateway, "not an address of the internet");
    }

    [Fact]
    public void An_interface_of_another_vpc_is_not_reached_over_the_internet_at_its_private_address() =>
        Public().Judge("a1", "b1").HasNoRoute(NetworkDraft.InternetGateway, "10.2.1.5 is not an address of the internet");

    [Fact]
    public void Ipv6_needs_no_translation()
    {
        var draft = new NetworkDraft().Internet("a1");
        draft.Judge("a1", Outside6, IpFamily.V6).IsClear();
        draft.Judge(Outside6, "a1", IpFamily.V6).IsClear();
    }

    [Fact]
    public void A_unique_local_address_stays_inside()
    {
        var draft = new NetworkDraft().Internet("a1").Nic("a1", "a1", "fd00::5");
        draft.Judge("a1", Outside6, IpFamily.V6).HasNoRoute(NetworkDraft.InternetGateway, "no public address for fd00::5");
        draft.Judge(Outside6, "a1", IpFamily.V6).HasNoRoute(NetworkDraft.InternetGateway, "no public address for fd00::5");
    }

    [Fact]
    public void An_egress_only_gateway_lets_ipv6_out_and_nothing_in()
    {
        var draft = new NetworkDraft().Gateway("eigw-a", GatewayKind.EgressOnlyInternet, NetworkDraft.A).Route("a1", "::/0 eigw-a", "0.0.0.0/0 eigw-a").Public("a1", "203.0.113.5");
        draft.Judge("a1", Outside6, IpFamily.V6).Passes();
        draft.Judge(Outside6, "a1", IpFamily.V6).HasNoRoute("eigw-a", "lets no connection in");
        draft.Judge("a1", Outside).HasNoRoute("eigw-a", "IPv6 only");
    }

    [Fact]
    public void Ipv6_goes_from_vpc_to_vpc_over_the_internet()
    {
        var draft = new NetworkDraft().Internet("a1").Gateway("igw-b", GatewayKind.Internet, NetworkDraft.B).Route("b1", "::/0 igw-b");
        var path = draft.Judge("a1", "b1", IpFamily.V6);
        path.Passes();
        Assert.False(path.ReferencesApply);
        Assert.Null(path.SourceSeenAs);
        draft.Acl("b1", "egress 100 allow any ::/0").Judge("a1", "b1", IpFamily.V6).IsStoppedBy("acl-b1", "tcp/443", "from 2001:db8:a:1::5");
        new NetworkDraft().Internet("a1").Judge("a1", "b1", IpFamily.V6).HasNoRoute("rtb-b1", "no route");
    }

    [Fact]
    public void Acls_see_the_private_address_and_the_far_end()
    {
        Public().Acl("a1", "egress 100 allow any 0.0.0.0/0", "ingress 1 deny tcp/443 198.51.100.0/24", "ingress 100 allow any 0.0.0.0/0")
            .Judge(Outside, "a1").IsStoppedBy("acl-a1", "tcp/443", "stops packets from 198.51.100.7");
        Public().Acl("a1", "egress 1 deny tcp/1024-65535 198.51.100.0/24", "egress 100 allow any 0.0.0.0/0", "ingress 100 allow any 0.0.0.0/0")
            .Judge(Outside, "a1").IsStoppedBy("acl-a1", "tcp/443", "stops the answer to 198.51.100.7");
        Public().Acl("a1", "egress 100 allow any 0.0.0.0/0", "ingress 1 deny tcp/1024-65535 198.51.100.0/24", "ingress 100 allow any 0.0.0.0/0")
            .Judge("a1", Outside).IsStoppedBy("acl-a1", "tcp/443", "stops the answer from 198.51.100.7");
    }

    [Fact]
    public void What_an_edge_table_leads_to_an_appliance_is_not_known()
    {
        static NetworkDraft With(string route) => Public().Add(b => b.Add(new RouteTable("rtb-edge", NetworkDraft.Scope, NetworkDraft.A)
        {
            Gateways = [NetworkDraft.InternetGateway],
            Routes = NetworkDraft.TransitRoutes(route),
        }));
        var path = With("10.1.1.0/24 vpce-fw").Judge(Outside, "a1");
        path.HasUnknownRoute("vpce-fw", "which decides by itself");
        Assert.False(path.ReferencesApply);
        With("10.1.2.0/24 vpce-fw").Judge(Outside, "a1").IsClear();
        With("10.1.1.0/24 vpce-fw").Judge("a1", Outside).HasUnknownRoute("vpce-fw", "which decides by itself");
    }

    [Theory]
    [InlineData("vgw-1")]
    [InlineData("lgw-1")]
    [InlineData("cagw-1")]
    [InlineData("arn:aws:networkmanager::111122223333:core-network/core-network-1")]
    public void The_far_side_of_other_gateways_is_not_known(string gateway)
    {
        var draft = new NetworkDraft().Route("a1", $"10.77.0.0/16 {gateway}");
        draft.Judge("a1", "10.77.0.1").HasUnknownRoute(gateway, $"The far side of {gateway} was not read.");
        draft.Judge("10.77.0.1", "a1").HasUnknownRoute(gateway, $"The far side of {gateway} was not read.");
        draft.Judge("10.78.0.1", "a1").HasNoRoute("rtb-a1", "no route to 10.78.0.1");
    }

    [Fact]
    public void What_an_acl_stops_is_certain_even_where_the_route_is_not()
    {
        var draft = new NetworkDraft().Route("a1", "10.77.0.0/16 vgw-1").Acl("a1");
        draft.Judge("a1", "10.77.0.1").IsStoppedBy("acl-a1", "tcp/443", "to 10.77.0.1");
        draft.Judge("10.77.0.1", "a1").IsStoppedBy("acl-a1", "tcp/443", "from 10.77.0.1");
    }
}

using Sallyport.Estates;

namespace Sallyport.Tests.Connectivity.Networks;

public sealed class ServiceEndpointTests
{
    private const string Service = "52.95.128.7";
    private const string Elsewhere = "52.96.0.7";

    private static NetworkDraft WithEndpoint(string state = "available", string kind = "Gateway") => new NetworkDraft().Route("a1", "pl-s3 vpce-s3")
        .Add(b => b.Add(new VpcEndpoint("vpce-s3", NetworkDraft.Scope, NetworkDraft.A) { Kind = kind, State = state, RouteTables = ["rtb-a1"] }));

    [Fact]
    public void A_gateway_endpoint_reaches_the_services_addresses_and_no_others()
    {
        var draft = WithEndpoint().List("pl-s3", "52.95.128.0/21");
        draft.Judge("a1", Service).IsClear();
        draft.Judge("a1", Elsewhere).HasNoRoute("rtb-a1", "no route to 52.96.0.7");
        draft.Judge("a2", Service).HasNoRoute("rtb-a2", "no route");
        draft.Judge(Service, "a1").HasNoRoute("vpce-s3", "where no connection comes in");
    }

    [Fact]
    public void The_subnets_acl_is_crossed() =>
        WithEndpoint().List("pl-s3", "52.95.128.0/21").Acl("a1", "egress 100 allow any 0.0.0.0/0").Judge("a1", Service)
            .IsStoppedBy("acl-a1", "tcp/443", "stops the answer from 52.95.128.7");

    [Fact]
    public void One_that_is_not_available_carries_nothing() =>
        WithEndpoint("deleting").List("pl-s3", "52.95.128.0/21").Judge("a1", Service).HasNoRoute("vpce-s3", "vpce-s3 is deleting.");

    [Fact]
    public void An_unread_list_makes_public_addresses_unknown_and_no_private_ones()
    {
        var draft = WithEndpoint();
        draft.Judge("a1", Service).HasUnknownRoute("pl-s3", "The entries of pl-s3 were not read: rtb-a1 may send 52.95.128.7 to vpce-s3.");
        draft.Judge("a1", "a2").IsClear();
        draft.Judge("a1", "b1").HasNoRoute("rtb-a1", "no route");
    }

    [Fact]
    public void What_passes_either_way_is_known_for_all_that()
    {
        var draft = WithEndpoint().Internet("a9").NatGateway("available", isPublic: true, "a1");
        var path = draft.Judge("a1", Service);
        Assert.Equal("tcp/0-65535, udp/0-65535, icmp", path.Route.Allowed.ToString());
        Assert.Equal(path.Route.Allowed.Complement(), path.Route.Unknown);
        Assert.True(path.Nacl.Allowed.IsAny);
        Assert.Null(path.SourceSeenAs);
        path = draft.Acl("a9").Judge("a1", Service);
        Assert.True(path.Nacl.Unknown.IsAny);
        draft.Acl("a1").Judge("a1", Service).IsStoppedBy("acl-a1", "tcp/443", "to 52.95.128.7");
    }

    [Fact]
    public void Who_opens_a_connection_from_outside_is_no_such_service() =>
        WithEndpoint().Internet("a1").Public("a1", "203.0.113.5").Judge("198.51.100.7", "a1").Passes();

    [Fact]
    public void An_unread_list_of_ones_own_may_take_over_anything() =>
        new NetworkDraft().Route("a1", "pl-own tgw-1").Judge("a1", "a2").HasUnknownRoute("pl-own", "rtb-a1 may send 10.1.2.5 to tgw-1");

    [Fact]
    public void A_list_that_was_read_routes_like_blocks() =>
        new NetworkDraft().Peer("active", "b1").List("pl-b", "10.2.1.0/24").Route("a1", $"pl-b {NetworkDraft.Peering}").Judge("a1", "b1").IsClear();

    [Fact]
    public void A_load_balancer_endpoint_is_an_appliance()
    {
        var path = new NetworkDraft().Route("a1", "10.1.2.0/24 vpce-fw").Judge("a1", "a2");
        path.HasUnknownRoute("vpce-fw", "rtb-a1 sends 10.1.2.5 through vpce-fw, which decides by itself what gets through.");
        Assert.False(path.ReferencesApply);
    }

    [Theory]
    [InlineData("10.1.2.0/24 eni-fw", "eni-fw")]
    [InlineData("10.1.2.0/24 i-fw eni-fw", "i-fw")]
    [InlineData("10.1.0.0/16 eni-fw", "eni-fw")]
    public void So_is_an_interface_or_instance_in_the_way(string route, string name)
    {
        var draft = new NetworkDraft().Route("a1", route);
        draft.Judge("a1", "a2").HasUnknownRoute(name, "which decides by itself");
        draft.Judge("a2", "a1").HasUnknownRoute(name, "which decides by itself");
        Assert.False(draft.Judge("a2", "a1").ReferencesApply);
    }

    [Fact]
    public void A_route_straight_to_the_targets_own_interface_is_none() =>
        new NetworkDraft().Route("a1", "10.1.2.5/32 eni-a2").Judge("a1", "a2").IsClear();

    [Fact]
    public void The_sources_own_acl_is_certain_in_front_of_an_appliance_in_another_subnet()
    {
        var draft = new NetworkDraft().Nic("fw", "a9", "10.1.9.7").Route("a1", "10.1.2.0/24 eni-fw").Acl("a1");
        draft.Judge("a1", "a2").IsStoppedBy("acl-a1", "tcp/443", "to 10.1.2.5");
        draft = new NetworkDraft().Nic("fw", "a1", "10.1.1.7").Route("a1", "10.1.2.0/24 eni-fw").Acl("a1");
        Assert.True(draft.Judge("a1", "a2").Nacl.Possible.Contains(Sallyport.Packets.Service.Tcp(443)));
    }

    [Fact]
    public void A_default_route_to_an_appliance_is_unknown_both_ways()
    {
        var draft = new NetworkDraft().Internet().Public("a1", "203.0.113.5").Route("a1", "0.0.0.0/0 vpce-fw");
        draft.Judge("a1", "198.51.100.7").HasUnknownRoute("vpce-fw", "which decides by itself");
        draft.Judge("198.51.100.7", "a1").HasUnknownRoute("vpce-fw", "which decides by itself");
    }
}

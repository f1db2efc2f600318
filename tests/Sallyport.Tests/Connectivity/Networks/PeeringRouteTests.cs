using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Tests.Connectivity.Networks;

public sealed class PeeringRouteTests
{
    [Theory]
    [InlineData(IpFamily.V4)]
    [InlineData(IpFamily.V6)]
    public void An_active_peering_with_routes_both_ways_joins_two_vpcs(IpFamily family)
    {
        var draft = new NetworkDraft().Peer("active", "a1", "b1");
        draft.Judge("a1", "b1", family).IsClear();
        draft.Judge("b1", "a1", family).IsClear();
    }

    [Fact]
    public void The_far_side_must_lead_back()
    {
        var draft = new NetworkDraft().Peer("active", "a1");
        draft.Judge("a1", "b1").HasNoRoute("rtb-b1", "rtb-b1 has no route to 10.1.1.5");
        draft.Judge("b1", "a1").HasNoRoute("rtb-b1", "rtb-b1 has no route to 10.1.1.5");
    }

    [Theory]
    [InlineData("pending-acceptance")]
    [InlineData("deleted")]
    public void One_that_is_not_active_carries_nothing(string status) =>
        new NetworkDraft().Peer(status, "a1", "b1").Judge("a1", "b1").HasNoRoute(NetworkDraft.Peering, $"{NetworkDraft.Peering} is {status}.");

    [Fact]
    public void It_is_not_transitive()
    {
        var c = new VpcId("vpc-0000000c");
        var draft = new NetworkDraft().Vpc(c, "10.3.0.0/16").Subnet("c1", c, "eu-west-1a", "10.3.1.0/24").Peer("active", "a1", "b1")
            .Route("a1", $"10.3.0.0/16 {NetworkDraft.Peering}", $"0.0.0.0/0 {NetworkDraft.Peering}").Route("b1", "10.3.0.0/16 pcx-bc").Route("c1", "10.0.0.0/8 pcx-bc")
            .Add(b => b.Add(new Peering(new PeeringId("pcx-bc"), new PeeringEnd(NetworkDraft.B, NetworkDraft.Scope), new PeeringEnd(c, NetworkDraft.Scope))));
        draft.Judge("a1", "c1").HasNoRoute(NetworkDraft.Peering, "carries packets to addresses of vpc-0000000b only");
        draft.Judge("b1", "c1").IsClear();
        draft.Judge("a1", "198.51.100.7").HasNoRoute(NetworkDraft.Peering, "carries packets to addresses of vpc-0000000b only");
    }

    [Fact]
    public void Both_borders_are_crossed()
    {
        var draft = new NetworkDraft().Peer("active", "a1", "b1").Acl("b1", "egress 100 allow any 0.0.0.0/0", "ingress 100 allow tcp/443 10.1.0.0/16");
        draft.Judge("a1", "b1").Passes("tcp/443");
        draft.Judge("a1", "b1").IsStoppedBy("acl-b1", "tcp/80", "acl-b1 of subnet-b1 stops packets from 10.1.1.5");
    }

    [Fact]
    public void A_far_vpc_that_was_not_read_is_unknown()
    {
        var draft = new NetworkDraft().Route("a1", "10.9.0.0/16 pcx-far")
            .Add(b => b.Add(new Peering(new PeeringId("pcx-far"), new PeeringEnd(NetworkDraft.A, NetworkDraft.Scope), new PeeringEnd(new VpcId("vpc-far"), NetworkDraft.Scope))));
        draft.Judge("a1", "10.9.0.1").HasUnknownRoute("vpc-far", "the far side of pcx-far, was not read");
        draft.Judge("10.9.0.1", "a1").HasUnknownRoute("vpc-far", "the far side of pcx-far, was not read");
        new NetworkDraft().Route("a1", "10.9.0.0/16 pcx-unread").Judge("a1", "10.9.0.1").HasUnknownRoute("pcx-unread", "pcx-unread was not read");
    }

    [Fact]
    public void An_address_that_nobody_holds_over_there_has_no_route()
    {
        var draft = new NetworkDraft().Peer("active", "a1", "b1");
        draft.Judge("a1", "10.2.77.7").HasNoRoute(NetworkDraft.Peering, "inside vpc-0000000b, where no interface holds it");
        draft.Gap(GapKind.NetworkInterfaces, NetworkDraft.Scope.ToString()).Judge("a1", "10.2.77.7").HasUnknownRoute("vpc-0000000b", "may hold 10.2.77.7");
    }

    [Fact]
    public void An_answer_that_goes_another_open_way_arrives_too() =>
        new NetworkDraft().Peer("active", "a1").TransitGateway(NetworkDraft.TransitRoutes("10.1.0.0/16 tgw-attach-a", "10.2.0.0/16 tgw-attach-b"), "b1")
            .Judge("a1", "b1").Passes();
}

using Sallyport.Connectivity;
using Sallyport.Estates;

namespace Sallyport.Tests.Connectivity.Networks;

public sealed class TransitGatewayRouteTests
{
    private const string AllIn = "ingress 100 allow any 0.0.0.0/0";
    private const string AllOut = "egress 100 allow any 0.0.0.0/0";

    private static NetworkDraft Joined(params string[] routes) =>
        new NetworkDraft().TransitGateway(NetworkDraft.TransitRoutes(routes), "a1", "b1");

    private static NetworkDraft Joined() => Joined("10.1.0.0/16 tgw-attach-a", "10.2.0.0/16 tgw-attach-b");

    [Fact]
    public void Two_attached_vpcs_reach_each_other()
    {
        Joined().Judge("a1", "b1").IsClear();
        Joined().Judge("b1", "a1").IsClear();
    }

    [Fact]
    public void The_gateways_table_decides_by_longest_prefix()
    {
        Joined("10.1.0.0/16 tgw-attach-a").Judge("a1", "b1").HasNoRoute("tgw-rtb-1", "tgw-rtb-1 has no route to 10.2.1.5");
        Joined("10.2.0.0/16 tgw-attach-b").Judge("a1", "b1").HasNoRoute("tgw-rtb-1", "tgw-rtb-1 has no route to 10.1.1.5");
        Joined("10.1.0.0/16 tgw-attach-a", "10.2.0.0/16 tgw-attach-b", "10.2.1.0/24 x blackhole").Judge("a1", "b1")
            .HasNoRoute("tgw-rtb-1", "The route of tgw-rtb-1 to 10.2.1.0/24 is a blackhole.");
        Joined("10.0.0.0/8 tgw-attach-a", "10.2.0.0/16 tgw-attach-b").Judge("a1", "b1").Passes();
    }

    [Fact]
    public void An_attachment_that_leads_to_no_vpc_that_was_read_is_unknown()
    {
        Joined("10.1.0.0/16 tgw-attach-a", "10.2.0.0/16 tgw-attach-vpn").Judge("a1", "b1").HasUnknownRoute("tgw-attach-vpn", "The far side of tgw-attach-vpn was not read.");
        Joined("0.0.0.0/0 tgw-attach-vpn").Route("a1", $"10.77.0.0/16 {NetworkDraft.Transit}").Judge("10.77.0.1", "a1")
            .HasUnknownRoute("tgw-attach-vpn", "was not read");
    }

    [Fact]
    public void Tables_and_attachments_that_were_not_read_are_unknown()
    {
        new NetworkDraft().TransitGateway(routes: null, "a1", "b1").Judge("a1", "b1").HasUnknownRoute("tgw-rtb-1", "The routes of tgw-rtb-1 were not read.");
        new NetworkDraft().Route("a1", "10.2.0.0/16 tgw-unread").Judge("a1", "b1").Notes(Layer.Route, "tgw-unread", "The attachment of vpc-0000000a to tgw-unread was not read.", isGap: true);
    }

    [Fact]
    public void An_attachment_without_a_table_is_told_apart_from_one_whose_table_was_not_read()
    {
        static NetworkDraft With(string[]? associations) => new NetworkDraft().Route("a1", $"10.2.0.0/16 {NetworkDraft.Transit}").Route("b1", $"10.1.0.0/16 {NetworkDraft.Transit}")
            .Add(b => b.Add(new TransitGatewayAttachment("tgw-attach-a", NetworkDraft.Scope, NetworkDraft.Transit, NetworkDraft.A) { Subnets = [new SubnetId("subnet-a9")] }))
            .Add(b => b.Add(new TransitGatewayAttachment("tgw-attach-b", NetworkDraft.Scope, NetworkDraft.Transit, NetworkDraft.B) { Subnets = [new SubnetId("subnet-b1")] }))
            .Add(b => b.Add(new TransitGatewayRouteTable("tgw-rtb-1", NetworkDraft.Scope, NetworkDraft.Transit)
            {
                Associations = associations is null ? null : [.. associations],
                Routes = NetworkDraft.TransitRoutes("10.1.0.0/16 tgw-attach-a", "10.2.0.0/16 tgw-attach-b"),
            }));
        With(["tgw-attach-a", "tgw-attach-b"]).Judge("a1", "b1").Passes();
        With(["tgw-attach-b"]).Judge("a1", "b1").HasNoRoute("tgw-attach-a", "associated with no route table");
        With(null).Judge("a1", "b1").HasUnknownRoute(NetworkDraft.Transit, "Which route table of tgw-00000001 routes tgw-attach-a was not read.");
        With(["tgw-attach-b"]).Gap(GapKind.TransitGateways, NetworkDraft.Transit).Judge("a1", "b1").HasUnknownRoute(NetworkDraft.Transit, "was not read");
    }

    [Theory]
    [InlineData("a9", AllOut, "ingress 1 deny tcp/443 10.1.1.5/32", AllIn, "acl-a9 of subnet-a9 stops packets from 10.1.1.5.")]
    [InlineData("a9", AllIn, "egress 1 deny tcp/1024-65535 10.1.1.5/32", AllOut, "acl-a9 of subnet-a9 stops the answer to 10.1.1.5.")]
    [InlineData("b1", AllOut, "ingress 1 deny tcp/443 10.1.1.5/32", AllIn, null)]
    public void The_attachments_own_subnet_is_crossed_unless_it_is_the_interfaces(string subnet, string first, string deny, string last, string? text)
    {
        var path = Joined().Acl(subnet, first, deny, last).Judge("a1", "b1");
        if (text is null) path.IsClear();
        else path.IsStoppedBy($"acl-{subnet}", "tcp/443", text);
    }

    [Fact]
    public void A_zone_without_the_attachments_subnet_takes_in_nothing() =>
        Joined().Route("a2", $"10.2.0.0/16 {NetworkDraft.Transit}").Judge("a2", "b1").HasNoRoute("tgw-attach-a", "tgw-attach-a has no subnet in eu-west-1b");

    [Fact]
    public void An_attachment_that_is_not_available_carries_nothing() =>
        Joined().Add(b => b.Add(new TransitGatewayAttachment("tgw-attach-b", NetworkDraft.Scope, NetworkDraft.Transit, NetworkDraft.B) { State = "pendingAcceptance", Subnets = [new SubnetId("subnet-b1")] }))
            .Judge("a1", "b1").HasNoRoute("tgw-attach-b", "tgw-attach-b is pendingAcceptance.");

    [Fact]
    public void When_the_attachments_subnets_were_not_read_all_must_agree()
    {
        // The general view of attachments names no subnets.
        var draft = new NetworkDraft().Route("a1", $"10.2.0.0/16 {NetworkDraft.Transit}").Route("b1", $"10.1.0.0/16 {NetworkDraft.Transit}")
            .Add(b => b.Add(new TransitGatewayAttachment("tgw-attach-a", NetworkDraft.Scope, NetworkDraft.Transit, NetworkDraft.A)))
            .Add(b => b.Add(new TransitGatewayAttachment("tgw-attach-b", NetworkDraft.Scope, NetworkDraft.Transit, NetworkDraft.B)))
            .Add(b => b.Add(new TransitGatewayRouteTable("tgw-rtb-1", NetworkDraft.Scope, NetworkDraft.Transit)
            {
                Associations = ["tgw-attach-a", "tgw-attach-b"],
                Routes = NetworkDraft.TransitRoutes("10.1.0.0/16 tgw-attach-a", "10.2.0.0/16 tgw-attach-b"),
            }));
        draft.Judge("a1", "b1").Passes();
        var path = draft.Acl("a2").Judge("a1", "b1");
        Assert.True(path.Nacl.Unknown.IsAny);
        path.Notes(Layer.Nacl, "", "differ", isGap: true);
    }

    [Fact]
    public void A_central_vpc_leads_others_out_through_its_nat_gateway()
    {
        var draft = new NetworkDraft().Internet("a1").NatGateway("available", isPublic: true)
            .ChangeTable("a9", t => t).Route("a9", $"0.0.0.0/0 {NetworkDraft.InternetGateway}", $"10.2.0.0/16 {NetworkDraft.Transit}")
            .Subnet("a7", NetworkDraft.A, "eu-west-1a", "10.1.7.0/24").Route("a7", $"0.0.0.0/0 {NetworkDraft.Nat}")
            .Route("b1", $"0.0.0.0/0 {NetworkDraft.Transit}")
            .Add(b => b.Add(new TransitGatewayAttachment("tgw-attach-a", NetworkDraft.Scope, NetworkDraft.Transit, NetworkDraft.A) { Subnets = [new SubnetId("subnet-a7")] }))
            .Add(b => b.Add(new TransitGatewayAttachment("tgw-attach-b", NetworkDraft.Scope, NetworkDraft.Transit, NetworkDraft.B) { Subnets = [new SubnetId("subnet-b1")] }))
            .Add(b => b.Add(new TransitGatewayRouteTable("tgw-rtb-1", NetworkDraft.Scope, NetworkDraft.Transit)
            {
                Associations = ["tgw-attach-a", "tgw-attach-b"],
                Routes = NetworkDraft.TransitRoutes("0.0.0.0/0 tgw-attach-a", "10.2.0.0/16 tgw-attach-b"),
            }));
        var path = draft.Judge("b1", "198.51.100.7");
        path.Passes();
        Assert.Equal("203.0.113.99", path.SourceSeenAs.ToString());
        draft.Acl("a9", AllOut, "ingress 1 deny any 10.2.0.0/16", AllIn).Judge("b1", "198.51.100.7").IsStoppedBy("acl-a9", "tcp/443", "stops packets from 10.2.1.5");
    }
}

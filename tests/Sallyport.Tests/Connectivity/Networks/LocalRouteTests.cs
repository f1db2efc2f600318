using Sallyport.Connectivity;
using Sallyport.Connectivity.Networks;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Tests.Connectivity.Networks;

public sealed class LocalRouteTests
{
    [Theory]
    [InlineData(IpFamily.V4)]
    [InlineData(IpFamily.V6)]
    public void A_vpc_is_local_to_itself_even_when_the_table_does_not_say_so(IpFamily family) =>
        new NetworkDraft().Judge("a1", "a2", family).IsClear();

    [Fact]
    public void Two_vpcs_without_a_way_have_no_route() =>
        new NetworkDraft().Judge("a1", "b1").HasNoRoute("rtb-a1", "rtb-a1 has no route to 10.2.1.5.");

    [Fact]
    public void The_way_back_is_told_as_well_when_both_are_missing() =>
        new NetworkDraft().Judge("a1", "b1").HasNoRoute("rtb-b1", "rtb-b1 has no route to 10.1.1.5.");

    [Fact]
    public void Both_ends_acls_are_told_where_no_route_leads()
    {
        var path = new NetworkDraft().Acl("b1").Judge("a1", "b1");
        path.HasNoRoute("rtb-a1", "no route");
        path.IsStoppedBy("acl-b1", "tcp/443", "stops packets from 10.1.1.5");
    }

    [Fact]
    public void An_address_of_the_vpc_that_no_interface_holds_has_no_route() =>
        new NetworkDraft().Judge("a1", "10.1.77.7").HasNoRoute("rtb-a1", "rtb-a1 keeps 10.1.77.7 inside vpc-0000000a, where no interface holds it.");

    [Fact]
    public void It_may_have_one_when_interfaces_were_not_read() =>
        new NetworkDraft().Gap(GapKind.NetworkInterfaces, NetworkDraft.Scope.ToString()).Judge("a1", "10.1.77.7")
            .HasUnknownRoute("vpc-0000000a", "one of them may hold 10.1.77.7");

    [Fact]
    public void Nobody_sends_from_an_address_of_the_vpc_that_no_interface_holds()
    {
        new NetworkDraft().Judge("10.1.77.7", "a1").HasNoRoute("rtb-a1", "no interface holds it");
        new NetworkDraft().Gap(GapKind.NetworkInterfaces).Judge("10.1.77.7", "a1").HasUnknownRoute("vpc-0000000a", "may hold 10.1.77.7");
    }

    [Fact]
    public void Overlapping_vpcs_are_told_apart()
    {
        var draft = new NetworkDraft().Vpc(new VpcId("vpc-0000000c"), "10.1.0.0/16").Subnet("c1", new VpcId("vpc-0000000c"), "eu-west-1a", "10.1.1.0/24");
        draft.Judge("a2", "c1").HasNoRoute("rtb-a2", "keeps 10.1.1.5 inside vpc-0000000a");
        draft.Judge("a2", "a1").IsClear();
    }

    [Fact]
    public void A_delegated_prefix_is_held()
    {
        var draft = new NetworkDraft().Change("a2", n => n with { Prefixes = [Cidr.Parse("10.1.2.16/28")] });
        var to = Endpoint.Of(draft.Interface("a2"), Address.Parse("10.1.2.20"));
        new NetworkLayers(draft.Build()).Judge(draft.End("a1"), to).IsClear();
    }

    [Fact]
    public void A_missing_table_is_no_missing_route()
    {
        new NetworkDraft().Without(GapKind.RouteTables).Judge("a1", "a2").HasUnknownRoute("subnet-a1", "The route table of subnet-a1 was not read.");
        new NetworkDraft().ChangeTable("a2", _ => null).Judge("a1", "a2").HasUnknownRoute("subnet-a2", "The route table of subnet-a2 was not read.");
    }

    [Fact]
    public void Inside_one_subnet_no_table_is_asked() =>
        new NetworkDraft().Nic("other", "a1", "10.1.1.6").Without(GapKind.RouteTables).Judge("a1", "other").IsClear();

    [Fact]
    public void A_subnet_without_a_table_of_its_own_has_the_main_one()
    {
        var draft = new NetworkDraft().ChangeTable("a1", _ => null).ChangeTable("a2", t => t with { IsMain = true });
        draft.Judge("a1", "a2").IsClear();
        draft.Judge("a1", "b1").HasNoRoute("rtb-a2", "rtb-a2 has no route to 10.2.1.5");
    }

    [Fact]
    public void The_main_table_is_a_guess_when_tables_are_missing() =>
        new NetworkDraft().ChangeTable("a1", _ => null).ChangeTable("a2", t => t with { IsMain = true }).Gap(GapKind.RouteTables, NetworkDraft.Scope.ToString())
            .Judge("a1", "a2").HasUnknownRoute("subnet-a1", "The route table of subnet-a1 was not read.");

    [Fact]
    public void A_table_with_a_route_that_was_not_understood_tells_nothing() =>
        new NetworkDraft().Gap(GapKind.RouteTables, "rtb-a1").Judge("a1", "a2").HasUnknownRoute("rtb-a1", "rtb-a1 was not wholly read.");

    [Fact]
    public void The_longest_prefix_wins_and_a_blackhole_drops()
    {
        var draft = new NetworkDraft().Internet("a1").Public("a1", "203.0.113.5").Route("a1", "198.51.100.0/24 pcx-gone blackhole");
        draft.Judge("a1", "198.51.100.7").HasNoRoute("rtb-a1", "The route of rtb-a1 to 198.51.100.0/24 is a blackhole.");
        draft.Judge("a1", "198.51.101.7").Passes();
    }

    [Fact]
    public void A_vpn_cannot_take_over_a_part_of_the_vpc() =>
        new NetworkDraft().Route("a1", "10.1.2.0/24 vgw-1").Judge("a1", "a2").IsClear();

    [Fact]
    public void A_static_route_wins_over_a_propagated_one_of_the_same_block() =>
        new NetworkDraft().Route("a1", "198.51.100.0/24 vgw-1").Internet().Public("a1", "203.0.113.5").Route("a1", $"198.51.100.0/24 {NetworkDraft.InternetGateway}")
            .Judge("a1", "198.51.100.7").Passes();

    [Fact]
    public void An_interface_reaches_itself() => new NetworkDraft().Acl("a1").Judge("a1", "a1").IsClear();

    [Fact]
    public void A_switched_off_check_is_a_note_only()
    {
        var path = new NetworkDraft().Change("a1", n => n with { SourceDestCheck = false }).Judge("a1", "a2");
        path.IsClear();
        path.Notes(Layer.Route, "eni-a1", "may send from any address", isGap: false);
    }

    [Fact]
    public void An_interface_whose_subnet_was_not_read_is_placed_by_its_address()
    {
        new NetworkDraft().Change("a2", n => n with { Subnet = null }).Acl("a2").Judge("a1", "a2").IsStoppedBy("acl-a2", "tcp/443", "subnet-a2");
        var path = new NetworkDraft().Change("a2", n => n with { Subnet = null, Addresses = [Address.Parse("10.1.200.5")] }).Judge("a1", "a2");
        path.HasUnknownRoute("eni-a2", "The subnet of eni-a2 was not read.");
        Assert.True(path.Nacl.Unknown.IsAny);
    }

    [Fact]
    public void Between_two_addresses_outside_nothing_is_known() =>
        new NetworkDraft().Judge("8.8.8.8", "1.1.1.1").HasUnknownRoute("", "Neither 8.8.8.8 nor 1.1.1.1");

    [Fact]
    public void The_two_families_never_meet()
    {
        var draft = new NetworkDraft();
        var path = new NetworkLayers(draft.Build()).Judge(draft.End("a1"), draft.End("a2", IpFamily.V6));
        path.HasNoRoute("", "two families");
    }
}

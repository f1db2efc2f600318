using Sallyport.Anomalies;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Tests.Auditing;

namespace Sallyport.Tests.Anomalies;

public sealed class IrrelevantRuleTests
{
    private static readonly AnomalyOptions Alone = new() { Kinds = [AnomalyKind.Irrelevant] };
    private static readonly VpcId Home = new("vpc-a");

    [Theory]
    [InlineData("10.0.0.0/8", false)] // holds the VPC
    [InlineData("10.1.255.255/32", false)]
    [InlineData("10.0.255.255/32", true)]
    [InlineData("10.2.0.0/32", true)]
    [InlineData("100.64.0.0/10", true)]
    [InlineData("100.0.0.0/8", false)] // part of it is public
    [InlineData("192.168.255.255/32", true)]
    [InlineData("192.169.0.0/32", false)]
    [InlineData("fd00::/8", true)]
    [InlineData("2001:db8::/32", false)]
    [InlineData("0.0.0.0/0", false)]
    public void Only_a_private_block_outside_every_route_is_irrelevant(string block, bool fires) => Assert.Equal(
        fires, Judge(block, Route("10.1.0.0/16", "local"), Route("0.0.0.0/0", "igw-1"), Route("::/0", "eigw-1")) == "IRR");

    [Theory]
    [InlineData("tgw-1", false)]
    [InlineData("vgw-1", false)]
    [InlineData("eni-9", false)]
    [InlineData("vpce-1", false)]
    [InlineData("igw-1", true)]
    [InlineData("eigw-1", true)]
    public void What_a_route_leads_to_decides(string target, bool fires)
    {
        Assert.Equal(fires ? "IRR" : null, Judge("172.16.1.0/24", Route("0.0.0.0/0", target)));
        Assert.Equal("IRR", Judge("172.16.1.0/24", Route("0.0.0.0/0", target) with { IsBlackhole = true }));
        Assert.Equal("IRR", Judge("172.16.1.0/24", Route("172.17.0.0/16", target)));
    }

    [Theory]
    [InlineData("active", "10.3.0.0/16", "10.3.7.0/24", null)]
    [InlineData("active", "10.3.0.0/16", "10.4.0.0/24", "IRR")] // the peering is not transitive
    [InlineData("deleted", "10.3.0.0/16", "10.3.7.0/24", "IRR")]
    [InlineData("active", "", "10.4.0.0/24", null)] // nobody knows the far VPC's blocks: the route decides
    public void A_peering_leads_to_the_far_VPC_only(string status, string far, string block, string? expected) => Assert.Equal(expected, Judge(
        block, b => b.Add(new Peering(new PeeringId("pcx-1"), new PeeringEnd(new VpcId("vpc-far"), EstateText.Home) { Cidrs = far.Length == 0 ? [] : [Cidr.Parse(far)] }, new PeeringEnd(Home, EstateText.Home)) { Status = status }),
        Route("10.0.0.0/8", "pcx-1")));

    [Fact]
    public void A_NAT_gateway_leads_where_its_own_subnet_leads()
    {
        Assert.Equal("IRR", Judge("172.16.0.0/16", Nat("igw-1"), Route("0.0.0.0/0", "nat-1")));
        Assert.Null(Judge("172.16.0.0/16", Nat("tgw-1"), Route("0.0.0.0/0", "nat-1")));
        Assert.Equal("? what nat-1 leads to was not read", Judge("172.16.0.0/16", Route("0.0.0.0/0", "nat-1")));
        Assert.Equal("IRR", Judge("172.16.0.0/16", Nat("nat-1"), Route("0.0.0.0/0", "nat-1")));

        static Action<EstateBuilder> Nat(string target) => b => b
            .Add(new Gateway("nat-1", EstateText.Home, GatewayKind.Nat) { Subnet = new SubnetId("subnet-nat") })
            .Add(new RouteTable("rtb-nat", EstateText.Home, Home) { Subnets = [new SubnetId("subnet-nat")], Routes = [Route("0.0.0.0/0", target)] });
    }

    [Fact]
    public void Behind_a_network_load_balancer_the_routes_of_the_whole_VPC_count()
    {
        Action<EstateBuilder> other = b => b.Add(new RouteTable("rtb-lb", EstateText.Home, Home) { Subnets = [new SubnetId("subnet-lb")], Routes = [Route("172.16.0.0/12", "tgw-1")] });
        Assert.Equal("IRR", Judge("172.16.0.0/16", other, Route("10.1.0.0/16", "local")));
        Assert.Null(Judge(
            "172.16.0.0/16", other + (b => b.Add(new NetworkInterface(new NetworkInterfaceId("eni-lb"), EstateText.Home) { Vpc = Home, InterfaceType = "network_load_balancer" })),
            Route("10.1.0.0/16", "local")));
    }

    [Fact]
    public void Prefix_lists_of_routes_are_expanded_and_unread_ones_leave_a_doubt()
    {
        var route = new Route { DestinationPrefixList = new PrefixListId("pl-1"), Target = "tgw-1" };
        Assert.Null(Judge("172.16.0.0/16", b => b.Add(new PrefixList(new PrefixListId("pl-1"), EstateText.Home) { Entries = [new(Cidr.Parse("172.16.9.0/24"), "")] }), route));
        Assert.StartsWith("? the entries of prefix list pl-1", Judge("172.16.0.0/16", route), StringComparison.Ordinal);
        Assert.Equal("IRR", Judge("172.16.0.0/16", route with { Target = "vpce-1" })); // a gateway endpoint: AWS's public addresses
    }

    [Fact]
    public void Tables_and_interfaces_that_were_not_read_leave_doubts()
    {
        Assert.Equal("? the route table of subnet-a was not read", Find("172.16.0.0/16", "interface eni-1 web 10.1.0.5 in subnet-a"));
        Assert.Equal("? the route table of eni-1 was not read", Find("172.16.0.0/16", "interface eni-1 web 10.1.0.5\nroute subnet-a 0.0.0.0/0 igw-1"));
        Assert.Equal("? interfaces of 111122223333/eu-west-1 were not read", Find("172.16.0.0/16", "gap NetworkInterfaces"));
        Assert.Null(Find("10.1.0.0/24", "interface eni-1 web 10.1.0.5 in subnet-a")); // inside the VPC, whatever the routes
        Assert.Null(Find("172.16.0.0/16", "")); // nobody carries it
    }

    private static string? Find(string block, string more) => Say(EstateText.Read($"group web\n  ingress tcp/1 from {block}\n{more}"));

    private static Route Route(string to, string target) => new() { Destination = Cidr.Parse(to), Target = target };

    private static string? Judge(string block, params Route[] routes) => Judge(block, _ => { }, routes);

    private static string? Judge(string block, Action<EstateBuilder> more, params Route[] routes)
    {
        var builder = new EstateBuilder().MarkCollected(GapKind.NetworkInterfaces).MarkCollected(GapKind.RouteTables)
            .Add(new Vpc(Home, EstateText.Home) { Cidrs = [Cidr.Parse("10.1.0.0/16")] })
            .Add(new SecurityGroup(new SecurityGroupId("sg-web"), EstateText.Home) { Vpc = Home, Rules = [new SecurityGroupRule(Direction.Ingress, Service.Tcp(1), new CidrPeer(Cidr.Parse(block)))] })
            .Add(new NetworkInterface(new NetworkInterfaceId("eni-1"), EstateText.Home) { Vpc = Home, Subnet = new SubnetId("subnet-a"), Groups = [new SecurityGroupId("sg-web")], Addresses = [Address.Parse("10.1.0.5")] })
            .Add(new RouteTable("rtb-a", EstateText.Home, Home) { IsMain = true, Routes = [.. routes] });
        more(builder);
        return Say(builder.Build());
    }

    private static string? Say(Estate estate)
    {
        var report = AnomalyFinder.Find(estate, Alone);
        return report.Anomalies is [_] ? "IRR" : report.Doubts is [var doubt] ? $"? {doubt.Gap}" : null;
    }
}

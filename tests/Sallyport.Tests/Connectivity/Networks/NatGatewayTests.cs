using Sallyport.Connectivity;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Tests.Connectivity.Networks;

public sealed class NatGatewayTests
{
    private const string Outside = "198.51.100.7";
    private const string AllIn = "ingress 100 allow any 0.0.0.0/0";
    private const string AllOut = "egress 100 allow any 0.0.0.0/0";

    private static NetworkDraft Behind(string state = "available") => new NetworkDraft().Internet("a9").NatGateway(state, isPublic: true, "a1");

    [Theory]
    [InlineData("available")]
    [InlineData("")]
    public void A_nat_gateway_carries_three_protocols_out_under_its_address(string state)
    {
        var path = Behind(state).Judge("a1", Outside);
        Assert.Equal("tcp/0-65535, udp/0-65535, icmp", path.Route.Allowed.ToString());
        Assert.True(path.Route.Unknown.IsEmpty);
        Assert.True(path.Nacl.Allowed.IsAny);
        Assert.Equal("203.0.113.99", path.SourceSeenAs.ToString());
        Assert.False(path.ReferencesApply);
        path.Notes(Layer.Route, NetworkDraft.Nat, "shows its own address in place of 10.1.1.5", isGap: false);
    }

    [Theory]
    [InlineData("failed")]
    [InlineData("deleted")]
    [InlineData("pending")]
    public void One_that_is_not_available_carries_nothing(string state) =>
        Behind(state).Judge("a1", Outside).HasNoRoute(NetworkDraft.Nat, $"{NetworkDraft.Nat} is {state}.");

    [Fact]
    public void Nothing_comes_in_through_one() =>
        Behind().Public("a1", "203.0.113.5").Judge(Outside, "a1").HasNoRoute(NetworkDraft.Nat, "which accepts no new connection");

    [Fact]
    public void One_that_was_not_read_is_unknown_outwards_and_certain_inwards()
    {
        var draft = new NetworkDraft().Route("a1", "0.0.0.0/0 nat-unread").Public("a1", "203.0.113.5");
        draft.Judge("a1", Outside).HasUnknownRoute("nat-unread", "nat-unread was not read.");
        draft.Judge(Outside, "a1").HasNoRoute("nat-unread", "accepts no new connection");
    }

    [Fact]
    public void Its_own_subnet_must_lead_out() =>
        new NetworkDraft().NatGateway("available", isPublic: true, "a1").Judge("a1", Outside).HasNoRoute("rtb-a9", "rtb-a9 has no route to 198.51.100.7");

    [Fact]
    public void A_private_one_does_not_reach_the_internet() =>
        new NetworkDraft().Internet("a9").NatGateway("available", isPublic: false, "a1").Judge("a1", Outside)
            .HasNoRoute(NetworkDraft.InternetGateway, "no public address for 10.1.9.9");

    [Fact]
    public void Its_interface_accepts_no_connection()
    {
        Behind().Judge("a2", "nat").HasNoRoute(NetworkDraft.Nat, "accepts no new connection");
        Behind().Judge(Outside, "nat").HasNoRoute(NetworkDraft.Nat, "accepts no new connection");
        Behind().Public("a2", "203.0.113.6").Route("a2", $"0.0.0.0/0 {NetworkDraft.InternetGateway}").Judge("a2", "203.0.113.99")
            .HasNoRoute(NetworkDraft.Nat, "accepts no new connection");
    }

    [Theory]
    [InlineData("a1", AllIn, "egress 1 deny tcp/443 198.51.100.0/24", AllOut, "stops packets to 198.51.100.7")]
    [InlineData("a1", AllOut, "ingress 1 deny tcp/1024-65535 198.51.100.0/24", AllIn, "stops the answer from 198.51.100.7")]
    [InlineData("a9", AllOut, "ingress 1 deny tcp/443 10.1.1.0/24", AllIn, "stops packets from 10.1.1.5")]
    [InlineData("a9", AllIn, "egress 1 deny tcp/443 198.51.100.0/24", AllOut, "stops packets to 198.51.100.7")]
    [InlineData("a9", AllOut, "ingress 1 deny tcp/1024-65535 198.51.100.0/24", AllIn, "stops the answer from 198.51.100.7")]
    [InlineData("a9", AllIn, "egress 1 deny tcp/1024-65535 10.1.1.0/24", AllOut, "stops the answer to 10.1.1.5")]
    public void Both_subnets_acls_are_crossed_both_ways(string subnet, string first, string deny, string last, string text) =>
        Behind().Acl(subnet, first, deny, last).Judge("a1", Outside).IsStoppedBy($"acl-{subnet}", "tcp/443", text);

    [Fact]
    public void Within_its_own_subnet_only_the_border_to_the_internet_is_crossed()
    {
        var draft = new NetworkDraft().Internet().NatGateway("available", isPublic: true, "a9");
        draft.Judge("a9", Outside).HasNoRoute("rtb-a9", "round in a circle");
        draft = Behind().Nic("a1", "a9", "10.1.9.5").Route("a9", $"198.51.100.0/24 {NetworkDraft.Nat}");
        draft.Judge("a1", Outside).HasNoRoute("rtb-a9", "round in a circle");
    }

    [Fact]
    public void It_sends_from_its_own_ports_whatever_the_clients_do()
    {
        var options = new Sallyport.Connectivity.Networks.NetworkOptions { EphemeralFirst = 32_768, EphemeralLast = 60_999 };
        var draft = Behind().Acl("a9", AllOut, "ingress 100 allow any 10.1.0.0/16", "ingress 110 allow tcp/32768-60999 0.0.0.0/0");
        Assert.True(draft.Judge("a1", Outside, options: options).PartlyAnswered.Contains(Service.Tcp(443)));
        draft = Behind().Acl("a1", AllOut, "ingress 110 allow tcp/32768-60999 0.0.0.0/0");
        Assert.False(draft.Judge("a1", Outside, options: options).PartlyAnswered.Contains(Service.Tcp(443)));
        Assert.True(draft.Judge("a1", Outside).PartlyAnswered.Contains(Service.Tcp(443)));
    }

    [Fact]
    public void A_private_one_shows_its_private_address_over_a_peering()
    {
        var draft = new NetworkDraft().NatGateway("available", isPublic: false, "a1").Peer("active", "a9", "b1");
        var path = draft.Judge("a1", "b1");
        path.Passes();
        Assert.Equal("10.1.9.9", path.SourceSeenAs.ToString());
        Assert.False(path.ReferencesApply);
        Assert.Equal("tcp/0-65535, udp/0-65535, icmp", path.Route.Allowed.ToString());
        draft.Acl("b1", AllOut, "ingress 100 allow any 10.1.9.9/32").Judge("a1", "b1").Passes();
        draft.Acl("b1", AllOut, "ingress 100 allow any 10.1.1.5/32").Judge("a1", "b1").IsStoppedBy("acl-b1", "tcp/443", "stops packets from 10.1.9.9");
    }

    [Fact]
    public void Ipv6_does_not_pass_one()
    {
        var draft = Behind().Route("a1", $"::/0 {NetworkDraft.Nat}");
        draft.Judge("a1", "2001:db8:ffff::7", IpFamily.V6).HasNoRoute(NetworkDraft.Nat, "IPv4 only");
        draft.Judge("a1", "64:ff9b::c633:6407", IpFamily.V6).HasUnknownRoute(NetworkDraft.Nat, "NAT64");
    }

    [Fact]
    public void What_it_answers_with_several_addresses_is_not_known_to_an_interface()
    {
        var draft = new NetworkDraft().Route("a1", "0.0.0.0/0 nat-two").Peer("active", "a9", "b1").Add(b => b.Add(new Gateway("nat-two", NetworkDraft.Scope, GatewayKind.Nat)
        {
            Vpcs = [NetworkDraft.A],
            Subnet = new SubnetId("subnet-a9"),
            Addresses = [Address.Parse("10.1.9.9"), Address.Parse("10.1.9.10")],
        }));
        draft.Judge("a1", "b1").HasUnknownRoute("nat-two", "has 2 addresses and may show any of them");
    }
}

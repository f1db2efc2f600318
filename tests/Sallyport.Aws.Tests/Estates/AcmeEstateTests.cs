using Sallyport.Estates;
using Sallyport.Lab.Estates;
using Sallyport.Packets;

namespace Sallyport.Aws.Tests.Estates;

/// <summary>Acme is accepted by EC2, and every part of the story that the demonstration and the audit rules rely on is there.</summary>
public sealed class AcmeEstateTests
{
    private static readonly Estate Acme = AcmeEstate.Create();

    [Fact]
    public void Ec2_would_accept_it() => Assert.Empty(EstateValidity.Problems(Acme));

    [Fact]
    public void It_has_no_gap() => Assert.Empty(Acme.Gaps);

    [Fact]
    public void It_is_the_same_every_time() => Assert.Equal(EstateText.Of(Acme), EstateText.Of(AcmeEstate.Create()));

    [Fact]
    public void It_is_large_enough_to_be_believed()
    {
        Assert.InRange(Acme.SecurityGroups.Length, 30, 45);
        Assert.InRange(Acme.RuleCount, 120, 250);
        Assert.InRange(Acme.NetworkInterfaces.Length, 45, 100);
        Assert.Equal(4, Acme.Scopes.Length);
        Assert.Equal([AcmeEstate.Production, AcmeEstate.Shared], Acme.Scopes.Select(s => s.Account).Distinct());
        Assert.Equal([AcmeEstate.Europe, AcmeEstate.America], Acme.Scopes.Select(s => s.Region).Distinct());
    }

    [Fact]
    public void Three_tiers_are_chained_by_references_on_both_sides()
    {
        AssertPair("shop-alb", "shop-web", "tcp/8080");
        AssertPair("shop-web", "shop-api", "tcp/8443");
        AssertPair("shop-api", "shop-db", "tcp/5432");
    }

    [Fact]
    public void Services_have_their_interfaces()
    {
        string[] requesters = ["amazon-elb", "amazon-rds", "amazon-lambda", "amazon-elasticache", "amazon-vpc", "amazon-redshift", "amazon-efs"];
        foreach (var requester in requesters)
        {
            Assert.Contains(Acme.NetworkInterfaces, n => n.RequesterId == requester && n.RequesterManaged);
        }

        Assert.Contains(Acme.NetworkInterfaces, n => n.Description.StartsWith("ELB app/", StringComparison.Ordinal));
        Assert.Contains(Acme.NetworkInterfaces, n => n.InterfaceType == "natGateway" && n.Groups.IsEmpty);
        Assert.Contains(Acme.NetworkInterfaces, n => n.InterfaceType == "vpc_endpoint");
        Assert.Contains(Acme.NetworkInterfaces, n => n.InterfaceType == "lambda");
        Assert.Contains(Acme.NetworkInterfaces, n => n is { Status: "available", Instance: null });
        Assert.Contains(Acme.NetworkInterfaces, n => n.Instance is not null && !n.PublicAddresses.IsEmpty);
        Assert.Contains(Acme.NetworkInterfaces, n => n.Addresses.Count(a => a.Family == IpFamily.V4) > 1);
        Assert.Contains(Acme.NetworkInterfaces, n => n.Addresses.Any(a => a.Family == IpFamily.V6));
        Assert.Contains(Acme.NetworkInterfaces, n => n.Groups.Length > 1);
    }

    [Fact]
    public void Storage_is_reached_through_a_gateway_endpoint_and_its_managed_list()
    {
        var endpoint = Assert.Single(Acme.VpcEndpoints, e => e.Kind == "Gateway" && e.Vpc == Group("shop-api").Vpc);
        Assert.NotEmpty(endpoint.RouteTables);
        var list = Assert.Single(Acme.PrefixLists, p => p.Name == "com.amazonaws.eu-west-1.s3");
        Assert.True(list.IsAwsManaged);
        Assert.Null(list.MaxEntries);
        AssertRule("shop-api", Direction.Egress, "tcp/443", new PrefixListPeer(list.Id));
        Assert.Contains(Acme.VpcEndpoints, e => e.Kind == "Interface" && e.Groups.Contains(Group("shop-endpoints").Id));
    }

    [Fact]
    public void Offices_are_a_customer_list_with_room()
    {
        var list = Assert.Single(Acme.PrefixLists, p => p.Name == "acme-offices" && p.Scope == Group("shop-admin").Scope);
        Assert.True(list.MaxEntries > list.Entries!.Value.Length);
        AssertRule("shop-admin", Direction.Ingress, "tcp/443", new PrefixListPeer(list.Id));
    }

    [Fact]
    public void A_default_group_is_in_use_and_others_are_as_ec2_made_them()
    {
        var used = Acme.SecurityGroups.Where(g => g.IsDefault && Acme.Index.MembersOf(g.Id).Any()).ToList();
        Assert.Equal(2, used.Count);
        Assert.All(used, g => Assert.Contains(g.Rules, r => r.Service == Service.Tcp(22)));
        var unused = Acme.SecurityGroups.Where(g => g.IsDefault && !Acme.Index.MembersOf(g.Id).Any()).ToList();
        Assert.Equal(3, unused.Count);
        foreach (var group in unused)
        {
            var ipv6 = Acme.Index.Vpcs[group.Vpc!.Value].Cidrs.Any(c => c.Family == IpFamily.V6);
            string[] expected = ["ingress any from " + group.Id, "egress any to 0.0.0.0/0", .. ipv6 ? ["egress any to ::/0"] : Array.Empty<string>()];
            Assert.Equal(expected, group.Rules.Select(r => r.Key.ToString()));
        }
    }

    [Fact]
    public void Launch_wizards_left_unused_groups_with_ssh_open_to_the_world()
    {
        var wizards = Acme.SecurityGroups.Where(g => g.Name.StartsWith("launch-wizard", StringComparison.Ordinal)).ToList();
        Assert.Equal(3, wizards.Count);
        foreach (var wizard in wizards)
        {
            Assert.Empty(Acme.Index.MembersOf(wizard.Id));
            Assert.Contains(wizard.Rules, r => r.Key.ToString() == "ingress tcp/22 from 0.0.0.0/0");
        }

        Assert.Empty(Acme.Index.MembersOf(Group("shop-web-old").Id));
    }

    [Fact]
    public void Groups_are_named_over_a_peering_to_another_account()
    {
        var rule = AssertRule("shop-web", Direction.Ingress, "tcp/22", new GroupPeer(Group("shared-bastion").Id));
        var peer = Assert.IsType<GroupPeer>(rule.Peer);
        Assert.Equal((AcmeEstate.Shared, "active"), (peer.Account, peer.PeeringStatus));
        Assert.NotNull(peer.Vpc);
        Assert.NotNull(peer.Peering);
        AssertPair("shared-bastion", "shop-web", "tcp/22");
        AssertPair("data-etl", "shop-db", "tcp/5432");
    }

    [Fact]
    public void Another_region_is_reached_by_address_over_a_peering()
    {
        Assert.Contains(Acme.Peerings, p => p.Requester.Scope.Region != p.Accepter.Scope.Region);
        AssertRule("shared-bastion", Direction.Egress, "tcp/22", Block("10.30.0.0/16"));
        AssertRule("dr-web", Direction.Ingress, "tcp/22", Block("10.40.0.0/16"));
    }

    [Fact]
    public void Ipv6_is_open_in_one_place_and_restricted_in_another()
    {
        AssertRule("dev-db", Direction.Ingress, "tcp/3306", Block("::/0"));
        AssertRule("shop-payments", Direction.Egress, "tcp/443", Block("2001:db8:feed::/48"));
        Assert.DoesNotContain(Group("shop-payments").Rules, r => r.Peer is CidrPeer { Cidr.PrefixLength: 0 });
    }

    [Fact]
    public void Egress_is_open_nearly_everywhere()
    {
        var open = Acme.SecurityGroups.Where(g => g.Rules.Any(r => r.Key.ToString() == "egress any to 0.0.0.0/0")).ToList();
        Assert.True(open.Count * 4 > Acme.SecurityGroups.Length * 3, $"only {open.Count} groups have open egress");
        foreach (var group in open)
        {
            var ipv6 = Acme.Index.Vpcs[group.Vpc!.Value].Cidrs.Any(c => c.Family == IpFamily.V6);
            Assert.Equal(ipv6, group.Rules.Any(r => r.Key.ToString() == "egress any to ::/0"));
        }
    }

    [Fact]
    public void One_half_is_missing_in_each_way()
    {
        // Egress without ingress: the back office names the database, which lets in neither its group nor its subnet.
        AssertRule("shop-admin", Direction.Egress, "tcp/5432", new GroupPeer(Group("shop-db").Id));
        Assert.DoesNotContain(Group("shop-db").RulesOf(Direction.Ingress), r => r.Peer.Equals(new GroupPeer(Group("shop-admin").Id)));
        Assert.DoesNotContain(
            Acme.Index.MembersOf(Group("shop-admin").Id).SelectMany(n => n.Addresses),
            a => Group("shop-db").RulesOf(Direction.Ingress).Any(r => r.Peer is CidrPeer c && c.Cidr.Contains(a)));

        // Ingress without egress: the broker lets the API in, which never names it.
        AssertRule("shop-broker", Direction.Ingress, "tcp/5671", new GroupPeer(Group("shop-api").Id));
        Assert.DoesNotContain(Group("shop-api").RulesOf(Direction.Egress), r => r.Peer.Equals(new GroupPeer(Group("shop-broker").Id)));

        // Other ports on each side, and one side by address.
        AssertRule("shop-api", Direction.Egress, "tcp/6379-6380", new GroupPeer(Group("shop-cache").Id));
        AssertRule("shop-cache", Direction.Ingress, "tcp/6379", new GroupPeer(Group("shop-api").Id));
        AssertRule("shop-worker", Direction.Egress, "tcp/5432", new GroupPeer(Group("shop-db").Id));
        AssertRule("shop-db", Direction.Ingress, "tcp/5432", Block("10.20.10.0/24"));
        Assert.DoesNotContain(Group("shop-db").RulesOf(Direction.Ingress), r => r.Peer.Equals(new GroupPeer(Group("shop-worker").Id)));
    }

    [Fact]
    public void Rules_shadow_each_other_alone_and_together()
    {
        AssertRule("shop-endpoints", Direction.Ingress, "tcp/443", Block("10.20.0.0/16"));
        AssertRule("shop-endpoints", Direction.Ingress, "tcp/443", Block("10.20.10.0/24"));
        foreach (var service in new[] { "tcp/8000-8049", "tcp/8050-8099", "tcp/8040-8060" })
        {
            AssertRule("shop-worker", Direction.Ingress, service, Block("10.20.0.0/16"));
        }
    }

    [Fact]
    public void One_port_was_opened_to_the_world_by_hand()
    {
        var rule = AssertRule("shop-search", Direction.Ingress, "tcp/9200", Block("0.0.0.0/0"));
        Assert.Contains("temporary", rule.Description, StringComparison.Ordinal);
        Assert.Contains(Acme.Index.MembersOf(Group("shop-search").Id), n => !n.PublicAddresses.IsEmpty);
    }

    [Fact]
    public void Near_world_whole_private_blocks_and_all_protocols_occur()
    {
        AssertRule("dev-app", Direction.Ingress, "tcp/8080", Block("0.0.0.0/1"));
        AssertRule("dev-app", Direction.Ingress, "tcp/8081", Block("128.0.0.0/1"));
        AssertRule("data-notebooks", Direction.Ingress, "tcp/8888", Block("172.16.0.0/12"));
        AssertRule("shared-registry", Direction.Ingress, "any", Block("10.40.0.0/16"));
    }

    [Fact]
    public void Flow_logs_are_on_except_in_development()
    {
        var logged = Acme.FlowLogs.Select(f => f.Resource).ToHashSet();
        Assert.Equal([Group("dev-app").Vpc!.Value.Value], Acme.Vpcs.Select(v => v.Id.Value).Where(v => !logged.Contains(v)));
    }

    private static SecurityGroup Group(string name) => Acme.SecurityGroups.Single(g => g.Name == name);

    private static CidrPeer Block(string cidr) => new(Cidr.Parse(cidr));

    private static SecurityGroupRule AssertRule(string group, Direction direction, string service, Peer peer) =>
        Assert.Single(Group(group).Rules, r => r.Key == new RuleKey(direction, Service.Parse(service), peer));

    private static void AssertPair(string from, string to, string service)
    {
        AssertRule(from, Direction.Egress, service, new GroupPeer(Group(to).Id));
        AssertRule(to, Direction.Ingress, service, new GroupPeer(Group(from).Id));
    }
}

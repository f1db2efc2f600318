using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Sallyport.Anomalies;
using Sallyport.Connectivity;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Tests.Auditing;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Anomalies;

/// <summary>SHD, held against sending every packet on every path.</summary>
public sealed class ShadowedOracleTests
{
    private static readonly AnomalyOptions Alone = new() { Kinds = [AnomalyKind.Shadowed] };
    private static readonly SecurityGroupId One = new("sg-1");
    private static readonly SecurityGroupId Two = new("sg-2");

    private static readonly Gen<SecurityGroupRule> Rule =
        from direction in Gen.Elements(Direction.Ingress, Direction.Egress)
        from service in Gen.Elements("tcp/443", "tcp/442-444", "udp/53", "icmp/8/0", "tcp/1024", "tcp/30000-30001", "proto/47")
        from peer in Gen.Elements("0.0.0.0/0", "::/0", "10.0.0.0/8", "10.1.0.0/16", "10.2.0.0/16", "10.1.2.5/32", "10.1.1.0/24", "198.51.100.0/24", "2001:db8:b::/56", "sg-1")
        select new SecurityGroupRule(direction, Service.Parse(service), peer == "sg-1" ? new GroupPeer(One) : new CidrPeer(Cidr.Parse(peer)));

    private static readonly Gen<Estate> Estates =
        from network in NetworkGenerator.Estate
        from first in Rule.ArrayOf(4)
        from second in Rule.ArrayOf(3)
        select WithGroups(network, first, second);

    // The resolver and the metadata service answer whatever a rule says.
    private static readonly ImmutableArray<Address> Outside =
    [
        .. NetworkGenerator.Outside.Except([Address.Parse("169.254.169.254"), Address.Parse("10.1.0.2")]), Address.Parse("8.8.8.8"), Address.Parse("2600::1"),
    ];

    [Fact]
    public void Shadowed_rules_are_those_of_which_no_packet_gets_through()
    {
        var (fired, passed, doubted) = (0, 0, 0);
        Prop.ForAll(Estates.ToArbitrary(), estate =>
        {
            var report = AnomalyFinder.Find(estate, Alone);
            var isGappy = estate.Gaps.Any(g => g.Where == EstateText.Home.ToString());
            foreach (var rule in estate.SecurityGroups[0].Rules.Take(3))
            {
                var isReported = report.Anomalies.Any(a => a.Group == One && a.Rule!.Key == rule.Key);
                var isDoubted = report.Doubts.Any(d => d.Group == One && (d.Rule is null || d.Rule.Key == rule.Key));
                if (isGappy)
                {
                    Assert.True(isDoubted && !isReported);
                    continue;
                }

                var (through, unknown, stopped) = Send(estate, rule);
                var what = $"{rule.Key}: {through} through, {unknown} unknown, {stopped} stopped; reported {isReported}, doubted {isDoubted}";
                Assert.False(isReported && isDoubted, what);
                Assert.True(!through || (!isReported && !isDoubted), what);
                Assert.True(through || unknown || isDoubted || stopped == isReported, what); // the layers may doubt where every way there is leads nowhere
                Assert.True(through || !unknown || isDoubted || isReported, what);
                fired += isReported ? 1 : 0;
                passed += through ? 1 : 0;
                doubted += isDoubted ? 1 : 0;
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));
        Assert.True(fired > 5 && passed > 5 && doubted > 5, $"{fired} fired, {passed} passed, {doubted} doubted: the estates do not try the rule.");
    }

    [Theory]
    [InlineData("gap RouteTables", "route tables of 111122223333/eu-west-1 were not read")]
    [InlineData("gap NetworkAcls", "network ACLs of 111122223333/eu-west-1 were not read")]
    [InlineData("gap NetworkInterfaces", "interfaces of 111122223333/eu-west-1 were not read")]
    public void A_layer_that_was_not_read_leaves_one_doubt_a_group(string gap, string expected)
    {
        var report = AnomalyFinder.Find(EstateText.Read($"group web\n  ingress tcp/443 from 0.0.0.0/0\n  ingress tcp/80 from 0.0.0.0/0\ninterface eni-1 web 10.1.0.5\n{gap}"), Alone);
        Assert.Empty(report.Anomalies);
        Assert.Equal(expected, Assert.Single(report.Doubts).Gap);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData(" public 203.0.113.9", false)]
    public void One_public_interface_of_a_subnet_is_enough(string more, bool fires) => Assert.Equal(fires, !AnomalyFinder.Find(
        EstateText.Read($"group web\n  ingress tcp/443 from 198.51.100.0/24\ninterface eni-1 web 10.1.0.5 in subnet-a\ninterface eni-2 web 10.1.0.6{more} in subnet-a\ngateway igw-1\nroute subnet-a 0.0.0.0/0 igw-1\nacl subnet-a allow ingress any 0.0.0.0/0\nacl subnet-a allow egress any 0.0.0.0/0"),
        Alone).Anomalies.IsEmpty);

    [Fact]
    public void A_group_without_interfaces_is_not_judged()
    {
        var report = AnomalyFinder.Find(EstateText.Read("group web\n  ingress tcp/443 from 0.0.0.0/0"), Alone);
        Assert.True(report.Anomalies.IsEmpty && report.Doubts.IsEmpty);
    }

    private static (bool Through, bool Unknown, bool Stopped) Send(Estate estate, SecurityGroupRule rule)
    {
        var (unknown, stopped) = (false, false);
        foreach (var near in estate.NetworkInterfaces.Where(n => n.Groups.Contains(One)))
        {
            var far = estate.NetworkInterfaces.Where(n => n.Id != near.Id && AreLinked(estate, near, n)).SelectMany(n => n.Addresses.Select(a => Endpoint.Of(n, a)))
                .Concat(Outside.Where(a => !estate.NetworkInterfaces.Any(n => n.Addresses.Contains(a))).Select(a => Endpoint.Outside(a)));
            foreach (var (own, end) in near.Addresses.Select(a => Endpoint.Of(near, a)).SelectMany(o => far.Where(f => f.Address.Family == o.Address.Family).Select(f => (o, f))))
            {
                foreach (var (protocol, a, b) in NetworkGenerator.Headers)
                {
                    if (!RuleOracle.Allows([rule.Key], estate, end.Address, GroupsFor(near, end), protocol, a, b) || !Answers(estate, near, own, end, rule.Direction, protocol, a, b)) continue;
                    var (from, to) = rule.Direction == Direction.Ingress ? (end, own) : (own, end);
                    var path = NetworkOracle.Judge(estate, from, to, protocol, a, b);
                    if (path.Route == OracleAnswer.Unknown || path.Nacl == OracleAnswer.Unknown || (rule.Peer is GroupPeer && !path.ReferencesApply)) unknown = true;
                    else if (path.Route != OracleAnswer.No && path.Nacl != OracleAnswer.No) return (true, false, false);
                    else stopped = true;
                }
            }
        }

        return (false, unknown, stopped);
    }

    private static bool Answers(Estate estate, NetworkInterface near, Endpoint own, Endpoint end, Direction direction, int protocol, int a, int b)
    {
        if (end.Interface is null || end.Interface.Groups.IsEmpty) return true;
        var rules = estate.SecurityGroups.Where(g => end.Interface.Groups.Contains(g.Id)).SelectMany(g => g.Rules).Where(r => r.Direction != direction).Select(r => r.Key);
        return RuleOracle.Allows(rules, estate, own.Address, GroupsFor(end.Interface, own), protocol, a, b);
    }

    // The networks' peerings and transit gateway are in the estate; references match where EC2 would take them.
    private static ImmutableArray<SecurityGroupId> GroupsFor(NetworkInterface owner, Endpoint other) => other.Interface is { } nic && nic.Vpc == owner.Vpc ? nic.Groups : [];

    private static bool AreLinked(Estate estate, NetworkInterface a, NetworkInterface b) => a.Vpc == b.Vpc
        || estate.Peerings.Any(p => p.Status == "active" && ((p.Requester.Vpc == a.Vpc && p.Accepter.Vpc == b.Vpc) || (p.Requester.Vpc == b.Vpc && p.Accepter.Vpc == a.Vpc)))
        || estate.TransitGatewayAttachments.Count(t => t.State is "available" or "" && (t.Vpc == a.Vpc || t.Vpc == b.Vpc)) == 2;

    private static Estate WithGroups(Estate network, SecurityGroupRule[] first, SecurityGroupRule[] second)
    {
        var builder = new EstateBuilder().MarkCollected(GapKind.RouteTables).MarkCollected(GapKind.NetworkAcls);
        foreach (var vpc in network.Vpcs) builder.Add(vpc);
        foreach (var subnet in network.Subnets) builder.Add(subnet);
        foreach (var gateway in network.Gateways) builder.Add(gateway);
        foreach (var peering in network.Peerings) builder.Add(peering);
        foreach (var list in network.PrefixLists) builder.Add(list with { Entries = list.Entries ?? [new(Cidr.Parse("198.51.100.128/25"), "")] });
        foreach (var endpoint in network.VpcEndpoints) builder.Add(endpoint);
        foreach (var table in network.TransitGatewayRouteTables) builder.Add(table);
        foreach (var attachment in network.TransitGatewayAttachments) builder.Add(attachment with { SecurityGroupReferencing = false });
        foreach (var table in network.RouteTables) builder.Add(table);
        foreach (var acl in network.NetworkAcls) builder.Add(acl);
        foreach (var gap in network.Gaps.Where(g => g.What != GapKind.PrefixLists)) builder.Add(gap);
        var vpcA = NetworkGenerator.A;
        builder.Add(new SecurityGroup(One, EstateText.Home) { Vpc = vpcA, Rules = [.. first] }).Add(new SecurityGroup(Two, EstateText.Home) { Vpc = vpcA, Rules = [.. second] });
        foreach (var nic in network.NetworkInterfaces)
        {
            builder.Add(nic with { Groups = nic.Vpc != vpcA ? [] : nic.Id.Value is "eni-a2" or "eni-fw" ? [Two] : nic.Id.Value == "eni-twin" ? [One, Two] : [One] });
        }

        return builder.Build();
    }
}

using FsCheck;
using FsCheck.Fluent;
using Sallyport.Anomalies;
using Sallyport.Anomalies.Pairs;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Tests.Auditing;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Anomalies;

/// <summary>ONE-I, ONE-E and PART, held against asking every pair of interfaces, address by address and packet by packet.</summary>
public sealed class PairOracleTests
{
    private static readonly AnomalyOptions Pairs = new() { Kinds = [AnomalyKind.OneSidedIngress, AnomalyKind.OneSidedEgress, AnomalyKind.PartlyOneSided] };

    [Fact]
    public void One_sided_rules_are_those_found_pair_by_pair() => Prop.ForAll(EstateGenerator.Estate.ToArbitrary(), estate =>
    {
        var report = AnomalyFinder.Find(estate, Pairs);
        foreach (var group in estate.SecurityGroups)
        {
            foreach (var rule in group.Rules)
            {
                if (rule.Peer is CidrPeer { Cidr.PrefixLength: 0 or 1 } or PrefixListPeer { PrefixList.Value: "pl-000000ff" }) continue;
                var (pairs, answered, maybe, unanswered) = Count(estate, group, rule);
                var oneSided = rule.Direction == Direction.Ingress ? AnomalyKind.OneSidedIngress : AnomalyKind.OneSidedEgress;
                var found = report.Anomalies.Where(a => a.Group == group.Id && a.Rule!.Key == rule.Key).Select(a => a.Kind).ToList();
                if (pairs == 0)
                {
                    if (rule.Peer is not GroupPeer) Assert.Empty(found);
                    continue;
                }

                AnomalyKind[] expected = answered == 0 && maybe == 0 ? [oneSided] : answered > 0 && unanswered > 0 ? [AnomalyKind.PartlyOneSided] : [];
                Assert.True(expected.SequenceEqual(found), $"{group.Id} {rule.Key}: {pairs} pairs, {answered} answered, {maybe} maybe, {unanswered} not; found {string.Join(',', found)}");
                var isDoubtful = expected.Length == 0 && answered < pairs;
                Assert.Equal(isDoubtful, report.Doubts.Any(d => d.Group == group.Id && d.Rule?.Key == rule.Key));
            }
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_peer_stands_for_the_interfaces_that_a_plain_search_finds()
    {
        var interfaces = from count in Gen.Choose(1, 8)
                         from hosts in Gen.Choose(0, 63).ArrayOf(count)
                         from lengths in Gen.Elements(0, 28, 30, 31, 32).ArrayOf(count)
                         from blockHost in Gen.Choose(0, 63)
                         from blockLength in Gen.Choose(24, 32)
                         select (hosts, lengths, Block: Cidr.Containing(new Address(IpFamily.V4, 0x0a010000 + (AddressNumber)blockHost), blockLength));
        Prop.ForAll(interfaces.ToArbitrary(), drawn =>
        {
            var builder = new EstateBuilder();
            for (var i = 0; i < drawn.hosts.Length; i++)
            {
                var address = new Address(IpFamily.V4, 0x0a010000 + (AddressNumber)drawn.hosts[i]);
                builder.Add(new NetworkInterface(new NetworkInterfaceId($"eni-{i}"), EstateText.Home)
                {
                    Vpc = EstateGenerator.VpcA,
                    Groups = [new SecurityGroupId(i % 2 == 0 ? "sg-even" : "sg-odd")],
                    Addresses = drawn.lengths[i] == 0 ? [address] : [],
                    Prefixes = drawn.lengths[i] == 0 ? [] : [Cidr.Containing(address, drawn.lengths[i])],
                });
            }

            var estate = builder.Build();
            var expected = estate.NetworkInterfaces.Where(n => n.Addresses.Any(drawn.Block.Contains) || n.Prefixes.Any(p => p.Contains(drawn.Block) || drawn.Block.Contains(p))).ToList();
            var found = new InterfaceBook(new EstateFacts(estate)).FarOf(new CidrPeer(drawn.Block), IpFamily.V4);
            Assert.Equal(
                expected.GroupBy(n => n.Groups[0]).Select(g => (g.Key, g.Count())).Order(),
                found.Select(f => (f.Class.Groups[0], f.Count)).Order());
            Assert.All(found, f => Assert.Contains(expected, n => n.Id == f.First && f.First != f.Second));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void An_interface_is_no_partner_of_itself() => Assert.Equal(
        ["ONE-I sg-web ingress tcp/1 from sg-web"],
        Find("group web\n  ingress tcp/1 from web\ninterface eni-1 web 10.1.0.5"));

    [Theory]
    [InlineData("10.1.0.5/32", "")] // eni-1 alone: no pair
    [InlineData("10.1.0.4/30", "ONE-I sg-web ingress tcp/1 from 10.1.0.4/30")]
    [InlineData("10.1.0.8/30", "")]
    public void A_block_of_the_groups_own_interfaces_counts_the_others_only(string block, string expected) => Assert.Equal(
        expected.Length == 0 ? [] : [expected],
        Find($"group web\n  ingress tcp/1 from {block}\ninterface eni-1 web 10.1.0.5{(block == "10.1.0.4/30" ? "\ninterface eni-2 web 10.1.0.6" : "")}"));

    [Fact]
    public void An_interface_without_groups_answers_everything() => Assert.Empty(
        Find("group db\n  ingress tcp/1 from 10.1.0.5/32\ninterface eni-1 none 10.1.0.5\ninterface eni-2 db 10.1.0.6", bare: "eni-1"));

    [Fact]
    public void Another_group_of_the_far_interface_may_hold_the_other_half() => Assert.DoesNotContain(
        Find("group base\n  egress any to 10.1.0.0/16\ngroup web\ngroup db\n  ingress tcp/1 from web\ninterface eni-1 base,web 10.1.0.5\ninterface eni-2 db 10.1.0.6"),
        f => f.Contains("sg-db", StringComparison.Ordinal));

    [Theory]
    [InlineData("gap NetworkInterfaces", "interfaces of")]
    [InlineData("interface eni-1 web,elsewhere 10.1.0.5\ninterface eni-2 db 10.1.0.6", "sg-elsewhere is not in the estate")]
    [InlineData("gap Peerings\nvpc vpc-a 10.1.0.0/16\nvpc vpc-b 10.2.0.0/16\ninterface eni-1 web 10.2.0.5 vpc vpc-b\ninterface eni-2 db 10.1.0.6", "which VPCs are connected", "10.2.0.0/24")]
    public void What_was_not_read_leaves_a_doubt(string more, string gap, string block = "10.1.0.0/24")
    {
        var report = AnomalyFinder.Find(EstateText.Read($"group web\ngroup db\n  ingress tcp/1 from {block}\n{more}"), Pairs);
        Assert.Empty(report.Anomalies);
        Assert.Contains(gap, Assert.Single(report.Doubts).Gap, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Find(string estate, string? bare = null)
    {
        var read = EstateText.Read(estate);
        if (bare is not null)
        {
            var builder = new EstateBuilder().MarkCollected(GapKind.NetworkInterfaces).MarkCollected(GapKind.Peerings);
            foreach (var group in read.SecurityGroups) builder.Add(group);
            foreach (var vpc in read.Vpcs) builder.Add(vpc);
            foreach (var nic in read.NetworkInterfaces) builder.Add(nic.Id.Value == bare ? nic with { Groups = [] } : nic);
            read = builder.Build();
        }

        var report = AnomalyFinder.Find(read, Pairs);
        Assert.Empty(report.Doubts);
        return report.Anomalies.Select(a => $"{AnomalyKinds.CodeOf(a.Kind)} {a.Group} {a.Rule!.Key}");
    }

    /// <summary>Packets that the rule stands for between two interfaces, and how the far interface answers them.</summary>
    private static (int Pairs, int Answered, int Maybe, int Unanswered) Count(Estate estate, SecurityGroup group, SecurityGroupRule rule)
    {
        var (pairs, answered, maybe, unanswered) = (0, 0, 0, 0);
        foreach (var near in estate.NetworkInterfaces.Where(n => n.Groups.Contains(group.Id)))
        {
            foreach (var far in estate.NetworkInterfaces.Where(n => n.Id != near.Id && AreLinked(estate, near, n)))
            {
                foreach (var (a, b) in near.Addresses.SelectMany(a => far.Addresses.Where(b => b.Family == a.Family).Select(b => (a, b))))
                {
                    foreach (var (protocol, x, y) in PacketPool.Headers)
                    {
                        if (!RuleOracle.Allows([rule.Key], estate, b, far.Groups, protocol, x, y)) continue;
                        pairs++;
                        var half = estate.SecurityGroups.Where(g => far.Groups.Contains(g.Id)).SelectMany(g => g.Rules).Where(r => r.Direction != rule.Direction).Select(r => r.Key).ToList();
                        if (RuleOracle.Allows(half, estate, a, near.Groups, protocol, x, y)) answered++;
                        else if (half.Exists(r => r.Peer is PrefixListPeer list && list.PrefixList == EstateGenerator.UnreadList && RuleOracle.MatchesService(r.Service, protocol, x, y))) maybe++;
                        else unanswered++;
                    }
                }
            }
        }

        return (pairs, answered, maybe, unanswered);
    }

    private static bool AreLinked(Estate estate, NetworkInterface a, NetworkInterface b) => a.Vpc == b.Vpc
        || estate.Peerings.Any(p => (p.Requester.Vpc == a.Vpc && p.Accepter.Vpc == b.Vpc) || (p.Requester.Vpc == b.Vpc && p.Accepter.Vpc == a.Vpc));
}

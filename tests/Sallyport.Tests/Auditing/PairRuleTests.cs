using Sallyport.Auditing;
using Sallyport.Auditing.Parameters;

namespace Sallyport.Tests.Auditing;

public sealed class PairRuleTests
{
    private static readonly string[] PairCodes = ["SP-PAIR-01", "SP-PAIR-02", "SP-PAIR-03", "SP-PAIR-04"];

    [Fact]
    public void Two_sides_that_agree_are_quiet() => Assert.Empty(Pairs(
        "group web\n  egress tcp/3306 to db\ngroup db\n  ingress tcp/3306 from web"));

    [Fact]
    public void Egress_without_ingress_and_ingress_without_egress()
    {
        Assert.Equal(["SP-PAIR-01 sg-web egress tcp/3306 to sg-db"], Pairs("group web\n  egress tcp/3306 to db\ngroup db"));
        Assert.Equal(["SP-PAIR-02 sg-db ingress tcp/3306 from sg-web"], Pairs("group web\ngroup db\n  ingress tcp/3306 from web"));
    }

    [Fact]
    public void Ports_that_do_not_meet_leave_two_halves() => Assert.Equal(
        ["SP-PAIR-01 sg-web egress tcp/3306 to sg-db", "SP-PAIR-02 sg-db ingress tcp/3307 from sg-web"],
        Pairs("group web\n  egress tcp/3306 to db\ngroup db\n  ingress tcp/3307 from web"));

    [Fact]
    public void Partial_cover_is_a_mismatch_alone_with_both_differences()
    {
        const string Estate = "group web\n  egress tcp/10-20 to db\ngroup db\n  ingress tcp/15-25 from web";
        Assert.Equal(["SP-PAIR-03 sg-db ingress tcp/15-25 from sg-web", "SP-PAIR-03 sg-web egress tcp/10-20 to sg-db"], Pairs(Estate));
        var messages = Audit.Findings("SP-PAIR-03", Estate).Select(f => f.Message).ToList();
        Assert.Equal("sg-web (web) does not declare as egress tcp/21-25 of tcp/15-25. It declares tcp/10-14 that this side lacks.", messages[0]);
        Assert.Equal("sg-db (db) does not admit tcp/10-14 of tcp/10-20. It admits tcp/21-25 that this side lacks.", messages[1]);
    }

    [Fact]
    public void A_wider_far_side_covers() => Assert.Equal(
        ["SP-PAIR-03 sg-db ingress any from sg-web"], Pairs("group web\n  egress tcp/443 to db\ngroup db\n  ingress any from web"));

    [Fact]
    public void Cover_may_be_put_together() => Assert.Empty(Pairs(
        "group web\n  egress tcp/10-20 to db\ngroup db\n  ingress tcp/10-14 from web\n  ingress tcp/15-20 from web"));

    [Theory]
    [InlineData("interface eni-1 web 10.1.0.5", "10.1.0.5/32", "04 Snapshot")]
    [InlineData("interface eni-1 web 10.1.0.5\ninterface eni-2 web 10.1.0.6", "10.1.0.5/32", "01 Snapshot")]
    [InlineData("interface eni-1 web 10.1.0.5\ninterface eni-2 web 10.1.0.6", "10.1.0.4/30", "04 Snapshot")]
    [InlineData("interface eni-1 web 10.1.0.5", "10.1.0.0/16", "04 Invariant")] // the whole VPC: whoever joins is covered
    [InlineData("", "10.1.0.0/16", "04 Invariant")]
    [InlineData("", "10.1.0.0/17", "01 Symbolic")]
    [InlineData("interface eni-1 web 10.1.0.5", "10.9.0.0/16", "01 Snapshot")]
    [InlineData("interface eni-1 web 10.1.0.5 10.1.7.16/28", "10.1.0.0/24", "01 Snapshot")] // the delegated prefix is outside
    [InlineData("interface eni-1 web 10.1.0.5", "::/0", "01 Symbolic")] // no address of that family
    [InlineData("interface eni-1 web 10.1.0.5 2600:1f18::5", "2600:1f18::/64", "04 Snapshot")]
    [InlineData("gap NetworkInterfaces", "10.1.0.0/16", "04 Invariant")]
    [InlineData("gap NetworkInterfaces", "0.0.0.0/0", "04 Invariant")]
    [InlineData("gap NetworkInterfaces", "10.9.0.0/16", "01 Symbolic")] // outside the VPC: cannot hold it
    [InlineData("gap NetworkInterfaces\ngap Vpcs", "0.0.0.0/0", "04 Invariant")]
    public void A_block_covers_when_it_holds_all_addresses_of_a_family(string more, string cidr, string expected)
    {
        var finding = Assert.Single(Audit.Of($"group web\n  egress tcp/3306 to db\ngroup db\n  ingress tcp/3306 from {cidr}\n{more}").Findings, f => PairCodes.Contains(f.Rule));
        Assert.Equal($"SP-PAIR-{expected}", $"{finding.Rule} {finding.Basis}");
    }

    [Theory]
    [InlineData("gap NetworkInterfaces", "10.1.0.0/17", "interfaces")]
    [InlineData("gap NetworkInterfaces\ngap Vpcs", "10.9.0.0/16", "interfaces")]
    [InlineData("", "pl-x", "pl-x")]
    public void A_block_that_may_cover_makes_the_pair_unknown(string more, string peer, string gap) => Assert.Contains(
        gap, Audit.Unknown("SP-PAIR-01", $"group web\n  egress tcp/3306 to db\ngroup db\n  ingress tcp/3306 from {peer}\n{more}"), StringComparison.Ordinal);

    [Fact]
    public void An_unread_list_for_other_ports_leaves_the_pair_certain() => Assert.Equal(
        ["SP-PAIR-01 sg-web egress tcp/3306 to sg-db"], Pairs("group web\n  egress tcp/3306 to db\ngroup db\n  ingress tcp/22 from pl-x"));

    [Fact]
    public void A_prefix_list_covers_as_its_entries_do() => Assert.Equal(
        ["SP-PAIR-04 sg-web egress tcp/3306 to sg-db"],
        Pairs("list pl-x 10.1.0.0/17 10.1.128.0/17\ngroup web\n  egress tcp/3306 to db\ngroup db\n  ingress tcp/3306 from pl-x"));

    [Fact]
    public void A_rule_for_everything_everywhere_is_no_declared_half_unless_policy_says_so()
    {
        const string Estate = "group web\n  egress any to 0.0.0.0/0\n  egress any to ::/0\ngroup db\n  ingress tcp/3306 from web";
        Assert.Equal(["SP-PAIR-02 sg-db ingress tcp/3306 from sg-web"], Pairs(Estate));
        var options = new AuditOptions { Parameters = ParameterValues.Defaults.With(AuditParameters.AllowAllCounts, true) };
        Assert.Equal(["SP-PAIR-04 sg-db ingress tcp/3306 from sg-web"], Pairs(Estate, options));
    }

    [Fact]
    public void A_world_rule_for_one_port_is_a_half_by_address() => Assert.Equal(
        ["SP-PAIR-04 sg-db ingress tcp/443 from sg-web"], Pairs("group web\n  egress tcp/443 to 0.0.0.0/0\ngroup db\n  ingress tcp/443 from web"));

    [Fact]
    public void Ingress_for_everything_everywhere_does_cover() => Assert.Equal(
        ["SP-PAIR-04 sg-web egress tcp/443 to sg-db"], Pairs("group web\n  egress tcp/443 to db\ngroup db\n  ingress any from 0.0.0.0/0"));

    [Fact]
    public void Self_references_need_both_rules_too()
    {
        Assert.Empty(Pairs("group web\n  egress any to web\n  ingress any from web"));
        Assert.Equal(["SP-PAIR-02 sg-web ingress any from sg-web"], Pairs("group web\n  ingress any from web"));
    }

    [Fact]
    public void A_group_outside_the_estate_is_unknown() => Assert.Contains(
        "sg-elsewhere is not in the estate", Audit.Unknown("SP-PAIR-01", "group web\n  egress tcp/443 to elsewhere"), StringComparison.Ordinal);

    [Fact]
    public void Groups_of_peered_VPCs_and_other_accounts_are_judged_as_usual()
    {
        Assert.Empty(Pairs("group web\n  egress tcp/1 to db\ngroup db in vpc-b of 444455556666\n  ingress tcp/1 from web"));
        Assert.Equal(["SP-PAIR-01 sg-web egress tcp/1 to sg-db"], Pairs("group web\n  egress tcp/1 to db\ngroup db in vpc-b of 444455556666"));
    }

    [Fact]
    public void References_over_a_dead_peering_are_left_to_the_stale_reference_rule_and_cover_nothing()
    {
        Assert.Empty(Pairs("group web\n  egress tcp/1 to db dead\ngroup db in vpc-b"));
        Assert.Equal(["SP-PAIR-01 sg-web egress tcp/1 to sg-db"], Pairs("group web\n  egress tcp/1 to db\ngroup db in vpc-b\n  ingress tcp/1 from web dead"));
    }

    private static IReadOnlyList<string> Pairs(string estate, AuditOptions? options = null)
    {
        var report = Audit.Of(estate, options);
        Assert.DoesNotContain(report.Unknown, u => PairCodes.Contains(u.Rule));
        return [.. report.Findings.Where(f => PairCodes.Contains(f.Rule))
            .Select(f => $"{f.Rule} {f.Resource.Id} {Assert.Single(f.Evidence).Key}").Order(StringComparer.Ordinal)];
    }
}

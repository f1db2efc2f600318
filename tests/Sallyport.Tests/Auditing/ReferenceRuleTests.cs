using Sallyport.Auditing;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Tests.Auditing;

public sealed class ReferenceRuleTests
{
    private const string TwoVpcs = "\ngroup app in vpc-b\npeering pcx-1 vpc-a vpc-b";

    [Theory]
    [InlineData("deleted")]
    [InlineData("rejected")]
    [InlineData("expired")]
    public void A_reference_over_a_peering_that_is_not_active_is_stale(string status)
    {
        var finding = Audit.Fires("SP-REF-01", $"group web\n  ingress tcp/443 from app\n  ingress tcp/80 from web\ngroup app in vpc-b\npeering pcx-1 vpc-a vpc-b status {status}", "ingress tcp/443 from sg-app");
        Assert.Contains(status, finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_that_ec2_itself_calls_dead_is_stale_whatever_the_peering() =>
        Audit.Fires("SP-REF-01", $"group web\n  egress tcp/443 to app dead{TwoVpcs}", "egress tcp/443 to sg-app");

    [Fact]
    public void A_reference_over_an_active_peering_is_not() => Audit.Quiet("SP-REF-01", $"group web\n  ingress tcp/443 from app{TwoVpcs}");

    [Fact]
    public void A_reference_into_a_vpc_that_nothing_connects_is_stale()
    {
        Assert.Single(Audit.Of(Apart(GapKind.Peerings, GapKind.TransitGateways)).Findings, f => f.Rule == "SP-REF-01");
        Assert.DoesNotContain(Audit.Of(Apart(GapKind.TransitGateways)).Findings, f => f.Rule == "SP-REF-01");

        static Estate Apart(params GapKind[] collected)
        {
            var rule = new SecurityGroupRule(Direction.Ingress, Service.Tcp(443), new GroupPeer(new SecurityGroupId("sg-app")) { Account = EstateText.Account });
            var builder = new EstateBuilder()
                .Add(new Vpc(new VpcId("vpc-a"), EstateText.Home)).Add(new Vpc(new VpcId("vpc-b"), EstateText.Home))
                .Add(new SecurityGroup(new SecurityGroupId("sg-web"), EstateText.Home) { Vpc = new VpcId("vpc-a"), Rules = [rule] })
                .Add(new SecurityGroup(new SecurityGroupId("sg-app"), EstateText.Home) { Vpc = new VpcId("vpc-b") });
            foreach (var kind in collected) builder.MarkCollected(kind);
            return builder.Build();
        }
    }

    [Fact]
    public void Without_peerings_it_is_not_known_whether_something_connects()
    {
        Assert.DoesNotContain(Audit.Of("group web\n  ingress tcp/443 from app\ngroup app in vpc-b\ngap Peerings").Findings, f => f.Rule == "SP-REF-01");
        Audit.Fires("SP-REF-01", "group web\n  ingress tcp/443 from app dead\ngroup app in vpc-b\ngap Peerings", "ingress tcp/443 from sg-app");
    }

    [Fact]
    public void A_group_that_was_not_read_is_unknown_and_never_a_pass()
    {
        Assert.Equal("group sg-app was not read", Audit.Unknown("SP-REF-01", "group web\n  ingress tcp/443 from app"));
        Assert.Contains("sg-app", Audit.Unknown("SP-REF-02", "group web\n  ingress tcp/443 from app"), StringComparison.Ordinal);
        Assert.Equal("group sg-app was not read", Audit.Unknown("SP-REF-03", "set reference.forbidden.tags x\ngroup web\n  ingress tcp/443 from app"));
    }

    [Fact]
    public void A_group_beyond_a_peering_whose_owner_ec2_no_longer_tells_is_gone()
    {
        var rule = new SecurityGroupRule(Direction.Ingress, Service.Tcp(443), new GroupPeer(new SecurityGroupId("sg-gone")) { Peering = new PeeringId("pcx-1"), PeeringStatus = "active" });
        var estate = new EstateBuilder().Add(new SecurityGroup(new SecurityGroupId("sg-web"), EstateText.Home) { Vpc = new VpcId("vpc-a"), Rules = [rule] }).Build();
        Assert.Single(Audit.Of(estate).Findings, f => f.Rule == "SP-REF-01");
        var named = rule with { Peer = (GroupPeer)rule.Peer with { Account = "444455556666" } };
        var report = Audit.Of(new EstateBuilder().Add(estate.SecurityGroups[0] with { Rules = [named] }).Build());
        Assert.DoesNotContain(report.Findings, f => f.Rule == "SP-REF-01");
        Assert.Single(report.Unknown, u => u.Rule == "SP-REF-01");
    }

    [Theory]
    [InlineData("", "high", "unknown")]
    [InlineData("set accounts.own 444455556666\n", "low", "your own")]
    [InlineData("set accounts.trusted 444455556666\n", "info", "trusted")]
    [InlineData("set accounts.own 444455556666\nset accounts.trusted 444455556666\n", "low", "your own")]
    public void A_reference_into_another_account_weighs_what_the_account_is_worth(string settings, string severity, string word)
    {
        var estate = Foreign("444455556666");
        var finding = Assert.Single(Audit.Of(estate, EstateText.Options(settings)).Findings, f => f.Rule == "SP-REF-02");
        Assert.Equal(severity, finding.Severity.ToString().ToLowerInvariant());
        Assert.Contains($"444455556666 ({word})", finding.Message, StringComparison.Ordinal);
        Assert.Equal(["ingress tcp/443 from sg-far"], finding.Evidence.Select(e => e.Key.ToString()));
    }

    [Fact]
    public void An_account_of_the_estate_is_ones_own_and_the_worst_account_counts()
    {
        Assert.Equal(FindingSeverity.Low, Audit.Fires("SP-REF-02", "group web\n  ingress tcp/443 from app\ngroup app of 444455556666").Severity);
        var both = Foreign("444455556666", "777788889999");
        var finding = Assert.Single(Audit.Of(both, EstateText.Options("set accounts.trusted 444455556666")).Findings, f => f.Rule == "SP-REF-02");
        Assert.Equal(FindingSeverity.High, finding.Severity);
        Assert.Equal(2, finding.Evidence.Length);
    }

    [Fact]
    public void The_same_account_is_no_other() => Assert.DoesNotContain(Audit.Of(Foreign(EstateText.Account)).Findings, f => f.Rule == "SP-REF-02");

    [Theory]
    [InlineData("set reference.forbidden.tags tier=public", true)]
    [InlineData("set reference.forbidden.tags tier", true)]
    [InlineData("set reference.forbidden.tags Tier", false)]
    [InlineData("set reference.forbidden.tags tier=private", false)]
    [InlineData("set reference.forbidden.names ^pub", true)]
    [InlineData("set reference.forbidden.names sandbox", true)]
    [InlineData("set reference.forbidden.names private", false)]
    [InlineData("set reference.forbidden.vpcs vpc-b", true)]
    [InlineData("set reference.forbidden.vpcs vpc-a", false)]
    public void A_policy_forbids_groups_by_tag_name_and_vpc(string setting, bool fires)
    {
        var text = $"{setting}\ngroup db\n  ingress tcp/5432 from web\n  ingress tcp/5432 from db\n  ingress tcp/5432 from good\ngroup web in vpc-b named public-web described \"the sandbox\" tag tier=public\ngroup good{TwoVpcs}";
        if (fires) Audit.Fires("SP-REF-03", text, "ingress tcp/5432 from sg-web");
        else Audit.Quiet("SP-REF-03", text);
    }

    [Fact]
    public void Without_a_policy_the_rule_is_not_assessed()
    {
        var report = Audit.Of("group db\n  ingress tcp/5432 from web\ngroup web tag tier=public");
        Assert.Contains(report.NotAssessed, n => n.Rule.Code == "SP-REF-03");
        Assert.DoesNotContain(report.Findings, f => f.Rule == "SP-REF-03");
    }

    private const string Peered = "vpc vpc-a 10.1.0.0/16\nvpc vpc-b 10.2.0.0/16 10.3.0.0/16\nsubnet subnet-a 10.1.0.0/24\npeering pcx-1 vpc-a vpc-b\n";

    [Theory]
    [InlineData("10.2.0.0/16 pcx-1", true)]
    [InlineData("10.3.0.0/16 pcx-1", true)]
    [InlineData("10.2.0.0/15 pcx-1", true)]
    [InlineData("10.0.0.0/8 pcx-1", true)]
    [InlineData("0.0.0.0/0 pcx-1", true)]
    [InlineData("::/0 pcx-1", true)]
    [InlineData("10.2.0.0/17 pcx-1", false)]
    [InlineData("10.2.3.4/32 pcx-1", false)]
    [InlineData("10.2.0.0/16 tgw-1", false)]
    [InlineData("0.0.0.0/0 igw-1", false)]
    public void A_peering_route_must_not_hold_a_whole_block_of_the_other_vpc(string route, bool fires)
    {
        if (fires) Assert.Equal("AWS::EC2::RouteTable", Audit.Fires("SP-REF-04", $"{Peered}route subnet-a {route}").Resource.Type);
        else Audit.Quiet("SP-REF-04", $"{Peered}route subnet-a {route}");
    }

    [Fact]
    public void A_peering_that_was_not_read_is_unknown_but_for_a_route_to_everything()
    {
        const string blind = "vpc vpc-a 10.1.0.0/16\nsubnet subnet-a 10.1.0.0/24\n";
        Assert.Contains("pcx-9", Audit.Unknown("SP-REF-04", $"{blind}route subnet-a 10.9.0.0/16 pcx-9"), StringComparison.Ordinal);
        Audit.Fires("SP-REF-04", $"{blind}route subnet-a 0.0.0.0/0 pcx-9");
    }

    [Fact]
    public void Route_tables_that_were_not_read_matter_only_where_a_peering_is()
    {
        Assert.Contains("route tables", Audit.Unknown("SP-REF-04", $"{Peered}gap RouteTables"), StringComparison.Ordinal);
        Audit.Quiet("SP-REF-04", "vpc vpc-a 10.1.0.0/16\ngap RouteTables");
    }

    private static Estate Foreign(params string[] accounts) => new EstateBuilder()
        .Add(new SecurityGroup(new SecurityGroupId("sg-web"), EstateText.Home)
        {
            Vpc = new VpcId("vpc-a"),
            Rules = [.. accounts.Select((a, i) => new SecurityGroupRule(Direction.Ingress, Service.Tcp(443), new GroupPeer(new SecurityGroupId($"sg-far{(i == 0 ? "" : "-2")}")) { Account = a }))],
        })
        .Build();
}

using Sallyport.Auditing;
using Sallyport.Auditing.Custom;

namespace Sallyport.Tests.Auditing.Custom;

public sealed class CustomRuleTests
{
    private const string Estate = """
        group web named "shop-web" described "front end" tag owner=shop tag env=prod
          ingress tcp/443 from 0.0.0.0/0 "customers"
          ingress tcp/8000-8080 from 10.0.0.0/8
          ingress any from web
          egress tcp/5432 to db
          egress udp/53 to 10.0.0.2/32
        group db named "shop-db"
          ingress tcp/5432 from web
          ingress icmp from 192.168.0.0/16
          ingress tcp/22 from pl-office
          egress tcp/443 to ::/0
        interface eni-1 web 10.1.0.5
        list pl-office 198.51.100.0/24 203.0.112.0/24 called office
        """;

    /// <summary>A condition and the rules of the estate that it matches.</summary>
    public static TheoryData<string, string[]> Facts => new()
    {
        { "{direction: egress}", ["egress tcp/5432 to sg-db", "egress udp/53 to 10.0.0.2/32", "egress tcp/443 to ::/0"] },
        { "{protocol: [icmp, any]}", ["ingress any from sg-web", "ingress icmp from 192.168.0.0/16"] },
        { "{protocol: 17}", ["egress udp/53 to 10.0.0.2/32"] },
        { "{covers: tcp/8001-8010}", ["ingress tcp/8000-8080 from 10.0.0.0/8", "ingress any from sg-web"] },
        { "{covers: tcp/8001-8090}", ["ingress any from sg-web"] },
        { "{covers: [tcp/8001-8090, tcp/22]}", ["ingress any from sg-web", "ingress tcp/22 from pl-office"] },
        { "{overlaps: tcp/8080-9000}", ["ingress tcp/8000-8080 from 10.0.0.0/8", "ingress any from sg-web"] },
        { "{within: [tcp/0-4000, tcp/4001-8080]}", ["ingress tcp/443 from 0.0.0.0/0", "ingress tcp/8000-8080 from 10.0.0.0/8", "egress tcp/5432 to sg-db", "ingress tcp/5432 from sg-web", "ingress tcp/22 from pl-office", "egress tcp/443 to ::/0"] },
        { "{portsMoreThan: 1}", ["ingress tcp/8000-8080 from 10.0.0.0/8", "ingress any from sg-web"] },
        { "{portsMoreThan: 81}", ["ingress any from sg-web"] },
        { "{description: \"cust*\"}", ["ingress tcp/443 from 0.0.0.0/0"] },
        { "{peer: {kind: group}}", ["ingress any from sg-web", "egress tcp/5432 to sg-db", "ingress tcp/5432 from sg-web"] },
        { "{peer: {kind: self}}", ["ingress any from sg-web"] },
        { "{peer: {kind: prefixList}}", ["ingress tcp/22 from pl-office"] },
        { "{peer: {public: true}}", ["ingress tcp/443 from 0.0.0.0/0", "ingress tcp/22 from pl-office", "egress tcp/443 to ::/0"] },
        { "{peer: {public: false, kind: cidr}}", ["ingress tcp/8000-8080 from 10.0.0.0/8", "egress udp/53 to 10.0.0.2/32", "ingress icmp from 192.168.0.0/16"] },
        { "{peer: {world: true}}", ["ingress tcp/443 from 0.0.0.0/0", "egress tcp/443 to ::/0"] },
        { "{peer: {within: [10.0.0.0/9, 10.128.0.0/9]}}", ["ingress tcp/8000-8080 from 10.0.0.0/8", "egress udp/53 to 10.0.0.2/32"] },
        { "{peer: {contains: 10.0.0.2}}", ["ingress tcp/443 from 0.0.0.0/0", "ingress tcp/8000-8080 from 10.0.0.0/8", "egress udp/53 to 10.0.0.2/32"] },
        { "{peer: {contains: 198.51.100.0/25}}", ["ingress tcp/443 from 0.0.0.0/0", "ingress tcp/22 from pl-office"] },
        { "{peer: {overlaps: 203.0.112.7}}", ["ingress tcp/443 from 0.0.0.0/0", "ingress tcp/22 from pl-office"] },
        { "{peer: {id: \"pl-*\"}}", ["ingress tcp/22 from pl-office"] },
        { "{peer: {name: office}}", ["ingress tcp/22 from pl-office"] },
        { "{peer: {name: \"/-db$/\"}}", ["egress tcp/5432 to sg-db"] },
        { "{peer: {tag: {env: prod}}}", ["ingress any from sg-web", "ingress tcp/5432 from sg-web"] },
        { "{peer: {hasTag: owner}}", ["ingress any from sg-web", "ingress tcp/5432 from sg-web"] },
        { "{peer: {account: 111122223333, vpc: vpc-a}}", ["ingress any from sg-web", "egress tcp/5432 to sg-db", "ingress tcp/5432 from sg-web"] },
        { "{direction: ingress, group: {name: \"*-db\"}}", ["ingress tcp/5432 from sg-web", "ingress icmp from 192.168.0.0/16", "ingress tcp/22 from pl-office"] },
        { "{direction: egress, group: {tag: {owner: shop, env: \"p*\"}}}", ["egress tcp/5432 to sg-db", "egress udp/53 to 10.0.0.2/32"] },
        { "{direction: egress, not: {group: {hasTag: owner}}}", ["egress tcp/443 to ::/0"] },
        { "{direction: egress, group: {attached: true, default: false}}", ["egress tcp/5432 to sg-db", "egress udp/53 to 10.0.0.2/32"] },
        { "{direction: egress, group: {rulesMoreThan: 4}}", ["egress tcp/5432 to sg-db", "egress udp/53 to 10.0.0.2/32"] },
        { "{any: [{covers: tcp/22}, {all: [{protocol: udp}, {direction: egress}]}]}", ["ingress any from sg-web", "ingress tcp/22 from pl-office", "egress udp/53 to 10.0.0.2/32"] },
        { "{not: {any: [{direction: ingress}, {protocol: tcp}]}}", ["egress udp/53 to 10.0.0.2/32"] },
    };

    [Theory]
    [MemberData(nameof(Facts))]
    public void A_fact_matches_these_rules_and_no_others(string match, string[] expected)
    {
        var report = Run(match);
        Assert.Equal(expected.Order(StringComparer.Ordinal), report.Findings.SelectMany(f => f.Evidence).Select(e => e.Key.ToString()).Order(StringComparer.Ordinal));
        Assert.Empty(report.Unknown);
        Assert.Equal(report.Findings.Length, report.Findings.Select(f => f.Resource.Id).Distinct().Count());
    }

    [Theory]
    [InlineData("{group: {name: shop-db}}", "sg-db")]
    [InlineData("{group: {description: \"/front/\"}}", "sg-web")]
    [InlineData("{group: {attached: false}}", "sg-db")]
    [InlineData("{not: {group: {hasTag: [owner, team]}}}", "sg-db")]
    [InlineData("{group: {id: sg-web, region: \"eu-*\", account: \"1111*\", vpc: vpc-a}}", "sg-web")]
    public void Facts_of_the_group_alone_judge_the_group(string match, string group)
    {
        var finding = Assert.Single(Run(match).Findings);
        Assert.Equal(group, finding.Resource.Id);
        Assert.Empty(finding.Evidence);
    }

    [Fact]
    public void Unless_takes_out_what_it_holds_for()
    {
        var report = Run("{direction: egress}", "{any: [{protocol: udp}, {peer: {name: shop-db}}]}");
        Assert.Equal("egress tcp/443 to ::/0", Assert.Single(Assert.Single(report.Findings).Evidence).Key.ToString());
    }

    [Fact]
    public void A_finding_says_what_matched()
    {
        var finding = Assert.Single(Run("{direction: ingress, any: [{covers: tcp/22}, {covers: tcp/23}], peer: {public: true}}", "{group: {tag: {env: test}}}", "{group} lets {peers} use {services}; {count} of {group.name} in {account} {region} {vpc} {directions}").Findings, f => f.Resource.Id == "sg-db");
        Assert.Equal(
            "sg-db (shop-db) lets pl-office use tcp/22; 1 of shop-db in 111122223333 eu-west-1 vpc-a ingress. "
            + "Matched: direction ingress; peer public; covers tcp/22; not group tag env test.",
            finding.Message);
    }

    [Theory]
    [InlineData("{peer: {public: true}}", "list pl-x unread\ngroup a\n  ingress tcp/22 from pl-x\n", "the entries of prefix list pl-x were not read")]
    [InlineData("{not: {peer: {public: true}}}", "list pl-x unread\ngroup a\n  ingress tcp/22 from pl-x\n", "the entries of prefix list pl-x were not read")]
    [InlineData("{peer: {name: x}}", "group a\n  ingress tcp/22 from ghost\n", "the group sg-ghost was not read")]
    [InlineData("{direction: ingress, group: {attached: true}}", "gap NetworkInterfaces\ngroup a\n  ingress tcp/22 from 10.0.0.0/8\n", "interfaces were not read")]
    [InlineData("{hasTag: a}", "group a\n  ingress tcp/22 from 10.0.0.0/8\n", "the tags of rules were not read")]
    public void What_was_not_read_is_unknown_and_no_pass(string match, string estate, string gap)
    {
        var report = Run(match, estate: estate);
        Assert.Empty(report.Findings);
        Assert.Equal(gap, Assert.Single(report.Unknown).Gap);
    }

    [Theory]
    [InlineData("{direction: egress, peer: {public: true}}")]
    [InlineData("{all: [{peer: {public: true}}, {covers: tcp/23}]}")]
    [InlineData("{not: {any: [{peer: {public: true}}, {covers: tcp/22}]}}")]
    public void What_is_decided_without_the_gap_is_not_unknown(string match)
    {
        var report = Run(match, estate: "list pl-x unread\ngroup a\n  ingress tcp/22 from pl-x\n");
        Assert.Empty(report.Findings);
        Assert.Empty(report.Unknown);
    }

    [Fact]
    public void An_exception_that_nobody_can_judge_makes_the_finding_unknown()
    {
        const string Unread = "list pl-x unread\ngroup a\n  ingress tcp/22 from pl-x\n  ingress tcp/22 from 192.0.2.0/24\n";
        var report = Run("{covers: tcp/22}", "{peer: {within: 10.0.0.0/8}}", estate: Unread);
        Assert.Equal("ingress tcp/22 from 192.0.2.0/24", Assert.Single(Assert.Single(report.Findings).Evidence).Key.ToString());
        Assert.Single(report.Unknown);
    }

    [Fact]
    public void A_rule_that_could_not_be_understood_is_unknown()
    {
        var report = Run("{covers: tcp/22}", estate: "group a\n  malformed ingress \"from 70000\"\n");
        Assert.Equal("a rule of the group could not be understood", Assert.Single(report.Unknown).Gap);
    }

    [Fact]
    public void Own_rules_are_selected_waived_overridden_and_mapped_like_the_others()
    {
        var options = Options("{covers: tcp/22}", null, "m") with
        {
            Severities = new Dictionary<string, FindingSeverity> { ["ACME-01"] = FindingSeverity.Critical },
            Waivers = [new Waiver("ACME-*", "shop-db", "r", "o", DateOnly.MaxValue)],
        };
        var finding = Audit.Of(Estate, options).Findings.Single(f => f.Resource.Id == "sg-db");
        Assert.Equal(FindingSeverity.Critical, finding.Severity);
        Assert.NotNull(finding.Waiver);
        Assert.Equal(["ACME-01"], RuleBook.With(options.CustomRules).Select("custom").Select(r => r.Code));
        Assert.Empty(Audit.Of(Estate, options with { Rules = [], Excluded = ["ACME-01"] }).Findings.Where(f => f.Rule == "ACME-01"));
    }

    private static AuditReport Run(string match, string? unless = null, string message = "m", string estate = Estate) =>
        Audit.Of(estate, Options(match, unless, message));

    private static AuditOptions Options(string match, string? unless, string message)
    {
        var yaml = $"rules: [{{id: ACME-01, title: t, message: \"{message}\", match: {match}{(unless is null ? "" : $", unless: {unless}")}}}]";
        var read = CustomRuleReader.Read([(yaml, "own.yaml")]);
        Assert.True(read.Value is not null, string.Join("\n", read.Diagnostics));
        return AuditOptions.Default with { CustomRules = read.Value.Items, Rules = ["ACME-01"] };
    }
}

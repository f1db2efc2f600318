using FsCheck;
using FsCheck.Fluent;
using Sallyport.Auditing;
using Sallyport.Connections.Compiling;
using Sallyport.Planning;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Auditing;

/// <summary>SP-DECL-01, SP-DECL-02, SP-SEM-01 to SP-SEM-03 and SP-OVL-07's detours: the estate against a connections file.</summary>
public sealed class DeclarationRuleTests
{
    private const string Whole = "group web\n  egress tcp/3306 to db\ngroup db\n  ingress tcp/3306 from web\n";
    private const string Members = "interface eni-1 web 10.1.0.5 in subnet-a\ninterface eni-2 db 10.1.1.6 in subnet-b\n";

    private static readonly string[] NeedConnections = ["SP-DECL-01", "SP-DECL-02", "SP-SEM-01", "SP-SEM-02", "SP-SEM-03"];

    [Fact]
    public void Without_a_file_none_of_them_is_assessed() => Assert.Equal(
        NeedConnections.Select(c => $"{c}: needs a connections file"),
        Audit.Of(Whole).NotAssessed.Where(n => NeedConnections.Contains(n.Rule.Code)).Select(n => $"{n.Rule.Code}: {n.Why}"));

    [Fact]
    public void A_file_that_does_not_fit_is_no_pass()
    {
        var report = Audit.Of($"{Whole}connections\nversion: 1\ngroups: {{web: {{sg: sg-gone}}}}\nconnections: {{}}\ntests: [{{id: t, never: {{from: web, to: web, services: [tcp/1]}}}}]\n");
        var said = report.NotAssessed.Where(n => NeedConnections.Contains(n.Rule.Code)).ToDictionary(n => n.Rule.Code, n => n.Why);
        Assert.Equal(NeedConnections, said.Keys.Order(StringComparer.Ordinal));
        Assert.All(said.Values, why => Assert.Matches("SPD11[0-9]{2}: .*sg-gone.*[^.]\\)$", why));
    }

    [Fact]
    public void Rules_for_traffic_events_and_code_are_listed_as_not_assessed() => Assert.Equal(
        [
            "SP-DECL-03 needs flow logs", "SP-DECL-04 needs flow logs", "SP-DECL-05 needs flow logs", "SP-DRF-01 needs infrastructure code", "SP-DRF-03 needs event history",
            "SP-LRN-01 needs flow logs", "SP-LRN-02 needs flow logs",
        ],
        Audit.Of($"{Whole}{Connect()}").NotAssessed.Where(n => n.Rule.Family is RuleFamily.Declaration or RuleFamily.Learning or RuleFamily.Drift).Select(n => $"{n.Rule.Code} {n.Why}"));

    [Theory]
    [InlineData("  egress tcp/22 to db", "egress tcp/22 to sg-db")]
    [InlineData("  ingress any from 0.0.0.0/0", "ingress any from 0.0.0.0/0")]
    [InlineData("  ingress tcp/3306 from db", "ingress tcp/3306 from sg-db")] // the other direction
    [InlineData("  egress tcp/3306 to 10.1.0.0/16", "egress tcp/3306 to 10.1.0.0/16")] // a block is no group
    public void A_rule_that_nothing_asks_for(string rule, string evidence) =>
        Audit.Fires("SP-DECL-01", $"group web\n  egress tcp/3306 to db\n{rule}\ngroup db\n  ingress tcp/3306 from web\n{Connect()}", evidence);

    [Fact]
    public void A_part_of_what_is_declared_is_declared() => Audit.Quiet(
        "SP-DECL-01",
        "group web\n  egress tcp/443 to 198.51.100.0/25\n  egress tcp/443 to 198.51.100.128/25\n"
        + Connect("c: {from: web, to: out, services: [tcp/443], reason: r}", externals: "{out: {cidrs: [198.51.100.0/24]}}", groups: "{web: {sg: sg-web}}"));

    [Fact]
    public void More_than_declared_is_not() => Audit.Fires(
        "SP-DECL-01",
        "group web\n  egress tcp/443 to 198.51.100.0/24\n"
        + Connect("c: {from: web, to: out, services: [tcp/443], reason: r}", externals: "{out: {cidrs: [198.51.100.0/25]}}", groups: "{web: {sg: sg-web}}"),
        "egress tcp/443 to 198.51.100.0/24");

    [Fact]
    public void Residuals_count_as_declared() => Audit.Quiet(
        "SP-DECL-01", $"group web\n  egress tcp/3306 to db\n  ingress tcp/22 from 10.0.0.0/8\ngroup db\n  ingress tcp/3306 from web\n{Connect()}residual: [{{group: web, direction: ingress, peer: 10.0.0.0/8, services: [tcp/22]}}]\n");

    [Fact]
    public void Groups_that_are_not_named_or_read_only_are_left_alone() => Audit.Quiet(
        "SP-DECL-01", $"{Whole}  ingress any from 0.0.0.0/0\ngroup other\n  ingress any from 0.0.0.0/0\n{Connect(groups: "{web: {sg: sg-web}, db: {sg: sg-db, readOnly: true}}")}");

    [Fact]
    public void A_list_that_was_not_read_may_be_declared()
    {
        var declared = Connect("c: {from: web, to: out, services: [tcp/443], reason: r}", externals: "{out: {cidrs: [198.51.100.0/24]}}", groups: "{web: {sg: sg-web}}");
        Assert.Contains("pl-x", Audit.Unknown("SP-DECL-01", $"list pl-x unread\ngroup web\n  egress tcp/443 to pl-x\n{declared}"), StringComparison.Ordinal);
        Audit.Fires("SP-DECL-01", $"list pl-x unread\ngroup web\n  egress tcp/22 to pl-x\n{declared}", "egress tcp/22 to pl-x"); // nothing declares that port
    }

    [Fact]
    public void Rules_that_were_not_understood_leave_it_open() =>
        Assert.Contains("missing", Audit.Unknown("SP-DECL-01", $"group web\n  egress tcp/3306 to db\n  malformed ingress \"what\"\ngroup db\n  ingress tcp/3306 from web\n{Connect()}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("group web\ngroup db\n  ingress tcp/3306 from web\n", "sg-web web-to-db: web (sg-web) does not let tcp/3306 out to db (sg-db).")]
    [InlineData("group web\n  egress tcp/3306 to db\ngroup db\n", "sg-db web-to-db: db (sg-db) does not admit tcp/3306 from web (sg-web).")]
    [InlineData("group web\n  egress tcp/3306 to db\ngroup db\n  ingress tcp/3307 from web\n", "sg-db web-to-db: db (sg-db) does not admit tcp/3306 from web (sg-web).")]
    public void A_missing_half_is_told_to_the_group_that_lacks_it(string groups, string expected)
    {
        foreach (var members in new[] { "", Members.Replace(" in subnet-a", "").Replace(" in subnet-b", "") })
        {
            var finding = Assert.Single(Audit.Findings("SP-DECL-02", $"{groups}{members}{Connect()}"));
            Assert.Equal(expected, $"{finding.Resource.Id} {finding.Message}");
            Assert.Equal("connections.yaml", finding.Location!.File);
        }
    }

    [Fact]
    public void Both_halves_missing_are_two_findings() => Assert.Equal(["sg-db", "sg-web"], Audit.Findings("SP-DECL-02", $"group web\ngroup db\n{Connect()}").Select(f => f.Resource.Id));

    [Fact]
    public void What_broader_rules_let_through_works() => Audit.Quiet(
        "SP-DECL-02", $"group web\n  egress any to 0.0.0.0/0\ngroup db\n  ingress tcp/3306 from 10.1.0.0/16\n{Network("any")}{Members}{Connect()}");

    [Fact]
    public void A_block_that_leaves_out_one_member_does_not() => Assert.Contains(
        "does not admit", Assert.Single(Audit.Findings("SP-DECL-02", $"group web\n  egress tcp/3306 to db\ngroup db\n  ingress tcp/3306 from 10.1.0.5/32\n{Network("any")}{Members}interface eni-3 web 10.1.0.7 in subnet-a\n{Connect()}")).Message, StringComparison.Ordinal);

    [Fact]
    public void The_network_counts_too_there_and_back()
    {
        Audit.Quiet("SP-DECL-02", $"{Whole}{Network("any")}{Members}{Connect()}");
        var stopped = Assert.Single(Audit.Findings("SP-DECL-02", $"{Whole}{Network("tcp/443")}{Members}{Connect()}"));
        Assert.StartsWith("web-to-db: the network stops tcp/3306 from web (sg-web) to db (sg-db) (", stopped.Message, StringComparison.Ordinal);
        Assert.Contains("acl-subnet-b of subnet-b stops packets", stopped.Message, StringComparison.Ordinal);
        Assert.Contains("stops the answer", Assert.Single(Audit.Findings("SP-DECL-02", $"{Whole}{Network("any", "tcp/443")}{Members}{Connect()}")).Message, StringComparison.Ordinal);
        Assert.Equal(
            "web-to-db: answers to tcp/3306 from web (sg-web) to db (sg-db) get back to part of the ephemeral ports only.",
            Assert.Single(Audit.Findings("SP-DECL-02", $"{Whole}{Network("any", "tcp/32768-65535")}{Members}{Connect()}")).Message);
    }

    [Fact]
    public void A_network_that_was_not_read_is_unknown() => Assert.Contains(
        "acl", Audit.Unknown("SP-DECL-02", $"{Whole}subnet subnet-a 10.1.0.0/24\nsubnet subnet-b 10.1.1.0/24\nroute subnet-a 10.1.0.0/16 local\nroute subnet-b 10.1.0.0/16 local\ngap NetworkAcls\n{Members}{Connect()}").ToLowerInvariant(), StringComparison.Ordinal);

    [Fact]
    public void Members_that_were_not_read_leave_the_network_open() => Assert.All(
        Audit.Of($"{Whole}gap NetworkInterfaces\n{Connect()}").Unknown.Where(u => u.Rule == "SP-DECL-02"),
        u => Assert.Contains("interfaces were not read", u.Gap, StringComparison.Ordinal));

    [Theory]
    [InlineData("egress tcp/443 to 0.0.0.0/0", "igw-1", "public 203.0.113.9", 0)]
    [InlineData("egress tcp/443 to 0.0.0.0/0", "igw-1", "", 1)] // no public address
    [InlineData("egress tcp/443 to 0.0.0.0/0", "local", "public 203.0.113.9", 1)] // no route
    [InlineData("egress tcp/443 to 198.51.100.0/24", "igw-1", "public 203.0.113.9", 1)] // not all of it
    public void Towards_the_internet_rules_must_hold_for_all_of_it_and_the_network_for_some(string rule, string target, string address, int findings)
    {
        var route = target == "local" ? "route subnet-a 10.1.0.0/16 local" : $"route subnet-a 0.0.0.0/0 {target}\ngateway {target}";
        var estate = $"group web\n  {rule}\nsubnet subnet-a 10.1.0.0/24\n{route}\nacl subnet-a allow ingress any 0.0.0.0/0\nacl subnet-a allow egress any 0.0.0.0/0\ninterface eni-1 web 10.1.0.5 {address} in subnet-a\n"
            + Connect("c: {from: web, to: internet, services: [tcp/443], reason: r}", externals: "{internet: {cidrs: [0.0.0.0/0], public: true}}", groups: "{web: {sg: sg-web}}");
        Assert.Equal(findings, Audit.Findings("SP-DECL-02", estate).Count);
        Assert.DoesNotContain(Audit.Of(estate).Unknown, u => u.Rule == "SP-DECL-02");
    }

    [Fact]
    public void A_half_that_is_not_declared_is_not_missed() => Audit.Quiet(
        "SP-DECL-02", $"group web\n  egress tcp/3306 to db\ngroup db\n{Connect("web-to-db: {from: web, to: db, services: [tcp/3306], reason: r, sides: egress}")}");

    [Fact]
    public void What_a_read_only_group_lacks_is_told_too() => Assert.Equal(
        "sg-db", Assert.Single(Audit.Findings("SP-DECL-02", $"group web\n  egress tcp/3306 to db\ngroup db\n{Connect(groups: "{web: {sg: sg-web}, db: {sg: sg-db, readOnly: true}}")}")).Resource.Id);

    [Fact]
    public void A_group_with_itself_works_by_its_rules()
    {
        var declared = Connect("c: {from: web, to: web, services: [tcp/7000], reason: r}", groups: "{web: {sg: sg-web}}");
        Audit.Quiet("SP-DECL-02", $"group web\n  egress tcp/7000 to web\n  ingress tcp/7000 from web\ninterface eni-1 web 10.1.0.5\n{declared}");
        Assert.Contains("does not admit", Assert.Single(Audit.Findings("SP-DECL-02", $"group web\n  egress tcp/7000 to web\ninterface eni-1 web 10.1.0.5\n{declared}")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_plan_opens_what_it_declares_and_shows_a_packet()
    {
        var finding = Assert.Single(Audit.Findings("SP-SEM-01", $"group web\n  egress tcp/3306 to db\ngroup db\ninterface eni-1 web 10.1.0.5\ninterface eni-2 db 10.1.0.6\n{Connect()}"));
        Assert.Equal("sg-db", finding.Resource.Id);
        Assert.Equal("The plan of the connections file opens what is closed now: web (sg-web) to db (sg-db) on tcp/3306 (such as eni-1 (10.1.0.5) -> eni-2 (10.1.0.6) tcp/3306).", finding.Message);
        Assert.Equal(FindingBasis.Snapshot, finding.Basis);
    }

    [Fact]
    public void Where_nobody_carries_the_groups_the_rules_alone_widen()
    {
        var finding = Assert.Single(Audit.Findings("SP-SEM-01", $"group web\n  egress tcp/3306 to db\ngroup db\n{Connect()}"));
        Assert.Equal(FindingBasis.Symbolic, finding.Basis);
    }

    [Fact]
    public void A_reference_in_place_of_a_block_that_holds_every_member_opens_nothing()
    {
        const string Wide = "group web\n  egress any to 0.0.0.0/0\ngroup db\n  ingress tcp/3306 from 10.1.0.0/16\n";
        Audit.Quiet("SP-SEM-01", $"{Wide}interface eni-1 web 10.1.0.5\ninterface eni-2 db 10.1.0.6\n{Connect()}");
        Assert.NotEmpty(Audit.Findings("SP-SEM-01", $"{Wide}interface eni-1 web 10.1.0.5\n{Connect()}"));
    }

    [Fact]
    public void A_plan_that_only_closes_widens_nothing()
    {
        var estate = $"{Whole}  ingress tcp/22 from web\ninterface eni-1 web 10.1.0.5\ninterface eni-2 db 10.1.0.6\n{Connect()}";
        Audit.Quiet("SP-SEM-01", estate);
        Audit.Quiet("SP-SEM-02", estate);
    }

    [Fact]
    public void A_plan_that_rewrites_is_no_change()
    {
        var estate = $"group web\n  egress tcp/3306 to db\n  egress tcp/3307 to db\ngroup db\n  ingress tcp/3306-3307 from web\ninterface eni-1 web 10.1.0.5\ninterface eni-2 db 10.1.0.6\n{Connect("web-to-db: {from: web, to: db, services: [tcp/3306-3307], reason: r}")}";
        Audit.Quiet("SP-SEM-01", estate);
        Assert.Equal("sg-web", Assert.Single(Audit.Findings("SP-SEM-02", estate)).Resource.Id);
    }

    [Fact]
    public void No_plan_at_all_is_no_change_either() => Audit.Quiet("SP-SEM-02", $"{Whole}{Connect()}");

    [Fact]
    public void A_forbidden_way_is_critical_and_told_with_its_path()
    {
        var finding = Audit.Fires(
            "SP-SEM-03", $"group web\n  egress tcp/22-25 to db\ngroup db\n  ingress tcp/22 from web\n  ingress tcp/80 from web\ninterface eni-1 web 10.1.0.5\ninterface eni-2 db 10.1.0.6\n{Connect("")}tests: [{{id: no-shell, never: {{from: web, to: db, services: [tcp/22]}}}}]\n",
            "ingress tcp/22 from sg-web");
        Assert.Equal(FindingSeverity.Critical, finding.Severity);
        Assert.Equal("sg-db", finding.Resource.Id);
        Assert.StartsWith("The test no-shell (never web -> db tcp/22) fails: ", finding.Message, StringComparison.Ordinal);
        Assert.Contains("eni-1 (10.1.0.5) -> eni-2 (10.1.0.6) tcp/22, by sg-web egress tcp/22-25 to sg-db and sg-db ingress tcp/22 from sg-web", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_must_test_that_fails_is_high()
    {
        var finding = Audit.Fires("SP-SEM-03", $"{Whole}interface eni-1 web 10.1.0.5\ninterface eni-2 db 10.1.0.6\n{Connect()}tests: [{{id: shell, must: {{from: web, to: db, services: [tcp/22]}}}}]\n");
        Assert.Equal(FindingSeverity.High, finding.Severity);
    }

    [Fact]
    public void Tests_that_hold_or_are_not_there_are_quiet()
    {
        Audit.Quiet("SP-SEM-03", $"{Whole}interface eni-1 web 10.1.0.5\ninterface eni-2 db 10.1.0.6\n{Connect()}tests: [{{id: t, never: {{from: web, to: db, services: [tcp/22]}}}}]\n");
        Assert.Contains(Audit.Of($"{Whole}{Connect()}").NotAssessed, n => n.Rule.Code == "SP-SEM-03" && n.Why == "the connections file has no tests");
    }

    [Theory]
    [InlineData("2026-11-20", true)]
    [InlineData("2026-11-21", false)] // the last day still holds
    public void An_exception_holds_through_its_last_day(string expires, bool fires)
    {
        var estate = $"group web\n  egress tcp/22 to db\ngroup db\n  ingress tcp/22 from web\ninterface eni-1 web 10.1.0.5\ninterface eni-2 db 10.1.0.6\ntoday 2026-11-21\n{Connect("")}"
            + $"tests: [{{id: t, never: {{from: web, to: db, services: [tcp/22]}}}}]\nexceptions: [{{id: e, test: t, allow: {{from: web, to: db, services: [tcp/22]}}, expires: {expires}, approvedBy: me, reason: r}}]\n";
        Assert.Equal(fires, Audit.Findings("SP-SEM-03", estate).Count == 1);
    }

    [Fact]
    public void A_test_that_a_gap_decides_is_unknown() => Assert.Contains(
        "t: ", Audit.Unknown("SP-SEM-03", $"{Whole}gap NetworkInterfaces\n{Connect()}tests: [{{id: t, must: {{from: web, to: db, services: [tcp/3306]}}}}]\n"), StringComparison.Ordinal);

    [Fact]
    public void A_detour_over_a_group_that_nobody_declared()
    {
        const string Estate = "group web\n  egress tcp/22 to jump\ngroup jump\n  ingress tcp/22 from web\n  egress tcp/22 to db\ngroup db\n  ingress tcp/22 from jump\n";
        Audit.Quiet("SP-OVL-07", Estate);
        var finding = Audit.Fires("SP-OVL-07", $"{Estate}{Connect("")}", "egress tcp/22 to sg-jump");
        Assert.Equal("sg-web -> sg-jump -> sg-db is a way that no declared connection allows.", finding.Message);
        Audit.Quiet("SP-OVL-07", $"{Estate}{Connect()}"); // web may reach db anyway
        Audit.Quiet("SP-OVL-07", $"{Estate}{Connect("", groups: "{web: {sg: sg-web}, db: {sg: sg-db}, jump: {sg: sg-jump}}")}"); // that is SP-DECL-01's to say
    }

    /// <summary>When the plan was carried out, nothing declared lacks a rule, nothing undeclared is left, and the next plan changes nothing.</summary>
    [Fact]
    public void After_the_plan_the_estate_is_as_declared() => Prop.ForAll(ConnectionsGenerator.EstateAndFile.ToArbitrary(), drawn =>
    {
        var options = new AuditOptions { Connections = drawn.File, Rules = ["SP-DECL-01", "SP-SEM-01", "SP-SEM-02"] };
        if (Compiler.Compile(drawn.File, drawn.Estate).Value is not { } desired) return;
        if (desired.Unmanaged != UnmanagedRules.Revoke || new Planner(new PlannerOptions { ForApply = false }).Plan(drawn.Estate, desired).Value is not { } plan) return;
        var after = Audit.Of(PlannedEstate.After(drawn.Estate, plan), options);
        Assert.Empty(after.NotAssessed);
        Assert.DoesNotContain(after.Findings, f => f.Rule is "SP-DECL-01" or "SP-SEM-01" or "SP-SEM-02");
    }).QuickCheckThrowOnFailure();

    private static string Connect(
        string connections = "web-to-db: {from: web, to: db, services: [tcp/3306], reason: orders}", string externals = "{}", string groups = "{web: {sg: sg-web}, db: {sg: sg-db}}") =>
        $"connections\nversion: 1\ngroups: {groups}\nexternals: {externals}\nconnections: {{{connections}}}\n";

    /// <summary>Two subnets of vpc-a; the ACL of the far one admits a service and answers with another.</summary>
    private static string Network(string inwards, string outwards = "any") =>
        "subnet subnet-a 10.1.0.0/24\nsubnet subnet-b 10.1.1.0/24\nroute subnet-a 10.1.0.0/16 local\nroute subnet-b 10.1.0.0/16 local\n"
        + "acl subnet-a allow ingress any 0.0.0.0/0\nacl subnet-a allow egress any 0.0.0.0/0\n"
        + $"acl subnet-b allow ingress {inwards} 0.0.0.0/0\nacl subnet-b allow egress {outwards} 0.0.0.0/0\n";
}

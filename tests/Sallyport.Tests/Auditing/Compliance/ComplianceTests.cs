using System.Text;
using System.Text.Json;
using Sallyport.Auditing;
using Sallyport.Auditing.Compliance;
using Sallyport.Auditing.Custom;
using Sallyport.Estates;
using Sallyport.Reports;

namespace Sallyport.Tests.Auditing.Compliance;

public sealed class ComplianceTests
{
    private const string Open = "group web\n  ingress tcp/22 from 0.0.0.0/0\ninterface eni-1 web 10.1.0.5\n";
    private const string Clean = "group web\n  ingress tcp/22 from 10.1.0.0/24\ninterface eni-1 web 10.1.0.5\n";

    private static readonly Framework Cis = FrameworkCatalogue.Find("CIS-AWS-3.0", out _)!;

    [Fact]
    public void A_clause_fails_by_a_finding_of_one_of_its_rules() => Assert.Equal(ControlState.Fail, StateOf("5.2", Open));

    [Fact]
    public void A_clause_passes_when_all_its_rules_found_nothing()
    {
        var control = Control("5.2", Clean);
        Assert.Equal((ControlState.Pass, ""), (control.State, control.Note));
    }

    [Fact]
    public void A_waived_finding_lets_it_pass_and_is_noted()
    {
        var control = Control("5.2", Open, o => o with { Waivers = [new Waiver("*", "web", "r", "o", DateOnly.MaxValue)] });
        Assert.Equal((ControlState.Pass, 0), (control.State, control.Findings));
        Assert.Matches("^[0-9]+ waived$", control.Note);
    }

    [Fact]
    public void A_baseline_or_a_threshold_hides_nothing_from_it()
    {
        var control = Control("5.2", Open, o => o with { LeastSeverity = FindingSeverity.Critical });
        Assert.Equal(ControlState.Fail, control.State);
    }

    [Fact]
    public void What_was_not_read_makes_it_unknown() =>
        Assert.Equal(ControlState.Unknown, StateOf("5.2", "list pl-x unread\ngroup web\n  ingress tcp/22 from pl-x\ninterface eni-1 web 10.1.0.5\n"));

    [Fact]
    public void A_clause_none_of_whose_rules_ran_is_not_assessed()
    {
        var control = Control("5.4", Open, o => o with { Rules = ["SP-ING-06"] });
        Assert.Equal(ControlState.NotAssessed, control.State);
        Assert.All(control.Rules, r => Assert.Equal(ControlState.NotAssessed, r.State));
    }

    [Fact]
    public void Rules_that_did_not_run_are_noted_beside_those_that_did()
    {
        var control = Control("5.4", Clean, o => o with { Rules = ["SP-DEF-01"] });
        Assert.Contains("did not run", control.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_or_partly_failed_read_lets_nothing_pass()
    {
        var empty = Auditor.Audit(new EstateBuilder().AddScope(EstateText.Home).Build(), AuditOptions.Default with { Frameworks = [Cis] });
        Assert.DoesNotContain(empty.Compliance[0].Controls, c => c.State == ControlState.Pass);
        var report = Audit.Of(Clean + "gap FlowLogs 111122223333/eu-west-1 AccessDenied\n", AuditOptions.Default with { Frameworks = [Cis] });
        Assert.DoesNotContain(report.Compliance[0].Controls, c => c.State == ControlState.Pass);
        Assert.Contains(report.Compliance[0].Controls, c => c.Note == "part of the estate was not read");
    }

    [Fact]
    public void Only_rules_that_serve_the_framework_run() =>
        Assert.All(Audit.Of(Open, AuditOptions.Default with { Frameworks = [Cis] }).Rules, r => Assert.True(r.Serves(Cis)));

    [Fact]
    public void Mappings_of_ours_are_marked()
    {
        var pci = FrameworkCatalogue.Find("PCI-DSS-4.0", out _)!;
        var report = Audit.Of(Open, AuditOptions.Default with { Frameworks = [pci] });
        var rules = report.Compliance[0].Controls.Single(c => c.Id == "1.3.2").Rules;
        Assert.True(rules.Single(r => r.Code == "SP-EGR-01").IsOurs);
        Assert.False(rules.Single(r => r.Code == "SP-ING-06").IsOurs);
        Assert.Contains("*", Print("text", report), StringComparison.Ordinal);
    }

    [Fact]
    public void Own_rules_take_part()
    {
        var own = CustomRuleReader.Read([("rules: [{id: ACME-01, title: t, message: m, controls: {CIS-AWS-3.0: \"9.9\"}, match: {covers: tcp/22}}]", "own.yaml")]).Value!.Items;
        var control = Control("9.9", Clean, o => o with { CustomRules = own });
        Assert.Equal((ControlState.Fail, "custom rule"), (control.State, control.Rules[0].Source));
    }

    [Fact]
    public void Json_has_every_clause_with_its_rules()
    {
        using var json = JsonDocument.Parse(Print("json", Audit.Of(Open, AuditOptions.Default with { Frameworks = [Cis] })));
        var framework = json.RootElement.GetProperty("compliance")[0];
        Assert.Equal("CIS-AWS-3.0", framework.GetProperty("framework").GetString());
        var control = framework.GetProperty("controls").EnumerateArray().Single(c => c.GetProperty("id").GetString() == "5.2");
        Assert.Equal("fail", control.GetProperty("state").GetString());
        Assert.Contains(control.GetProperty("rules").EnumerateArray(), r => r.GetProperty("rule").GetString() == "SP-ING-06" && r.GetProperty("findings").GetInt32() == 1);
        Assert.Equal(
            framework.GetProperty("controls").GetArrayLength(),
            new[] { "pass", "fail", "unknown", "notAssessed" }.Sum(s => framework.GetProperty("summary").GetProperty(s).GetInt32()));
    }

    [Theory]
    [InlineData("CIS-AWS-9", "there are CIS-AWS-1.2, CIS-AWS-1.4, CIS-AWS-2.0, CIS-AWS-3.0, CIS-AWS-4.0, CIS-AWS-5.0, CIS-AWS-6.0, CIS-AWS-7.0")]
    [InlineData("pci dss 5", "there are PCI-DSS-3.2.1, PCI-DSS-4.0")]
    [InlineData("NIST-800-53r6", "there are NIST-800-53r4, NIST-800-53r5")]
    [InlineData("GPDR", "perhaps GDPR is meant")]
    public void A_version_that_there_is_not_names_those_that_there_are(string text, string said)
    {
        Assert.Null(FrameworkCatalogue.Find(text, out var problem));
        Assert.Equal(said, problem);
    }

    [Fact]
    public void Every_framework_of_every_rule_is_described_once()
    {
        Assert.Empty(RuleCatalogue.All.SelectMany(r => r.Controls).Select(c => c.Framework).Distinct().Except(FrameworkCatalogue.All.Select(f => f.Name)));
        Assert.Equal(FrameworkCatalogue.All.Length, FrameworkCatalogue.All.Select(f => f.Name).Distinct().Count());
        Assert.All(FrameworkCatalogue.All, f => Assert.Same(f, FrameworkCatalogue.Find(f.Name.ToUpperInvariant(), out _)));
    }

    [Theory]
    [InlineData("cis-aws-3.0", "CIS-AWS-3.0")]
    [InlineData("CIS AWS 3.0", "CIS-AWS-3.0")]
    [InlineData("pci_dss_4_0", "PCI-DSS-4.0")]
    [InlineData("hipaa", "HIPAA")]
    [InlineData("soc", "SOC2")]
    [InlineData("nist-800-53r5", "NIST-800-53r5")]
    [InlineData("FSBP", "FSBP")]
    [InlineData("PCI", null)]
    [InlineData("CIS", null)]
    [InlineData("", null)]
    [InlineData("-", null)]
    [InlineData("nothing", null)]
    public void A_framework_is_found_by_any_writing_of_its_name(string text, string? name)
    {
        Assert.Equal(name, FrameworkCatalogue.Find(text, out var problem)?.Name);
        Assert.Equal(name is null, problem is not null);
    }

    [Theory]
    [InlineData("tcp/22 from 0.0.0.0/0", "5.2")]
    [InlineData("tcp/22 from ::/0", "5.3")]
    [InlineData("any from ::/0", "5.3")]
    [InlineData("tcp/22 from pl-four", "5.2")]
    [InlineData("tcp/22 from pl-six", "5.3")]
    public void A_clause_on_one_family_fails_by_that_family_alone(string rule, string failing)
    {
        var estate = $"list pl-four 0.0.0.0/1 128.0.0.0/1\nlist pl-six ::/0\ngroup web\n  ingress {rule}\ninterface eni-1 web 10.1.0.5\n";
        var clauses = Audit.Of(estate, AuditOptions.Default with { Frameworks = [Cis] }).Compliance[0].Controls.Where(c => c.Id is "5.2" or "5.3");
        Assert.Equal([failing], clauses.Where(c => c.State == ControlState.Fail).Select(c => c.Id));
    }

    [Theory]
    [InlineData("tcp/22", "EC2.13")]
    [InlineData("tcp/3389", "EC2.14")]
    [InlineData("tcp/20-25", "EC2.13")]
    [InlineData("tcp/5985", "")]
    [InlineData("any", "EC2.13,EC2.14")]
    public void A_clause_on_one_port_fails_by_that_port_alone(string service, string failing)
    {
        var fsbp = FrameworkCatalogue.Find("FSBP", out _)!;
        var report = Audit.Of($"group web\n  ingress {service} from 0.0.0.0/0\ninterface eni-1 web 10.1.0.5\n", AuditOptions.Default with { Frameworks = [fsbp] });
        Assert.Equal(failing, string.Join(',', report.Compliance[0].Controls.Where(c => c.State == ControlState.Fail && c.Id is ("EC2.13" or "EC2.14")).Select(c => c.Id)));
    }

    [Fact]
    public void Every_clause_with_a_scope_is_a_clause_of_some_rule() =>
        Assert.Empty(ClauseScope.Clauses.Except(RuleCatalogue.All.SelectMany(r => r.Controls).Select(c => (c.Framework, c.Id))));

    [Fact]
    public void Clauses_are_ordered_as_people_order_them()
    {
        string[] expected = ["1.2", "1.2.1.a", "1.2.8", "1.2.10", "1.10", "02", "10.1", "A.8.9", "A.8.20", "SC-7", "SC-7(4)", "SC-7(11)"];
        Assert.Equal(expected, expected.Reverse().Order(ClauseOrder.Instance));
        Assert.Equal(0, ClauseOrder.Instance.Compare("1.2", "1.2"));
        Assert.NotEqual(0, ClauseOrder.Instance.Compare("01", "1"));
    }

    private static ControlState StateOf(string clause, string estate) => Control(clause, estate).State;

    private static ControlResult Control(string clause, string estate, Func<AuditOptions, AuditOptions>? change = null) =>
        Audit.Of(estate, (change ?? (o => o))(AuditOptions.Default with { Frameworks = [Cis] })).Compliance[0].Controls.Single(c => c.Id == clause);

    private static string Print(string format, AuditReport report)
    {
        using var stream = new MemoryStream();
        ReportFormats.Find(format)!.Writer.Write(report, new ReportOptions("0"), stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}

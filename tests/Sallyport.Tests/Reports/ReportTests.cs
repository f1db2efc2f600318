using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sallyport.Auditing;
using Sallyport.Auditing.Custom;
using Sallyport.Estates;
using Sallyport.Reports;
using Sallyport.Tests.Auditing;
using Sallyport.Tests.Snapshots;

namespace Sallyport.Tests.Reports;

public sealed class ReportTests
{
    private const string Estate = """
        group default
          ingress any from default
          egress any to 0.0.0.0/0
        group web
          ingress tcp/443 from 0.0.0.0/0
          ingress tcp/22 from 0.0.0.0/1
          ingress tcp/22 from 128.0.0.0/1
          egress tcp/3306 to db
          egress udp/53 to 8.8.8.8/32
        group db in vpc-a of 444455556666
          ingress tcp/3306-3307 from web
          ingress tcp/5432 from pl-partners
          ingress icmp/8/-1 from 10.0.0.0/8
          ingress icmp/8/0 from 10.1.0.0/16
        group old
        interface eni-1 web 10.1.0.5 public 54.1.2.3 in subnet-a
        interface eni-2 db 10.1.0.6
        route subnet-a 0.0.0.0/0 igw-1
        gap Instances 111122223333/eu-west-1 UnauthorizedOperation when reading.
        """;

    public static TheoryData<string> Formats => [.. ReportFormats.All.Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_report_is_its_golden(string format) => Snapshot.Match(Print(format, FixedReport.Plain), $"report{ReportFormats.Find(format)!.Extension}");

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_report_ends_with_a_newline_has_no_carriage_return_and_is_the_same_twice(string format)
    {
        var first = Print(format, Audit.Of(Estate));
        Assert.EndsWith("\n", first, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', first);
        Assert.Equal(first, Print(format, Audit.Of(Estate)));
    }

    [Theory]
    [InlineData(50, false)]
    [InlineData(51, true)]
    public void Text_names_fifty_resources_of_a_rule_and_counts_the_others(int groups, bool isCut)
    {
        var open = string.Join('\n', Enumerable.Range(0, groups).Select(i => $"group g{i:000}\n  egress any to 0.0.0.0/0"));
        var text = Print("text", Audit.Of(open, AuditOptions.Default with { Rules = ["SP-EGR-01"] }));
        Assert.Equal(isCut, text.Contains("    and 1 more finding of this rule; -o json, csv and html list all\n", StringComparison.Ordinal));
        Assert.Contains("\"g049\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"g050\"", text, StringComparison.Ordinal);
        Assert.Contains($"\nBY RULE\n  medium  {groups}  SP-EGR-01  ", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10_000, true)]
    [InlineData(10_001, false)]
    public void Json_is_indented_unless_it_is_very_large(int findings, bool isIndented)
    {
        var text = Print("json", FixedReport.OfMany(findings));
        Assert.Equal(isIndented, text.StartsWith("{\n  \"schemaVersion\": 1", StringComparison.Ordinal));
        using var json = System.Text.Json.JsonDocument.Parse(text);
        Assert.Equal(findings, json.RootElement.GetProperty("findings").GetArrayLength());
    }

    [Fact]
    public void Colour_adds_nothing_but_escapes()
    {
        var coloured = Print("text", Audit.Of(Estate), useColour: true);
        Assert.Contains('\u001b', coloured);
        Assert.Equal(Print("text", Audit.Of(Estate)), Regex.Replace(coloured, "\u001b\\[[0-9;]*m", ""));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Hostile_names_reach_no_terminal(string format)
    {
        foreach (var name in HostileNames.All)
        {
            var text = Print(format, FixedReport.OfNames([name]));
            foreach (var rune in text.EnumerateRunes())
            {
                if (rune.Value != '\n' && HostileNames.IsHostile(rune)) Assert.Fail($"U+{rune.Value:X4} of {Uri.EscapeDataString(name)} got through");
            }

            if (format == "json")
            {
                using var json = JsonDocument.Parse(text);
                Assert.Equal(HostileNames.AsJsonKeepsIt(name), json.RootElement.GetProperty("findings")[0].GetProperty("resource").GetProperty("name").GetString());
            }
        }
    }

    /// <summary>What is printed in a pipeline is read by its runner; a page is not.</summary>
    [Theory]
    [MemberData(nameof(Formats))]
    public void No_name_is_a_command_of_a_runner(string format)
    {
        if (format == "html") return;
        foreach (var name in new[] { "##[error]x", "##vso[task.setvariable variable=a]b", "##teamcity[x]", "::error::x", "  ::add-mask::x", "::stop-commands::x" })
        {
            foreach (var line in Print(format, FixedReport.OfNames([name, name])).Split('\n'))
            {
                Assert.DoesNotMatch("##[A-Za-z]*\\[", line);
                if (format != "github") Assert.DoesNotMatch("^\\s*::[a-z_-]+( .*)?::", line);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_clean_report_can_be_written_and_says_less(string format) =>
        Assert.True(Print(format, FixedReport.Clean).Length < Print(format, FixedReport.Plain).Length);

    [Theory]
    [MemberData(nameof(Formats))]
    public void An_incomplete_read_shows_in_every_format(string format)
    {
        var clean = FixedReport.Clean;
        var gap = new EstateGap(GapKind.NetworkInterfaces, "111122223333/eu-west-1", "RequestLimitExceeded when reading.", IsReadFailure: true);
        Assert.DoesNotContain("RequestLimitExceeded", Print(format, clean), StringComparison.Ordinal);
        Assert.Contains("RequestLimitExceeded", Print(format, clean with { Gaps = [gap] }), StringComparison.Ordinal);
        var unknown = new UnknownVerdict("SP-ING-02", FixedReport.Plain.Findings[0].Resource, "the interfaces were not read");
        Assert.Contains("the interfaces were not read", Print(format, clean with { Unknown = [unknown] }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("jsonl")]
    [InlineData("sarif")]
    [InlineData("markdown")]
    [InlineData("github")]
    public void An_expired_waiver_is_told_where_people_look(string format) =>
        Assert.Contains("data team", Print(format, FixedReport.Plain), StringComparison.Ordinal);

    [Fact]
    public async Task A_users_own_rule_is_in_every_format()
    {
        var own = CustomRuleReader.Read([("rules: [{id: ACME-01, title: \"No <b>ssh\", severity: high, message: \"{group} opens ssh\", match: {covers: tcp/22}}]", "own.yaml")]).Value!.Items;
        var report = Audit.Of(EstateText.Read(Estate), AuditOptions.Default with { CustomRules = own, Rules = ["ACME-01"] });
        Assert.NotEmpty(report.Findings);
        Assert.All(ReportFormats.All, f => Assert.Contains("ACME-01", Print(f.Name, report), StringComparison.Ordinal));
        NodeConsumer.Require();
        Assert.Empty((await NodeConsumer.ValidateSarifAsync(Print("sarif", report)))["error"]);
    }

    [Fact]
    public void No_report_links_to_a_page_of_the_tool_which_has_none()
    {
        string[] schemas = ["json.schemastore.org", "www.w3.org"];
        var report = Audit.Of(EstateText.Read(Estate));
        Assert.NotEmpty(report.Findings);
        Assert.All(ReportFormats.All, f => Assert.Empty(Regex.Matches(Print(f.Name, report), "https?://([a-z0-9.-]+)").Select(m => m.Groups[1].Value).Except(schemas)));
    }

    [Fact]
    public void A_format_that_needs_a_time_says_so()
    {
        using var stream = new MemoryStream();
        foreach (var format in new[] { "asff", "ocsf" })
        {
            Assert.Throws<InvalidOperationException>(() => ReportFormats.Find(format)!.Writer.Write(FixedReport.Plain, new ReportOptions("0.0.0"), stream));
        }
    }

    [Fact]
    public void Json_has_the_shape_of_the_contract()
    {
        using var json = JsonDocument.Parse(Print("json", Audit.Of(Estate)));
        var root = json.RootElement;
        Assert.Equal(["schemaVersion", "tool", "scope", "gaps", "findings", "unknown", "notAssessed", "waivers", "baseline", "compliance", "belowMinimum", "summary"], Names(root));
        Assert.Equal(["name", "version"], Names(root.GetProperty("tool")));
        Assert.Equal(["accounts", "regions", "groups", "rules", "interfaces"], Names(root.GetProperty("scope")));
        Assert.Equal(["critical", "high", "medium", "low", "info", "waived", "unknown"], Names(root.GetProperty("summary")));
        Assert.All(root.GetProperty("findings").EnumerateArray(), f =>
        {
            Assert.Equal(
                ["rule", "severity", "title", "message", "resource", "evidence", "basis", "related", "aliases", "controls", "location", "fingerprint", "waiver"],
                Names(f));
            Assert.Equal(["type", "id", "name", "account", "region", "vpc"], Names(f.GetProperty("resource")));
            Assert.All(f.GetProperty("evidence").EnumerateArray(), e => Assert.Equal(["ruleId", "direction", "protocol", "fromPort", "toPort", "peer"], Names(e)));
        });
        Assert.All(root.GetProperty("unknown").EnumerateArray(), u => Assert.Equal(["rule", "resource", "gap"], Names(u)));
        var summary = root.GetProperty("summary");
        Assert.Equal(
            root.GetProperty("findings").GetArrayLength(),
            new[] { "critical", "high", "medium", "low", "info" }.Sum(s => summary.GetProperty(s).GetInt32()));
    }

    [Fact]
    public void Json_lines_are_objects_and_the_summary_is_last()
    {
        var lines = Print("jsonl", Audit.Of(Estate)).TrimEnd('\n').Split('\n');
        var kinds = lines.Select(l =>
        {
            using var json = JsonDocument.Parse(l);
            return json.RootElement.GetProperty("kind").GetString();
        }).ToList();
        Assert.Equal("report", kinds[0]);
        Assert.Equal("summary", kinds[^1]);
        Assert.Equal(Audit.Of(Estate).Findings.Length, kinds.Count(k => k == "finding"));
    }

    [Fact]
    public void The_catalogue_and_one_rule_are_their_goldens()
    {
        using var text = new StringWriter();
        RulesReport.WriteText(RuleCatalogue.All, text);
        Snapshot.Match(text.ToString(), "rules.txt");
        using var one = new StringWriter();
        RulesReport.WriteText(RuleCatalogue.Find("SP-ING-02")!, one);
        Snapshot.Match(one.ToString(), "rule.txt");
        using var json = new MemoryStream();
        RulesReport.WriteJson([RuleCatalogue.Find("SP-EGR-01")!], isWhole: true, json);
        Snapshot.Match(Encoding.UTF8.GetString(json.ToArray()), "rule.json");
    }

    [Fact]
    public void The_catalogue_as_json_has_the_shape_of_the_contract()
    {
        using var stream = new MemoryStream();
        RulesReport.WriteJson(RuleCatalogue.All, isWhole: false, stream);
        using var json = JsonDocument.Parse(stream.ToArray());
        Assert.Equal(["schemaVersion", "rules"], Names(json.RootElement));
        Assert.Equal(RuleCatalogue.All.Length, json.RootElement.GetProperty("rules").GetArrayLength());
        Assert.All(json.RootElement.GetProperty("rules").EnumerateArray(), r =>
            Assert.Equal(["id", "title", "family", "severity", "parameters", "controls", "aliases", "needs", "default", "implemented"], Names(r)));
    }

    private static string Print(string format, AuditReport report, bool useColour = false) => ReportText.Of(format, report, useColour);

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(p => p.Name);
}

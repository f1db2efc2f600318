using System.Text;
using System.Text.Json;
using Sallyport.Auditing;
using Sallyport.Auditing.Baselines;
using Sallyport.Auditing.Compliance;
using Sallyport.Auditing.Custom;
using Sallyport.Auditing.Waivers;
using Sallyport.Diagnostics;
using Sallyport.Reports;
using Sallyport.Tests.Auditing;
using Sallyport.Tests.Snapshots;

namespace Sallyport.Tests.Reports;

/// <summary>What reports say of waivers, baselines, custom rules and frameworks.</summary>
public sealed class SettingsInReportsTests
{
    private const string Estate = "group web\n  ingress tcp/22 from 0.0.0.0/0\ninterface eni-1 web 10.1.0.5\n";

    public static TheoryData<string> Formats => [.. ReportFormats.All.Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Hostile_words_of_waivers_baselines_and_own_rules_reach_no_terminal(string format)
    {
        foreach (var name in HostileNames.All.Where(n => n.Trim().Length > 0 && !n.Contains('\0', StringComparison.Ordinal)))
        {
            var yaml = $"rules: [{{id: ACME-01, title: t, message: \"{{group.name}}\", match: {{covers: tcp/22}}}}]";
            var own = CustomRuleReader.Read([(yaml, name)]).Value!.Items;
            var waiver = new Waiver(name, name, name, name, new DateOnly(2026, 1, 1)) { At = new SourceSpan(name, 1, 1) };
            var report = Audit.Of(Estate.Replace("group web", "group web named \"" + name.Replace("\"", "", StringComparison.Ordinal).Replace('\n', ' ') + "\"", StringComparison.Ordinal), AuditOptions.Default with { CustomRules = own, Rules = ["ACME-01", "SP-ING-06"] });
            report = report with
            {
                Waivers = [new WaiverUse(waiver, WaiverState.Expired, 1), new WaiverUse(waiver, WaiverState.Unused, 0)],
                Baseline = new BaselineComparison(name, 1, 1, 1, 1),
                Compliance = [new FrameworkReport(new Framework(name, name, name, name, name), [new ControlResult(name, ControlState.Fail, [new ControlRule(name, name, ControlState.Fail, 1, 0, 0)], name)])],
            };
            foreach (var rune in Print(format, report).EnumerateRunes())
            {
                if (rune.Value != '\n' && HostileNames.IsHostile(rune)) Assert.Fail($"U+{rune.Value:X4} of {Uri.EscapeDataString(name)} got through");
            }
        }
    }

    [Fact]
    public void Text_says_which_waivers_ended_and_which_are_unused()
    {
        var today = new DateOnly(2026, 11, 21);
        var report = Audit.Of(Estate, AuditOptions.Default with
        {
            Today = today,
            Rules = ["SP-ING-06"],
            Waivers =
            [
                new Waiver("SP-ING-06", "web", "r", "team", today.AddDays(-1)) { At = new SourceSpan("w.yaml", 3, 5) },
                new Waiver("SP-ING", "elsewhere", "r", "team", today),
                new Waiver("SP-EGR-01", "web", "r", "team", today),
            ],
        });
        var text = Print("text", report);
        Assert.Contains("  SP-ING-06 on web (team, w.yaml:3:5) expired on 2026-11-20: 1 of its findings counts again\n", text, StringComparison.Ordinal);
        Assert.Contains("  SP-ING on elsewhere (team) unused: it covers nothing that was found\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("SP-EGR-01 on web", text, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(Print("json", report));
        Assert.Equal(["expired", "unused", "not-checked"], json.RootElement.GetProperty("waivers").EnumerateArray().Select(w => w.GetProperty("state").GetString()));
        Assert.Equal(3, Print("jsonl", report).Split('\n').Count(l => l.StartsWith("{\"kind\":\"waiver\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void Json_members_are_there_whether_or_not_anything_was_asked()
    {
        using var json = JsonDocument.Parse(Print("json", Audit.Of(Estate)));
        Assert.Equal(0, json.RootElement.GetProperty("waivers").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("baseline").ValueKind);
        Assert.Equal(0, json.RootElement.GetProperty("compliance").GetArrayLength());
    }

    [Fact]
    public void A_framework_is_its_golden()
    {
        var cis = FrameworkCatalogue.Find("CIS-AWS-3.0", out _)!;
        var options = AuditOptions.Default with { Frameworks = [cis], Rules = ["SP-ING-06", "SP-DEF-01", "SP-DEF-03"] };
        Snapshot.Match(Print("text", Audit.Of(Estate + "group default\n  egress any to 0.0.0.0/0\n", options)), "framework.txt");
    }

    private static string Print(string format, AuditReport report)
    {
        using var stream = new MemoryStream();
        ReportFormats.Find(format)!.Writer.Write(report, new ReportOptions("0", At: FixedReport.At), stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}

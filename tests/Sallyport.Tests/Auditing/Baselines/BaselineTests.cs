using System.Text;
using System.Text.Json;
using Sallyport.Auditing;
using Sallyport.Auditing.Baselines;
using Sallyport.Reports;

namespace Sallyport.Tests.Auditing.Baselines;

public sealed class BaselineTests
{
    private const string Before = """
        group web
          ingress tcp/22 from 0.0.0.0/0
          egress any to 0.0.0.0/0
        interface eni-1 web 10.1.0.5
        """;

    private const string After = """
        group web
          ingress tcp/22 from 0.0.0.0/0
          ingress tcp/3389 from 0.0.0.0/0
        group db
          ingress any from 0.0.0.0/0
        interface eni-1 web,db 10.1.0.5
        """;

    [Theory]
    [InlineData("json")]
    [InlineData("jsonl")]
    public void An_audit_against_itself_has_nothing_new(string format)
    {
        var report = Audit.Of(Before);
        var again = Audit.Of(Before, AuditOptions.Default with { Baseline = Baseline(report, format) });
        Assert.Empty(again.Findings);
        Assert.Equal((report.Findings.Length, 0, 0, 0), (again.Baseline!.Known, again.Baseline.Gone, again.Baseline.Worse, again.Baseline.NotChecked));
        Assert.False(again.FailsAt(FindingSeverity.Info));
    }

    [Theory]
    [InlineData("json")]
    [InlineData("jsonl")]
    public void Only_what_is_new_is_listed_and_the_rest_is_counted(string format)
    {
        var (old, now) = (Audit.Of(Before), Audit.Of(After));
        var report = Audit.Of(After, AuditOptions.Default with { Baseline = Baseline(old, format) });
        var known = old.Findings.Select(f => f.Fingerprint).Intersect(now.Findings.Select(f => f.Fingerprint)).ToList();
        Assert.Equal(now.Findings.Select(f => f.Fingerprint).Except(known), report.Findings.Select(f => f.Fingerprint));
        Assert.All(report.Findings, f => Assert.True(f.IsNew));
        Assert.Equal((known.Count, old.Findings.Length - known.Count), (report.Baseline!.Known, report.Baseline.Gone));
    }

    [Fact]
    public void Without_a_baseline_nothing_is_called_new() => Assert.All(Audit.Of(After).Findings, f => Assert.Null(f.IsNew));

    [Fact]
    public void What_this_run_could_not_decide_is_not_gone()
    {
        var baseline = Baseline(Audit.Of(Before), "json");
        var other = Audit.Of(After, AuditOptions.Default with { Rules = ["SP-ING-01"], Baseline = baseline });
        Assert.Equal((0, baseline.Count), (other.Baseline!.Gone, other.Baseline.NotChecked));
        var elsewhere = Audit.Of("group web of 999988887777\n", AuditOptions.Default with { Baseline = Baseline(Audit.Of(Before.Replace("group web", "group web of 123456789012", StringComparison.Ordinal)), "json") });
        Assert.Equal(0, elsewhere.Baseline!.Gone);
    }

    [Fact]
    public void A_finding_that_became_more_severe_is_listed()
    {
        var low = Audit.Of(Before, AuditOptions.Default with { Severities = new Dictionary<string, FindingSeverity> { ["SP-EGR-01"] = FindingSeverity.Info } });
        var report = Audit.Of(Before, AuditOptions.Default with { Baseline = Baseline(low, "json") });
        Assert.Equal("SP-EGR-01", Assert.Single(report.Findings).Rule);
        Assert.Equal(1, report.Baseline!.Worse);
    }

    [Fact]
    public void What_was_waived_shows_when_its_waiver_ends()
    {
        var day = new DateOnly(2026, 1, 1);
        var waiver = new Waiver("SP-ING-06", "*", "r", "o", day);
        var options = AuditOptions.Default with { Today = day, Waivers = [waiver] };
        var baseline = Baseline(Audit.Of(Before, options), "json");
        Assert.Empty(Audit.Of(Before, options with { Baseline = baseline }).Findings);
        var later = Audit.Of(Before, options with { Baseline = baseline, Today = day.AddDays(1) });
        Assert.Equal("SP-ING-06", Assert.Single(later.Findings).Rule);
        Assert.True(later.FailsAt(FindingSeverity.High));
    }

    [Theory]
    [InlineData("", "SPD7161")]
    [InlineData("{}", "SPD7161")]
    [InlineData("[]", "SPD7161")]
    [InlineData("{\"SecurityGroups\":[]}", "SPD7161")]
    [InlineData("{\"findings\":{}}", "SPD7164")]
    [InlineData("{\"findings\":[1]}", "SPD7164")]
    [InlineData("{\"findings\":[{}]}", "SPD7164")]
    [InlineData("{\"findings\":[{\"rule\":\"SP-ING-06\",\"severity\":\"high\"}]}", "SPD7164")]
    [InlineData("{\"findings\":[{\"rule\":\"SP-ING-06\",\"severity\":\"high\",\"fingerprint\":\"xyz\"}]}", "SPD7164")]
    [InlineData("{\"findings\":[{\"rule\":\"SP-ING-06\",\"severity\":3,\"fingerprint\":\"0123456789abcdef0123456789abcdef\"}]}", "SPD7164")]
    [InlineData("{\"schemaVersion\":2,\"findings\":[]}", "SPD7162")]
    [InlineData("{\"schemaVersion\":\"1\",\"findings\":[]}", "SPD7164")]
    [InlineData("{\"findings\":[", "SPD2006")]
    [InlineData("{\"findings\":[{]}", "SPD2005")]
    [InlineData("nonsense", "SPD2005")]
    public void What_is_no_report_is_refused(string text, string code)
    {
        var read = BaselineReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "b.json", TestContext.Current.CancellationToken);
        Assert.Null(read.Value);
        Assert.Equal([code], read.Diagnostics.Select(d => d.Code));
    }

    [Fact]
    public void Deep_and_foreign_parts_are_passed_over()
    {
        var finding = "{\"fingerprint\":\"0123456789abcdef0123456789abcdef\",\"resource\":[1],\"x\":{\"findings\":[1]},\"rule\":\"SP-ING-06\",\"severity\":\"HIGH\",\"waiver\":null}";
        var read = BaselineReader.Read(new MemoryStream(Encoding.UTF8.GetBytes($"{{\"findings\":[{finding},{finding}],\"more\":[[[{{}}]]]}}")), "b.json", TestContext.Current.CancellationToken);
        Assert.Equal(1, read.Value!.Count);
        var deep = BaselineReader.Read(new MemoryStream(Encoding.UTF8.GetBytes("{\"findings\":" + new string('[', 100_000))), "b.json", TestContext.Current.CancellationToken);
        Assert.Null(deep.Value);
    }

    [Fact]
    public void The_report_counts_against_the_file_by_name()
    {
        var report = Audit.Of(After, AuditOptions.Default with { Baseline = Baseline(Audit.Of(Before), "json") });
        using var stream = new MemoryStream();
        ReportFormats.Find("json")!.Writer.Write(report, new ReportOptions("0"), stream);
        using var json = JsonDocument.Parse(stream.ToArray());
        Assert.Equal("base.json", json.RootElement.GetProperty("baseline").GetProperty("file").GetString());
        Assert.Equal(report.Baseline!.Known, json.RootElement.GetProperty("baseline").GetProperty("known").GetInt32());
    }

    private static Baseline Baseline(AuditReport report, string format)
    {
        using var stream = new MemoryStream();
        ReportFormats.Find(format)!.Writer.Write(report, new ReportOptions("0"), stream);
        stream.Position = 0;
        var read = BaselineReader.Read(stream, "base.json", TestContext.Current.CancellationToken);
        Assert.True(read.Value is not null, string.Join("\n", read.Diagnostics));
        return read.Value;
    }
}

using System.Text.Json;
using Sallyport.Auditing;
using Sallyport.Diagnostics;
using Sallyport.Reports;
using Sallyport.Reports.Sarif;

namespace Sallyport.Tests.Reports;

public sealed class SarifTests
{
    [Fact]
    public async Task The_multitool_finds_nothing_to_object_to()
    {
        NodeConsumer.Require();
        foreach (var report in new[] { FixedReport.Plain, FixedReport.Clean })
        {
            var said = await NodeConsumer.ValidateSarifAsync(ReportText.Of("sarif", report));
            Assert.Empty(said["error"]);
            Assert.Empty(said["warning"]);
        }
    }

    [Fact]
    public async Task Hostile_names_keep_it_valid()
    {
        NodeConsumer.Require();
        Assert.Empty((await NodeConsumer.ValidateSarifAsync(ReportText.Of("sarif", FixedReport.Hostile)))["error"]);
    }

    [Theory]
    [InlineData("\"version\": \"2.1.0\"", "\"version\": \"2.0\"")]
    [InlineData("\"ruleIndex\": 4", "\"ruleIndex\": 400")]
    [InlineData("\"startLine\": 12", "\"startLine\": 0")]
    public async Task The_multitool_would_object(string right, string wrong)
    {
        NodeConsumer.Require();
        var text = ReportText.Of("sarif", FixedReport.Plain);
        Assert.Contains(right, text, StringComparison.Ordinal);
        Assert.NotEmpty((await NodeConsumer.ValidateSarifAsync(text.Replace(right, wrong, StringComparison.Ordinal)))["error"]);
    }

    [Fact]
    public void A_result_points_at_its_file_or_at_the_settings_and_always_at_its_resource()
    {
        var results = Results(FixedReport.Plain);
        Assert.Equal(["sallyport.yaml", "network/main%20groups.yaml"], results.Take(2).Select(r => Physical(r).GetProperty("artifactLocation").GetProperty("uri").GetString()));
        Assert.Equal([1, 12], results.Take(2).Select(r => Physical(r).GetProperty("region").GetProperty("startLine").GetInt32()));
        Assert.Equal(
            ["arn:aws:ec2:eu-west-1:111122223333:security-group/sg-0a", "arn:aws-cn:ec2:cn-north-1:444455556666:security-group/sg-0b"],
            results.Take(2).Select(r => r.GetProperty("locations")[0].GetProperty("logicalLocations")[0].GetProperty("fullyQualifiedName").GetString()));
    }

    [Theory]
    [InlineData("/repo/net/main.tf", "net/main.tf")]
    [InlineData("net/main.tf", "net/main.tf")]
    [InlineData("./net/../net/main.tf", "net/main.tf")]
    [InlineData("/repository/main.tf", "file:///repository/main.tf")]
    [InlineData("../main.tf", "../main.tf")]
    public void A_file_below_the_working_directory_is_named_from_there(string file, string uri)
    {
        var report = FixedReport.Plain with { Findings = [FixedReport.Plain.Findings[0] with { Location = new SourceSpan(file, 3) }] };
        using var stream = new MemoryStream();
        new SarifReportWriter().Write(report, new ReportOptions("0") { Directory = "/repo" }, stream);
        using var json = JsonDocument.Parse(stream.ToArray());
        Assert.Equal(uri, Physical(json.RootElement.GetProperty("runs")[0].GetProperty("results")[0]).GetProperty("artifactLocation").GetProperty("uri").GetString());
    }

    [Fact]
    public void Waivers_are_suppressions_and_the_baseline_is_a_state()
    {
        var results = Results(FixedReport.Plain);
        Assert.Equal(["new", "unchanged"], results.Where(r => r.TryGetProperty("baselineState", out _)).Select(r => r.GetProperty("baselineState").GetString()));
        var waived = Assert.Single(results, r => r.GetProperty("suppressions").GetArrayLength() > 0);
        Assert.Equal(
            "Waived until 2027-03-31 by network team: Downloads packages until the mirror is up.", waived.GetProperty("suppressions")[0].GetProperty("justification").GetString());
    }

    [Fact]
    public void A_rule_ranks_by_the_worst_finding_of_the_run()
    {
        using var json = JsonDocument.Parse(ReportText.Of("sarif", FixedReport.OfNames(["x"])));
        var rules = json.RootElement.GetProperty("runs")[0].GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray().ToList();
        Assert.Equal(FindingSeverity.Medium, RuleCatalogue.Find("SP-EGR-01")!.Severity);
        Assert.Equal("8.0", rules.Single(r => r.GetProperty("id").GetString() == "SP-EGR-01").GetProperty("properties").GetProperty("security-severity").GetString());
        Assert.All(rules, r => Assert.True(r.GetProperty("properties").GetProperty("tags").GetArrayLength() <= 10));
    }

    [Fact]
    public void A_failed_read_or_an_empty_one_is_no_success()
    {
        Assert.True(Success(FixedReport.Clean));
        Assert.False(Success(FixedReport.Plain));
        Assert.False(Success(FixedReport.Clean with { Scope = FixedReport.Clean.Scope with { Groups = 0 } }));

        static bool Success(AuditReport report)
        {
            using var json = JsonDocument.Parse(ReportText.Of("sarif", report));
            return json.RootElement.GetProperty("runs")[0].GetProperty("invocations")[0].GetProperty("executionSuccessful").GetBoolean();
        }
    }

    [Fact]
    public void Beyond_the_limit_the_most_severe_stay_and_the_rest_is_told()
    {
        var writer = ReportFormats.Find("sarif")!.Writer;
        Assert.Empty(writer.Shortfalls(FixedReport.OfMany(SarifReportWriter.MostKept)));
        Assert.Equal(["SPD6102"], writer.Shortfalls(FixedReport.OfMany(SarifReportWriter.MostKept + 1)).Select(d => d.Code));
        var many = FixedReport.OfMany(SarifReportWriter.MostResults + 1);
        var cut = Assert.Single(writer.Shortfalls(many));
        Assert.Equal(("SPD6101", Severity.Warning), (cut.Code, cut.Severity));
        using var json = JsonDocument.Parse(ReportText.Of("sarif", many));
        var run = json.RootElement.GetProperty("runs")[0];
        Assert.Equal(SarifReportWriter.MostResults, run.GetProperty("results").GetArrayLength());
        Assert.Equal("error", run.GetProperty("results")[0].GetProperty("level").GetString());
        Assert.Contains("1 finding beyond the 25,000", run.GetProperty("invocations")[0].GetProperty("toolExecutionNotifications")[0].GetProperty("message").GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("{0} {{x}}", "{{0}} {{{{x}}}}")]
    [InlineData("[x](http://evil.example)", "\\[x\\](http://evil.example)")]
    [InlineData("a[0]", "a[0]")]
    public void No_text_is_a_placeholder_or_a_link(string text, string safe) => Assert.Equal(safe, SarifText.Of(text));

    [Theory]
    [InlineData("a/b c.yaml", "a/b%20c.yaml")]
    [InlineData("/tmp/a.tf", "file:///tmp/a.tf")]
    [InlineData("C:\\work\\a.tf", "file:///C:/work/a.tf")]
    [InlineData("x:y", "x%3Ay")]
    [InlineData("<stdin>", "%3Cstdin%3E")]
    public void A_path_is_a_URI_reference(string path, string uri)
    {
        var report = FixedReport.Plain;
        var finding = report.Findings[0] with { Location = new SourceSpan(path, 1) };
        var result = Assert.Single(Results(report with { Findings = [finding] }));
        Assert.Equal(uri, Physical(result).GetProperty("artifactLocation").GetProperty("uri").GetString());
    }

    private static JsonElement Physical(JsonElement result) => result.GetProperty("locations")[0].GetProperty("physicalLocation");

    private static List<JsonElement> Results(AuditReport report)
    {
        using var json = JsonDocument.Parse(ReportText.Of("sarif", report));
        return [.. json.RootElement.Clone().GetProperty("runs")[0].GetProperty("results").EnumerateArray()];
    }
}

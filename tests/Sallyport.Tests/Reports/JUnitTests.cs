using System.Text.Json;
using Sallyport.Reports.Text;

namespace Sallyport.Tests.Reports;

public sealed class JUnitTests
{
    [Fact]
    public async Task A_reader_that_is_not_ours_sees_failures_skips_errors_and_passes()
    {
        NodeConsumer.Require();
        var report = FixedReport.Plain;
        var read = await NodeConsumer.ReadAsync("junit", ReportText.Of("junit", report));
        var suites = read.GetProperty("testsuite").EnumerateArray().ToList();
        Assert.Equal(["estate", "111122223333/eu-west-1", "444455556666/cn-north-1"], suites.Select(s => s.GetProperty("name").GetString()));
        foreach (var suite in suites.Append(read))
        {
            var cases = suite.TryGetProperty("testsuite", out _) ? [.. suites.SelectMany(Cases)] : Cases(suite);
            Assert.Equal(cases.Count, suite.GetProperty("tests").GetInt32());
            Assert.Equal(cases.Count(c => c.TryGetProperty("failure", out _)), suite.GetProperty("failures").GetInt32());
            Assert.Equal(cases.Count(c => c.TryGetProperty("error", out _)), suite.GetProperty("errors").GetInt32());
            Assert.Equal(cases.Count(c => c.TryGetProperty("skipped", out _)), suite.GetProperty("skipped").GetInt32());
        }

        // Two findings of one rule and group are one case.
        Assert.Equal(
            ["SP-EGR-02", "SP-ING-06", "SP-PAIR-02", "SP-USE-01", "SP-VAL-02"],
            suites.SelectMany(Cases).Where(c => c.TryGetProperty("failure", out _)).Select(c => c.GetProperty("classname").GetString()).Order(StringComparer.Ordinal));
        var waived = Assert.Single(Cases(suites[1]), c => c.TryGetProperty("skipped", out _));
        Assert.Equal("SP-EGR-01", waived.GetProperty("classname").GetString());
        Assert.Contains("network team", waived.GetProperty("skipped")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(["SP-EGR-09"], Cases(suites[0]).Where(c => !c.TryGetProperty("error", out _) && !c.TryGetProperty("skipped", out _)).Select(c => c.GetProperty("classname").GetString()));
        Assert.Contains("UnauthorizedOperation", Assert.Single(Cases(suites[0]), c => c.TryGetProperty("error", out _)).GetProperty("error")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_names_come_back_as_they_are_printed()
    {
        NodeConsumer.Require();
        var report = FixedReport.Hostile;
        var read = await NodeConsumer.ReadAsync("junit", ReportText.Of("junit", report));
        var names = read.GetProperty("testsuite").EnumerateArray().SelectMany(Cases).Select(c => Text(c, "name")).ToHashSet();
        foreach (var finding in report.Findings)
        {
            var name = finding.Resource.Name.Length > 0 ? $"{finding.Resource.Id} \"{finding.Resource.Name}\"" : finding.Resource.Id;
            Assert.Contains(TerminalText.Escape(name), names);
        }
    }

    private static List<JsonElement> Cases(JsonElement suite) => [.. suite.GetProperty("testcase").EnumerateArray()];

    private static string Text(JsonElement element, string name) => element.GetProperty(name).ValueKind == JsonValueKind.String ? element.GetProperty(name).GetString()! : element.GetProperty(name).GetRawText();
}

using System.Text.RegularExpressions;
using Sallyport.Reports.Csv;
using Sallyport.Reports.Text;

namespace Sallyport.Tests.Reports;

public sealed class CsvTests
{
    [Fact]
    public async Task A_reader_that_is_not_ours_sees_every_row()
    {
        NodeConsumer.Require();
        var report = FixedReport.Plain;
        var rows = (await NodeConsumer.ReadAsync("csv", ReportText.Of("csv", report))).EnumerateArray().ToList();
        Assert.Equal(
            [.. report.Findings.Select(_ => "finding"), "unknown", "unknown", "not-assessed", "not-in-source", "read-failure"], rows.Select(r => r.GetProperty("kind").GetString()));
        var first = rows[0];
        Assert.Equal("critical", first.GetProperty("severity").GetString());
        Assert.Equal("ingress tcp/22 from 0.0.0.0/1 (sgr-0123456789abcdef0); ingress tcp/22 from 128.0.0.0/1", first.GetProperty("evidence").GetString());
        Assert.Equal("yes", first.GetProperty("new").GetString());
        Assert.Equal(("network/main groups.yaml", "12"), (rows[1].GetProperty("file").GetString(), rows[1].GetProperty("line").GetString()));
        var waived = Assert.Single(rows, r => r.GetProperty("waived_until").GetString()!.Length > 0);
        Assert.Equal("2027-03-31", waived.GetProperty("waived_until").GetString());
    }

    [Fact]
    public async Task Hostile_names_come_back_and_none_is_a_formula()
    {
        NodeConsumer.Require();
        var report = FixedReport.Hostile;
        var rows = (await NodeConsumer.ReadAsync("csv", ReportText.Of("csv", report))).EnumerateArray().ToList();
        for (var i = 0; i < report.Findings.Length; i++)
        {
            Assert.Equal(WithoutApostrophes(TerminalText.Escape(report.Findings[i].Resource.Name)), WithoutApostrophes(rows[i].GetProperty("resource_name").GetString()!));
        }

        var formula = new Regex("(^|;)[ \"\u00A0\u3000]*[-=+@＝＋－＠]");
        Assert.All(rows.SelectMany(r => r.EnumerateObject()), cell => Assert.DoesNotMatch(formula, cell.Value.GetString()!));
    }

    [Theory]
    [InlineData("web", "web")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("=1", "\"'=1\"")]
    [InlineData("-1", "\"'-1\"")]
    [InlineData(" @x", "\" '@x\"")]
    [InlineData("a;=1", "\"a;'=1\"")]
    [InlineData("a-1", "a-1")]
    [InlineData("line\nbreak", "line\\u{000A}break")]
    public void A_cell_is_text(string text, string cell) => Assert.Equal(cell, CsvCell.Of(text));

    private static string WithoutApostrophes(string text) => text.Replace("'", "", StringComparison.Ordinal);
}

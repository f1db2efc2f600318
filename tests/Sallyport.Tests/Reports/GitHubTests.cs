using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Sallyport.Auditing;

namespace Sallyport.Tests.Reports;

public sealed partial class GitHubTests
{
    [Fact]
    public void The_ten_worst_are_annotated_and_the_rest_is_counted()
    {
        var lines = Read(FixedReport.OfMany(25));
        Assert.Equal(2, lines.Count(l => l.Command == "error"));
        Assert.Equal(8, lines.Count(l => l.Command == "warning"));
        Assert.EndsWith("The 10 worst are shown; 15 more are not.", lines[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Waived_and_known_findings_are_only_counted()
    {
        var lines = Read(FixedReport.Plain);
        Assert.DoesNotContain(lines, l => l.Properties["title"].StartsWith("SP-EGR-01", StringComparison.Ordinal) || l.Properties["title"].StartsWith("SP-EGR-02", StringComparison.Ordinal));
        Assert.Contains("1 waived", lines[^1].Message, StringComparison.Ordinal);
        Assert.Equal(("error", "Incomplete read"), (lines[0].Command, lines[0].Properties["title"]));
    }

    [Fact]
    public void A_declared_finding_is_annotated_at_its_line()
    {
        var finding = FixedReport.Plain.Findings[1] with { IsNew = null };
        var line = Assert.Single(Read(FixedReport.Clean with { Findings = [finding] }), l => l.Command == "error");
        Assert.Equal(("network/main groups.yaml", "12", "3"), (line.Properties["file"], line.Properties["line"], line.Properties["col"]));
        Assert.Equal("sg-0b: All egress traffic is open to the whole IPv4 and IPv6 Internet.", line.Message);
    }

    [Fact]
    public void No_hostile_name_ends_a_command_or_starts_another()
    {
        foreach (var name in HostileNames.All)
        {
            var report = FixedReport.OfNames([name]);
            report = report with { Findings = [report.Findings[0] with { Waiver = null, Message = name, Location = new(name, 3) }] };
            var lines = Read(report);
            Assert.Equal(lines.Count, ReportText.Of("github", report).Count(c => c == '\n'));
            var finding = Assert.Single(lines, l => l.Properties.ContainsKey("file"));
            Assert.Equal(["file", "line", "title"], finding.Properties.Keys.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void A_hostile_name_is_shown_as_it_is()
    {
        var finding = FixedReport.Plain.Findings[0] with { Message = "50% of ::error::a,b: %0Ax", Location = new("a,b:c%0A", 1), IsNew = null };
        var line = Assert.Single(Read(FixedReport.Clean with { Findings = [finding] }), l => l.Command == "error");
        Assert.Equal("sg-0a: 50% of ::error::a,b: %0Ax", line.Message);
        Assert.Equal("a,b:c%0A", line.Properties["file"]);
    }

    /// <summary>The runner's grammar, strictly: <c>::command key=value,key=value::message</c> with its percent escapes and no others.</summary>
    private static List<(string Command, ImmutableDictionary<string, string> Properties, string Message)> Read(AuditReport report)
    {
        var lines = ReportText.Of("github", report).TrimEnd('\n').Split('\n');
        return [.. lines.Select(line =>
        {
            Assert.DoesNotContain("##[", line, StringComparison.Ordinal);
            var match = Command().Match(line);
            Assert.True(match.Success, line);
            var properties = match.Groups["property"].Captures.Select(c => c.Value.Split('=', 2)).ToImmutableDictionary(p => p[0], p => Decode(p[1]));
            return (match.Groups["command"].Value, properties, Decode(match.Groups["message"].Value));
        })];
    }

    private static string Decode(string text) => Escaped().Replace(text, m => ((char)int.Parse(m.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());

    [GeneratedRegex("^::(?<command>error|warning|notice) (?<property>(?:file|line|col|title)=(?:[^:,%\r\n]|%25|%0D|%0A|%3A|%2C)*)(?:,(?<property>(?:file|line|col|title)=(?:[^:,%\r\n]|%25|%0D|%0A|%3A|%2C)*))*::(?<message>(?:[^%\r\n]|%25|%0D|%0A)*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Command();

    [GeneratedRegex("%([0-9A-F]{2})")]
    private static partial Regex Escaped();
}

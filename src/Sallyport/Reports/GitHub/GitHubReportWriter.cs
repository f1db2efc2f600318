using System.Text;
using Sallyport.Auditing;
using Sallyport.Reports.Text;

namespace Sallyport.Reports.GitHub;

/// <summary>
/// Annotations of a GitHub Actions step: what was not read first, then the ten worst findings, because a step shows about ten of
/// a kind, then the counts. Waived findings and those a baseline knows are only counted.
/// </summary>
public sealed class GitHubReportWriter : IReportWriter
{
    private const int MostShown = 10;
    private const int MostText = 2_000;

    /// <inheritdoc/>
    public void Write(AuditReport report, ReportOptions options, Stream output)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        WriteGaps(report, writer);
        if (WaiverText.Asked(report).ToList() is { Count: > 0 } asked) Line(writer, "notice", null, "Waivers", $"{WaiverText.Clause(asked[0])}.{More(asked.Count)}");
        var open = report.Findings.Count(IsOpen);
        foreach (var finding in report.Findings.Where(IsOpen).Take(MostShown)) Annotate(writer, finding, options);
        var left = open > MostShown ? $" The {MostShown} worst are shown; {open - MostShown:N0} more {(open - MostShown == 1 ? "is" : "are")} not." : string.Empty;
        Line(writer, "notice", null, "Sallyport audit", ReportWords.Summary(report) + left);
    }

    private static bool IsOpen(Finding finding) => finding.Waiver is null && finding.IsNew != false;

    private static void Annotate(StreamWriter writer, Finding finding, ReportOptions options)
    {
        var level = finding.Severity switch
        {
            FindingSeverity.Critical or FindingSeverity.High => "error",
            FindingSeverity.Medium => "warning",
            _ => "notice",
        };
        var place = finding.Location is { } at ? $"file={Property(options.PathOf(at.File))}{(at.Line > 0 ? $",line={at.Line}" : "")}{(at.Column > 0 ? $",col={at.Column}" : "")}" : null;
        Line(writer, level, place, $"{finding.Rule} {finding.Title}", $"{finding.Resource.Id}: {finding.Message}");
    }

    private static void WriteGaps(AuditReport report, StreamWriter writer)
    {
        var failures = report.Gaps.Where(g => g.IsReadFailure).ToList();
        if (report.Scope.Groups == 0) Line(writer, "error", null, "Incomplete read", "No security group was read: an empty inventory is not a clean one.");
        if (failures.Count > 0) Line(writer, "error", null, "Incomplete read", $"{ReportWords.Of(failures[0])}{More(failures.Count)}");
        if (report.Gaps.Length > failures.Count) Line(writer, "notice", null, "Not in the source", $"{ReportWords.Of(report.Gaps.First(g => !g.IsReadFailure))}{More(report.Gaps.Length - failures.Count)}");
        if (Undecided.Of(report).ToList() is { Count: > 0 } open) Line(writer, "notice", null, "Verdicts unknown", $"{report.Summary.Unknown:N0}: {open[0].Rule} for {open[0].Clause}.{(open.Count > 1 ? " The others are in the report." : string.Empty)}");
        if (report.NotAssessed.Length > 0) Line(writer, "notice", null, "Not assessed", $"{ReportWords.Of(report.NotAssessed[0])}{More(report.NotAssessed.Length)}");
    }

    private static string More(int count) => count > 1 ? $" And {count - 1:N0} more." : string.Empty;

    private static void Line(StreamWriter writer, string level, string? place, string title, string message) =>
        writer.WriteLine($"::{level} {(place is null ? "" : place + ",")}title={Property(title)}::{Data(message)}");

    // The message of a command: % as the runner decodes it; line breaks are already written out.
    private static string Data(string text) => CutText.Of(TerminalText.Escape(text), MostText).Replace("%", "%25", StringComparison.Ordinal);

    private static string Property(string text) => Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}

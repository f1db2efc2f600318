using Sallyport.Auditing;

namespace Sallyport.Reports.Json;

/// <summary>
/// One object a line, its <c>kind</c> first: <c>report</c> (version, tool, scope), then every <c>gap</c>, <c>finding</c> and
/// <c>unknown</c>, and <c>summary</c> as the last, so a reader knows that nothing was cut off.
/// </summary>
public sealed class JsonLinesReportWriter : IStreamingReportWriter
{
    /// <inheritdoc/>
    public IStreamedReport Begin(ReportOptions options, Stream output) => new JsonLinesReport(options, output);

    /// <inheritdoc/>
    public void Write(AuditReport report, ReportOptions options, Stream output)
    {
        using var lines = Begin(options, output);
        lines.Begin(report.Scope, report.Gaps);
        foreach (var finding in report.Findings) lines.Add(finding);
        lines.Complete(report);
    }
}

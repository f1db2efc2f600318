using System.Text.Json;
using Sallyport.Auditing;

namespace Sallyport.Reports.Ocsf;

/// <summary>
/// OCSF 1.4.0 Compliance Findings (class 2003) with the cloud profile, one event a line: what Security Hub exports, and what log
/// shippers read without holding a whole array. What is not decided or not read is an event whose compliance status is a warning,
/// "did not yield a result due to missing information".
/// </summary>
public sealed class OcsfReportWriter : IReportWriter
{
    /// <inheritdoc/>
    public void Write(AuditReport report, ReportOptions options, Stream output)
    {
        var rules = new RuleTable(report);
        var time = options.RequireTime("ocsf");
        using var json = new Utf8JsonWriter(output);
        foreach (var finding in report.Findings) Line(() => OcsfEvent.Write(json, finding, rules, options, time));
        foreach (var open in Undecided.Of(report)) Line(() => OcsfEvent.Write(json, open, rules, options, time));
        foreach (var gap in report.Gaps.Where(g => g.IsReadFailure)) Line(() => OcsfEvent.Write(json, gap, options, time));
        foreach (var rule in report.NotAssessed) Line(() => OcsfEvent.Write(json, rule, options, time));

        void Line(Action write)
        {
            write();
            json.Flush();
            json.Reset();
            output.WriteByte((byte)'\n');
        }
    }
}

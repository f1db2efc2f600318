using System.Text.Json;
using Sallyport.Auditing;

namespace Sallyport.Reports.Json;

/// <summary>
/// One object a line, its <c>kind</c> first: <c>report</c> (version, tool, scope), then every <c>gap</c>, <c>finding</c> and
/// <c>unknown</c>, and <c>summary</c> as the last, so a reader knows that nothing was cut off.
/// </summary>
public sealed class JsonLinesReportWriter : IReportWriter
{
    /// <inheritdoc/>
    public void Write(AuditReport report, ReportOptions options, Stream output)
    {
        using var json = new Utf8JsonWriter(output);
        Line(json, output, "report", () =>
        {
            json.WriteNumber("schemaVersion", FindingJson.SchemaVersion);
            json.WritePropertyName("tool");
            FindingJson.WriteTool(json, options);
            json.WritePropertyName("scope");
            FindingJson.WriteScope(json, report.Scope);
        });
        foreach (var gap in report.Gaps) Line(json, output, "gap", () => FindingJson.WriteGap(json, gap));
        foreach (var finding in report.Findings) Line(json, output, "finding", () => FindingJson.WriteFinding(json, finding));
        foreach (var unknown in report.Unknown) Line(json, output, "unknown", () => FindingJson.WriteUnknown(json, unknown));
        foreach (var rule in report.NotAssessed) Line(json, output, "notAssessed", () => FindingJson.WriteUnassessed(json, rule));
        foreach (var waiver in report.Waivers) Line(json, output, "waiver", () => ComplianceJson.WriteWaiver(json, waiver));
        if (report.Baseline is { } baseline) Line(json, output, "baseline", () => ComplianceJson.WriteBaseline(json, baseline));
        foreach (var framework in report.Compliance) Line(json, output, "compliance", () => ComplianceJson.WriteFramework(json, framework));
        Line(json, output, "summary", () =>
        {
            json.WritePropertyName("summary");
            FindingJson.WriteSummary(json, report.Summary);
        });
    }

    private static void Line(Utf8JsonWriter json, Stream output, string kind, Action members)
    {
        json.WriteStartObject();
        json.WriteString("kind", kind);
        members();
        json.WriteEndObject();
        json.Flush();
        json.Reset();
        output.WriteByte((byte)'\n');
    }
}

using System.Text.Json;
using Sallyport.Auditing;

namespace Sallyport.Reports.Json;

/// <summary>The whole report as one document (design/contract, <c>audit -o json</c>), indented unless it is very large. Text beyond ASCII is escaped, so no name can harm a terminal.</summary>
public sealed class JsonReportWriter : IReportWriter
{
    // Nobody reads more than that as text, and blanks would be two fifths of it.
    private const int MostIndented = 10_000;

    internal static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n", Encoder = FindingJson.Encoder };

    /// <inheritdoc/>
    public void Write(AuditReport report, ReportOptions options, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, report.Findings.Length <= MostIndented ? Indented : Indented with { Indented = false }))
        {
            json.WriteStartObject();
            json.WriteNumber("schemaVersion", FindingJson.SchemaVersion);
            json.WritePropertyName("tool");
            FindingJson.WriteTool(json, options);
            json.WritePropertyName("scope");
            FindingJson.WriteScope(json, report.Scope);
            WriteArray(json, "gaps", report.Gaps, FindingJson.WriteGap);
            WriteArray(json, "findings", report.Findings, FindingJson.WriteFinding);
            WriteArray(json, "unknown", report.Unknown, FindingJson.WriteUnknown);
            WriteArray(json, "notAssessed", report.NotAssessed, FindingJson.WriteUnassessed);
            WriteArray(json, "waivers", report.Waivers, ComplianceJson.WriteWaiver);
            WriteBaseline(json, report);
            WriteArray(json, "compliance", report.Compliance, ComplianceJson.WriteFramework);
            json.WriteNumber("belowMinimum", report.BelowLeast);
            json.WritePropertyName("summary");
            FindingJson.WriteSummary(json, report.Summary);
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void WriteBaseline(Utf8JsonWriter json, AuditReport report)
    {
        if (report.Baseline is not { } baseline)
        {
            json.WriteNull("baseline");
            return;
        }

        json.WriteStartObject("baseline");
        ComplianceJson.WriteBaseline(json, baseline);
        json.WriteEndObject();
    }

    private static void WriteArray<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        const int FlushAt = 1 << 16;
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
            if (json.BytesPending > FlushAt) json.Flush();
        }

        json.WriteEndArray();
    }
}

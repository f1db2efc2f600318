using System.Collections.Immutable;
using System.Text.Json;
using Sallyport.Auditing;
using Sallyport.Estates;

namespace Sallyport.Reports.Json;

/// <summary>The lines of one report, written as they come.</summary>
internal sealed class JsonLinesReport : IStreamedReport
{
    private const int Chunk = 64 * 1024;

    private readonly ReportOptions _options;
    private readonly BufferedStream _output;
    private readonly Utf8JsonWriter _json;

    public JsonLinesReport(ReportOptions options, Stream output)
    {
        _options = options;
        _output = new BufferedStream(output, Chunk);
        _json = new Utf8JsonWriter(_output, new JsonWriterOptions { Encoder = FindingJson.Encoder });
    }

    public void Begin(AuditScope scope, ImmutableArray<EstateGap> gaps)
    {
        Line("report", json =>
        {
            json.WriteNumber("schemaVersion", FindingJson.SchemaVersion);
            json.WritePropertyName("tool");
            FindingJson.WriteTool(json, _options);
            json.WritePropertyName("scope");
            FindingJson.WriteScope(json, scope);
        });
        foreach (var gap in gaps) Line("gap", json => FindingJson.WriteGap(json, gap));
    }

    public void Add(Finding finding) => Line("finding", json => FindingJson.WriteFinding(json, finding));

    public void Complete(AuditReport report)
    {
        foreach (var unknown in report.Unknown) Line("unknown", json => FindingJson.WriteUnknown(json, unknown));
        foreach (var rule in report.NotAssessed) Line("notAssessed", json => FindingJson.WriteUnassessed(json, rule));
        foreach (var waiver in report.Waivers) Line("waiver", json => ComplianceJson.WriteWaiver(json, waiver));
        if (report.Baseline is { } baseline) Line("baseline", json => ComplianceJson.WriteBaseline(json, baseline));
        foreach (var framework in report.Compliance) Line("compliance", json => ComplianceJson.WriteFramework(json, framework));
        Line("summary", json =>
        {
            json.WritePropertyName("summary");
            FindingJson.WriteSummary(json, report.Summary);
        });
        _output.Flush();
    }

    /// <summary>Lets go of the buffers; the stream below stays open.</summary>
    public void Dispose() => _json.Dispose();

    private void Line(string kind, Action<Utf8JsonWriter> members)
    {
        _json.WriteStartObject();
        _json.WriteString("kind", kind);
        members(_json);
        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
        _output.WriteByte((byte)'\n');
    }
}

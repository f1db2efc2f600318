using System.Collections.Immutable;
using System.Text.Json;
using Sallyport.Auditing;
using Sallyport.Diagnostics;
using Sallyport.Reports.Json;

namespace Sallyport.Reports.Sarif;

/// <summary>
/// SARIF 2.1.0, one run. Most severe results first, because code scanning keeps the first 5,000 of at most 25,000. What was not
/// read or decided is a notification of the invocation, never a result: a result would count as an alert.
/// </summary>
public sealed class SarifReportWriter : IReportWriter
{
    /// <summary>Results that code scanning takes in one run.</summary>
    internal const int MostResults = 25_000;

    /// <summary>Results that code scanning keeps of one run.</summary>
    internal const int MostKept = 5_000;

    private const int FlushAt = 1 << 16;

    /// <inheritdoc/>
    public void Write(AuditReport report, ReportOptions options, Stream output)
    {
        var rules = new RuleTable(report);
        using (var json = new Utf8JsonWriter(output, JsonReportWriter.Indented))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
            json.WriteString("version", "2.1.0");
            json.WriteStartArray("runs");
            json.WriteStartObject();
            SarifRules.WriteTool(json, report, rules, options);
            json.WriteStartObject("automationDetails");
            json.WriteString("id", RunId(report.Scope));
            json.WriteEndObject();
            json.WriteString("columnKind", "utf16CodeUnits");
            SarifInvocation.Write(json, report, rules, options, Math.Max(0, report.Findings.Length - MostResults));
            json.WriteStartArray("results");
            foreach (var finding in report.Findings.Take(MostResults))
            {
                SarifResult.Write(json, finding, rules, options);
                if (json.BytesPending > FlushAt) json.Flush();
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    /// <inheritdoc/>
    public ImmutableArray<Diagnostic> Shortfalls(AuditReport report) => report.Findings.Length switch
    {
        > MostResults => [ReportDiagnostics.SarifIsCut(report.Findings.Length, MostResults)],
        > MostKept => [ReportDiagnostics.SarifIsMoreThanShown(report.Findings.Length, MostKept)],
        _ => [],
    };

    // Everything before the last slash is what code scanning replaces as one: the same accounts and Regions again, and no others.
    private static string RunId(AuditScope scope)
    {
        const int MostNamed = 4;
        return $"{ToolIdentity.Name}/{Part(scope.Accounts, "accounts")}/{Part(scope.Regions, "regions")}/";

        static string Part(ImmutableArray<string> values, string many) =>
            values.IsEmpty ? "unknown" : values.Length > MostNamed ? $"{values.Length}-{many}" : string.Join('+', values.Select(Uri.EscapeDataString));
    }
}

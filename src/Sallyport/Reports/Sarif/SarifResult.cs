using System.Text.Json;
using Sallyport.Auditing;
using Sallyport.Diagnostics;
using Sallyport.Reports.Json;
using Sallyport.Reports.Text;

namespace Sallyport.Reports.Sarif;

/// <summary>One finding as a result.</summary>
internal static class SarifResult
{
    // Some viewers drop a result without a file, so what no file declares points at the tool's own settings file.
    private const string NoFile = "sallyport.yaml";

    public static void Write(Utf8JsonWriter json, Finding finding, RuleTable rules, ReportOptions options)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", finding.Rule);
        if (rules.PlaceOf(finding.Rule) is { } place) json.WriteNumber("ruleIndex", place);
        json.WriteString("kind", "fail");
        json.WriteString("level", SarifLevel.Of(finding.Severity));
        json.WriteStartObject("message");
        json.WriteString("text", SarifText.Of(finding.Message));
        json.WriteEndObject();
        WriteLocation(json, finding, options);
        json.WriteStartObject("partialFingerprints");

        // Code scanning takes two results of one rule and line for the same alert unless this differs.
        json.WriteString("primaryLocationLineHash", finding.Fingerprint + ":1");
        json.WriteString("sallyport/v1", finding.Fingerprint);
        json.WriteEndObject();
        if (finding.IsNew is { } isNew) json.WriteString("baselineState", isNew ? "new" : "unchanged");
        WriteSuppressions(json, finding.Waiver);
        json.WriteStartObject("properties");
        json.WriteString("severity", FindingJson.Word(finding.Severity));
        json.WriteString("basis", FindingJson.Word(finding.Basis));
        json.WriteString("account", TerminalText.Escape(finding.Resource.Scope.Account));
        json.WriteString("region", TerminalText.Escape(finding.Resource.Scope.Region));
        if (finding.Resource.Vpc is { } vpc) json.WriteString("vpc", TerminalText.Escape(vpc.Value));
        FindingJson.WriteStrings(json, "evidence", finding.Evidence.Select(e => TerminalText.Escape(e.ToString())));
        FindingJson.WriteStrings(json, "related", finding.Related);
        FindingJson.WriteStrings(json, "aliases", finding.Aliases);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteLocation(Utf8JsonWriter json, Finding finding, ReportOptions options)
    {
        var at = finding.Location ?? new SourceSpan(NoFile);
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", UriOf(options.PathOf(at.File)));
        json.WriteEndObject();
        json.WriteStartObject("region");
        json.WriteNumber("startLine", Math.Max(1, at.Line));
        if (at.Column > 0) json.WriteNumber("startColumn", at.Column);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartArray("logicalLocations");
        json.WriteStartObject();
        json.WriteString("name", TerminalText.Escape(finding.Resource.Name.Length > 0 ? finding.Resource.Name : finding.Resource.Id));
        json.WriteString("fullyQualifiedName", TerminalText.Escape(ResourceArn.Of(finding.Resource)));
        json.WriteString("kind", "resource");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteSuppressions(Utf8JsonWriter json, Waiver? waiver)
    {
        json.WriteStartArray("suppressions");
        if (waiver is not null)
        {
            json.WriteStartObject();
            json.WriteString("kind", "external");
            json.WriteString("status", "accepted");
            json.WriteString("justification", TerminalText.Escape(ReportWords.Of(waiver)));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // A path becomes a URI reference: relative stays relative, so that it resolves against the checkout.
    private static string UriOf(string file)
    {
        var path = file.Replace('\\', '/');
        var escaped = string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
        if (path.StartsWith('/')) return "file://" + escaped;
        var isDrive = path.Length > 2 && char.IsAsciiLetter(path[0]) && path[1] == ':' && path[2] == '/';
        if (isDrive) return $"file:///{path[0]}:{escaped[(escaped.IndexOf('/', StringComparison.Ordinal))..]}";
        return escaped.Length > 0 ? escaped : NoFile;
    }
}

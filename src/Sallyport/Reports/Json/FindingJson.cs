using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Sallyport.Auditing;
using Sallyport.Estates;

namespace Sallyport.Reports.Json;

/// <summary>The contract's JSON shapes of a report's parts; every property is always there, null when it has no value.</summary>
internal static class FindingJson
{
    public const int SchemaVersion = 1;

    /// <summary>
    /// Text beyond ASCII as <c>\uXXXX</c>, and <c>#</c> too: a CI runner looks for <c>##[command]</c> anywhere in a line that we print.
    /// </summary>
    public static readonly JavaScriptEncoder Encoder = MakeEncoder();

    public static void WriteTool(Utf8JsonWriter json, ReportOptions options)
    {
        json.WriteStartObject();
        json.WriteString("name", "sallyport");
        json.WriteString("version", options.Version);
        json.WriteEndObject();
    }

    public static void WriteScope(Utf8JsonWriter json, AuditScope scope)
    {
        json.WriteStartObject();
        WriteStrings(json, "accounts", scope.Accounts);
        WriteStrings(json, "regions", scope.Regions);
        json.WriteNumber("groups", scope.Groups);
        json.WriteNumber("rules", scope.Rules);
        json.WriteNumber("interfaces", scope.Interfaces);
        json.WriteEndObject();
    }

    /// <summary>The members of a gap, without its braces: lines of JSON put a kind before them.</summary>
    public static void WriteGap(Utf8JsonWriter json, EstateGap gap)
    {
        json.WriteString("what", JsonNamingPolicy.CamelCase.ConvertName(gap.What.ToString()));
        json.WriteString("where", gap.Where);
        json.WriteString("why", gap.Why);
        json.WriteBoolean("readFailure", gap.IsReadFailure);
    }

    /// <summary>The members of a finding, without its braces.</summary>
    public static void WriteFinding(Utf8JsonWriter json, Finding finding)
    {
        json.WriteString("rule", finding.Rule);
        json.WriteString("severity", Word(finding.Severity));
        json.WriteString("title", finding.Title);
        json.WriteString("message", finding.Message);
        json.WritePropertyName("resource");
        WriteResource(json, finding.Resource);
        json.WriteStartArray("evidence");
        foreach (var atom in finding.Evidence) WriteAtom(json, atom);
        json.WriteEndArray();
        json.WriteString("basis", Word(finding.Basis));
        WriteStrings(json, "related", finding.Related);
        WriteStrings(json, "aliases", finding.Aliases);
        RuleJson.WriteControls(json, finding.Controls);
        WriteLocation(json, finding);
        json.WriteString("fingerprint", finding.Fingerprint);
        WriteWaiver(json, finding.Waiver);
    }

    /// <summary>The members of an unknown verdict, without its braces.</summary>
    public static void WriteUnknown(Utf8JsonWriter json, UnknownVerdict unknown)
    {
        json.WriteString("rule", unknown.Rule);
        json.WritePropertyName("resource");
        WriteResource(json, unknown.Resource);
        json.WriteString("gap", unknown.Gap);
    }

    /// <summary>The members of a rule that was not judged, without its braces.</summary>
    public static void WriteUnassessed(Utf8JsonWriter json, UnassessedRule unassessed)
    {
        json.WriteString("rule", unassessed.Rule.Code);
        json.WriteString("why", unassessed.Why);
        WriteStrings(json, "needs", unassessed.Rule.Needs.Select(RuleJson.Word));
    }

    public static void WriteSummary(Utf8JsonWriter json, AuditSummary summary)
    {
        json.WriteStartObject();
        json.WriteNumber("critical", summary.Critical);
        json.WriteNumber("high", summary.High);
        json.WriteNumber("medium", summary.Medium);
        json.WriteNumber("low", summary.Low);
        json.WriteNumber("info", summary.Info);
        json.WriteNumber("waived", summary.Waived);
        json.WriteNumber("unknown", summary.Unknown);
        json.WriteEndObject();
    }

    public static string Word(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Critical => "critical",
        FindingSeverity.High => "high",
        FindingSeverity.Medium => "medium",
        FindingSeverity.Low => "low",
        _ => "info",
    };

    public static void WriteStrings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    public static string Word(FindingBasis basis) => basis switch
    {
        FindingBasis.Symbolic => "symbolic",
        FindingBasis.Invariant => "invariant",
        _ => "snapshot",
    };

    private static JavaScriptEncoder MakeEncoder()
    {
        var settings = new TextEncoderSettings(UnicodeRanges.BasicLatin);
        settings.ForbidCharacter('#');
        return JavaScriptEncoder.Create(settings);
    }

    private static void WriteResource(Utf8JsonWriter json, FindingResource resource)
    {
        json.WriteStartObject();
        json.WriteString("type", resource.Type);
        json.WriteString("id", resource.Id);
        json.WriteString("name", resource.Name);
        json.WriteString("account", resource.Scope.Account);
        json.WriteString("region", resource.Scope.Region);
        WriteStringOrNull(json, "vpc", resource.Vpc?.Value);
        json.WriteEndObject();
    }

    // EC2's own way: -1 where a protocol has no ports, type and code for ICMP.
    private static void WriteAtom(Utf8JsonWriter json, EvidenceAtom atom)
    {
        json.WriteStartObject();
        WriteStringOrNull(json, "ruleId", atom.RuleId?.Value);
        json.WriteString("direction", atom.Direction == Direction.Ingress ? "ingress" : "egress");
        json.WriteString("protocol", atom.Service.Protocol.WireName);
        json.WriteNumber("fromPort", atom.Service.From);
        json.WriteNumber("toPort", atom.Service.To);
        json.WriteString("peer", atom.Peer.ToString());
        json.WriteEndObject();
    }

    private static void WriteLocation(Utf8JsonWriter json, Finding finding)
    {
        if (finding.Location is not { } at)
        {
            json.WriteNull("location");
            return;
        }

        json.WriteStartObject("location");
        json.WriteString("file", at.File);
        if (at.Line > 0) json.WriteNumber("line", at.Line);
        else json.WriteNull("line");
        json.WriteEndObject();
    }

    private static void WriteWaiver(Utf8JsonWriter json, Waiver? waiver)
    {
        if (waiver is null)
        {
            json.WriteNull("waiver");
            return;
        }

        json.WriteStartObject("waiver");
        json.WriteString("reason", waiver.Reason);
        json.WriteString("owner", waiver.Owner);
        json.WriteString("expires", waiver.Expires.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    private static void WriteStringOrNull(Utf8JsonWriter json, string name, string? value)
    {
        if (value is null) json.WriteNull(name);
        else json.WriteString(name, value);
    }
}

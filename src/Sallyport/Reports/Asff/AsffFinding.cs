using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Sallyport.Auditing;
using Sallyport.Auditing.Compliance;
using Sallyport.Estates;
using Sallyport.Reports.Json;

namespace Sallyport.Reports.Asff;

/// <summary>
/// One finding. Security Hub takes at most 240 KB of each, so every list and text in it is bounded. A waived finding is archived, with the
/// waiver as its note.
/// </summary>
internal static class AsffFinding
{
    private const int MostRequirements = 32;
    private const int MostResources = 32;
    private const int MostTitle = 256;
    private const int MostDescription = 1_024;
    private const int MostFix = 512;
    private const int MostNote = 512;
    private const int MostId = 512;
    private const int MostField = 1_024;

    public static void Write(Utf8JsonWriter json, Finding finding, RuleTable rules, ReportOptions options, DateTimeOffset time)
    {
        var scope = finding.Resource.Scope;
        json.WriteStartObject();
        WriteHead(json, scope, finding.Rule, finding.Fingerprint, options, time);
        WriteTypes(json, !finding.Controls.IsEmpty);
        WriteSeverity(json, Label(finding.Severity), FindingJson.Word(finding.Severity));
        json.WriteString("Title", AsffText.Of(finding.Title, MostTitle));
        json.WriteString("Description", AsffText.Of(finding.Message, MostDescription));
        if (rules.Find(finding.Rule) is { } rule) WriteRemediation(json, rule);
        json.WriteStartArray("Resources");
        AsffResource.Write(json, finding.Resource, finding.Evidence);
        json.WriteEndArray();
        WriteCompliance(json, "FAILED", finding.Controls, null);
        json.WriteString("RecordState", finding.Waiver is null ? "ACTIVE" : "ARCHIVED");
        if (finding.Waiver is { } waiver)
        {
            json.WriteStartObject("Note");
            json.WriteString("Text", AsffText.Of(ReportWords.Of(waiver), MostNote));
            json.WriteString("UpdatedBy", AsffText.Of(waiver.Owner.Length > 0 ? waiver.Owner : ToolIdentity.Name, MostNote));
            json.WriteString("UpdatedAt", Time(time));
            json.WriteEndObject();
        }

        json.WriteStartObject("ProductFields");
        Field(json, "fingerprint", finding.Fingerprint);
        Field(json, "basis", FindingJson.Word(finding.Basis));
        Field(json, "evidence", string.Join("; ", finding.Evidence));
        Field(json, "related", string.Join(", ", finding.Related));
        Field(json, "aliases", string.Join(", ", finding.Aliases));
        if (finding.Location is { } at) Field(json, "declaredAt", at.ToString());
        if (finding.IsNew is { } isNew) Field(json, "baseline", isNew ? "new" : "known");
        Field(json, "version", options.Version);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>What a rule left open.</summary>
    public static void Write(Utf8JsonWriter json, Undecided open, RuleTable rules, ReportOptions options, DateTimeOffset time)
    {
        var title = rules.Find(open.Rule)?.Title ?? open.Rule;
        json.WriteStartObject();
        WriteHead(json, open.Scope, open.Rule, "not-decided-" + Fingerprint.Of(open.Rule, open.Resources[0] with { Id = open.Gap }, []), options, time);
        WriteTypes(json, hasControls: false);
        WriteSeverity(json, "INFORMATIONAL", "unknown");
        json.WriteString("Title", AsffText.Of($"Not decided: {title}", MostTitle));
        json.WriteString("Description", AsffText.Of(open.Sentence, MostDescription));
        json.WriteStartArray("Resources");
        foreach (var resource in open.Resources.Take(MostResources)) AsffResource.Write(json, resource, []);
        json.WriteEndArray();
        WriteCompliance(json, "NOT_AVAILABLE", [], open.Gap);
        json.WriteString("RecordState", "ACTIVE");
        json.WriteStartObject("ProductFields");
        Field(json, "resources", open.Resources.Length.ToString(CultureInfo.InvariantCulture));
        Field(json, "version", options.Version);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>What could not be read of an account and Region.</summary>
    public static void Write(Utf8JsonWriter json, Scope scope, ImmutableArray<EstateGap> gaps, ReportOptions options, DateTimeOffset time)
    {
        var text = string.Join(' ', gaps.Select(ReportWords.Of));
        json.WriteStartObject();
        WriteHead(json, scope, "incomplete-read", "incomplete-read", options, time);
        WriteTypes(json, hasControls: false);
        WriteSeverity(json, "INFORMATIONAL", "unknown");
        json.WriteString("Title", "The audit did not read everything");
        json.WriteString("Description", AsffText.Of(text, MostDescription));
        json.WriteStartArray("Resources");
        AsffResource.Write(json, FindingResource.Of(scope), []);
        json.WriteEndArray();
        WriteCompliance(json, "NOT_AVAILABLE", [], text);
        json.WriteString("RecordState", "ACTIVE");
        json.WriteStartObject("ProductFields");
        Field(json, "version", options.Version);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // The id is the same from scan to scan, or every scan would double the findings.
    private static void WriteHead(Utf8JsonWriter json, Scope scope, string generator, string id, ReportOptions options, DateTimeOffset time)
    {
        json.WriteString("SchemaVersion", "2018-10-08");
        json.WriteString("Id", AsffText.Of($"{ToolIdentity.Name}/{scope.Account}/{scope.Region}/{generator}/{id}", MostId));
        json.WriteString("ProductArn", AsffText.Of($"arn:{scope.Partition}:securityhub:{scope.Region}:{scope.Account}:product/{scope.Account}/default", MostId));
        json.WriteString("ProductName", ToolIdentity.Product);
        json.WriteString("GeneratorId", AsffText.Of($"{ToolIdentity.Name}/{generator}", MostId));
        json.WriteString("AwsAccountId", scope.Account);
        json.WriteString("Region", AsffText.Of(scope.Region, AsffResource.MostRegion));
        json.WriteString("CreatedAt", Time(time));
        json.WriteString("UpdatedAt", Time(time));
    }

    private static void WriteTypes(Utf8JsonWriter json, bool hasControls)
    {
        json.WriteStartArray("Types");
        json.WriteStringValue("Software and Configuration Checks/AWS Security Best Practices/Network Reachability");
        if (hasControls) json.WriteStringValue("Software and Configuration Checks/Industry and Regulatory Standards");
        json.WriteEndArray();
    }

    private static void WriteSeverity(Utf8JsonWriter json, string label, string original)
    {
        json.WriteStartObject("Severity");
        json.WriteString("Label", label);
        json.WriteString("Original", original);
        json.WriteEndObject();
    }

    private static void WriteRemediation(Utf8JsonWriter json, AuditRule rule)
    {
        if (rule.Guide.Fix.Length == 0) return;
        json.WriteStartObject("Remediation");
        json.WriteStartObject("Recommendation");
        json.WriteString("Text", AsffText.Of(rule.Guide.Fix, MostFix));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteCompliance(Utf8JsonWriter json, string status, ImmutableArray<Control> controls, string? reason)
    {
        json.WriteStartObject("Compliance");
        json.WriteString("Status", status);
        if (!controls.IsEmpty)
        {
            json.WriteStartArray("RelatedRequirements");
            foreach (var requirement in Requirements(controls).Take(MostRequirements)) json.WriteStringValue(AsffText.Of(requirement, MostTitle));
            json.WriteEndArray();
        }

        if (reason is not null)
        {
            json.WriteStartArray("StatusReasons");
            json.WriteStartObject();
            json.WriteString("ReasonCode", "SALLYPORT_NOT_READ");
            json.WriteString("Description", AsffText.Of(reason, MostDescription));
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    // A clause each where they fit, else a framework each.
    private static IEnumerable<string> Requirements(ImmutableArray<Control> controls) => controls.Length <= MostRequirements
        ? controls.Select(c => $"{c.Framework} {c.Id}")
        : controls.GroupBy(c => c.Framework).Select(g => $"{g.Key} {string.Join(", ", g.Select(c => c.Id))}");

    private static void Field(Utf8JsonWriter json, string name, string value)
    {
        if (!string.IsNullOrWhiteSpace(value)) json.WriteString($"{ToolIdentity.Name}/{name}", AsffText.Of(value, MostField));
    }

    private static string Label(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Critical => "CRITICAL",
        FindingSeverity.High => "HIGH",
        FindingSeverity.Medium => "MEDIUM",
        FindingSeverity.Low => "LOW",
        _ => "INFORMATIONAL",
    };

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

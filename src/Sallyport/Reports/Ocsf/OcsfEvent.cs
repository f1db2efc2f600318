using System.Collections.Immutable;
using System.Text.Json;
using Sallyport.Auditing;
using Sallyport.Auditing.Compliance;
using Sallyport.Estates;
using Sallyport.Reports.Json;
using Sallyport.Reports.Text;

namespace Sallyport.Reports.Ocsf;

/// <summary>One Compliance Finding event.</summary>
internal static class OcsfEvent
{
    private const string SchemaVersion = "1.4.0";
    private const int MostResources = 100;
    private const int Create = 1;
    private const int Update = 2;
    private const int ClassUid = 2003;
    private const int AwsAccount = 10;

    private static readonly (int Id, string Caption) Informational = (1, "Informational");
    private static readonly (int Id, string Caption) Warning = (2, "Warning");
    private static readonly (int Id, string Caption) Fail = (3, "Fail");

    public static void Write(Utf8JsonWriter json, Finding finding, RuleTable rules, ReportOptions options, DateTimeOffset time)
    {
        var rule = rules.Find(finding.Rule);
        json.WriteStartObject();
        WriteHead(json, finding.IsNew == false ? Update : Create, SeverityOf(finding.Severity), finding.Message, time);
        json.WriteNumber("status_id", finding.Waiver is null ? 1 : 3);
        json.WriteString("status", finding.Waiver is null ? "New" : "Suppressed");
        if (finding.Waiver is { } waiver) json.WriteString("status_detail", TerminalText.Escape(ReportWords.Of(waiver)));
        WriteMetadata(json, finding.Rule, options);
        WriteCloud(json, finding.Resource.Scope);
        WriteInfo(json, finding.Fingerprint, (finding.Rule, finding.Title), finding.Title, finding.Message, time);
        WriteCompliance(json, finding.Rule, Fail, finding.Controls, null);
        if (rule is not null && rule.Guide.Fix.Length > 0) WriteRemediation(json, rule);
        WriteResources(json, [finding.Resource]);
        WriteEvidence(json, finding.Evidence);
        json.WriteStartObject("unmapped");
        json.WriteString("basis", FindingJson.Word(finding.Basis));
        FindingJson.WriteStrings(json, "related", finding.Related);
        FindingJson.WriteStrings(json, "aliases", finding.Aliases);
        if (finding.Location is { } at) json.WriteString("declared_at", TerminalText.Escape(at.ToString()));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>What a rule left open.</summary>
    public static void Write(Utf8JsonWriter json, Undecided open, RuleTable rules, ReportOptions options, DateTimeOffset time)
    {
        var uid = "not-decided-" + Fingerprint.Of(open.Rule, open.Resources[0] with { Id = open.Gap }, []);
        var name = rules.Find(open.Rule)?.Title ?? open.Rule;
        WriteOpen(json, uid, (open.Rule, name), $"Not decided: {name}", open.Sentence, open.Gap, open.Scope, [.. open.Resources.Take(MostResources)], options, time);
    }

    /// <summary>What was to be read and was not.</summary>
    public static void Write(Utf8JsonWriter json, EstateGap gap, ReportOptions options, DateTimeOffset time)
    {
        var scope = gap.Where.Split('/') is [var account, var region] ? new Scope(account, region) : new Scope(string.Empty, string.Empty);
        WriteOpen(json, $"not-read-{gap.What}-{gap.Where}", ("not-read", "Incomplete read"), "The audit did not read everything", ReportWords.Of(gap), gap.Why, scope, [], options, time);
    }

    /// <summary>A rule that was not judged at all.</summary>
    public static void Write(Utf8JsonWriter json, UnassessedRule unassessed, ReportOptions options, DateTimeOffset time)
    {
        var rule = unassessed.Rule;
        WriteOpen(
            json, $"not-assessed-{rule.Code}", (rule.Code, rule.Title), $"Not assessed: {rule.Title}", ReportWords.Of(unassessed), unassessed.Why, new Scope(string.Empty, string.Empty), [], options, time);
    }

    private static void WriteOpen(
        Utf8JsonWriter json, string uid, (string Code, string Name) rule, string title, string message, string reason, Scope scope, ImmutableArray<FindingResource> resources, ReportOptions options, DateTimeOffset time)
    {
        json.WriteStartObject();
        WriteHead(json, Create, Informational, message, time);
        json.WriteNumber("status_id", 1);
        json.WriteString("status", "New");
        WriteMetadata(json, rule.Code, options);
        WriteCloud(json, scope);
        WriteInfo(json, uid, rule, title, message, time);
        WriteCompliance(json, rule.Code, Warning, [], reason);
        if (!resources.IsEmpty) WriteResources(json, resources);
        json.WriteEndObject();
    }

    private static void WriteHead(Utf8JsonWriter json, int activity, (int Id, string Caption) severity, string message, DateTimeOffset time)
    {
        var caption = activity == Create ? "Create" : "Update";
        json.WriteNumber("activity_id", activity);
        json.WriteString("activity_name", caption);
        json.WriteNumber("category_uid", 2);
        json.WriteString("category_name", "Findings");
        json.WriteNumber("class_uid", ClassUid);
        json.WriteString("class_name", "Compliance Finding");
        json.WriteNumber("type_uid", (ClassUid * 100) + activity);
        json.WriteString("type_name", $"Compliance Finding: {caption}");
        json.WriteNumber("time", time.ToUnixTimeMilliseconds());
        json.WriteNumber("severity_id", severity.Id);
        json.WriteString("severity", severity.Caption);
        json.WriteString("message", TerminalText.Escape(message));
    }

    private static void WriteMetadata(Utf8JsonWriter json, string rule, ReportOptions options)
    {
        json.WriteStartObject("metadata");
        json.WriteString("version", SchemaVersion);
        json.WriteStartArray("profiles");
        json.WriteStringValue("cloud");
        json.WriteEndArray();
        json.WriteStartObject("product");
        json.WriteString("name", ToolIdentity.Product);
        json.WriteString("vendor_name", ToolIdentity.Product);
        json.WriteString("version", options.Version);
        json.WriteEndObject();
        json.WriteString("event_code", rule);
        json.WriteEndObject();
    }

    private static void WriteCloud(Utf8JsonWriter json, Scope scope)
    {
        json.WriteStartObject("cloud");
        json.WriteString("provider", "AWS");
        if (scope.Region.Length > 0) json.WriteString("region", TerminalText.Escape(scope.Region));
        WriteAccount(json, scope.Account);
        json.WriteEndObject();
    }

    private static void WriteAccount(Utf8JsonWriter json, string account)
    {
        if (account.Length == 0) return;
        json.WriteStartObject("account");
        json.WriteString("uid", TerminalText.Escape(account));
        json.WriteNumber("type_id", AwsAccount);
        json.WriteString("type", "AWS Account");
        json.WriteEndObject();
    }

    private static void WriteInfo(Utf8JsonWriter json, string uid, (string Code, string Name) rule, string title, string text, DateTimeOffset time)
    {
        json.WriteStartObject("finding_info");
        json.WriteString("uid", TerminalText.Escape(uid));
        json.WriteString("title", TerminalText.Escape(title));
        json.WriteString("desc", TerminalText.Escape(text));
        json.WriteNumber("last_seen_time", time.ToUnixTimeMilliseconds());
        json.WriteStartObject("analytic");
        json.WriteString("uid", rule.Code);
        json.WriteString("name", TerminalText.Escape(rule.Name));
        json.WriteNumber("type_id", 1);
        json.WriteString("type", "Rule");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // Our own catalogue is the standard of a rule that no framework asks for: the schema wants at least one.
    private static void WriteCompliance(Utf8JsonWriter json, string rule, (int Id, string Caption) status, ImmutableArray<Control> controls, string? reason)
    {
        json.WriteStartObject("compliance");
        json.WriteString("control", rule);
        FindingJson.WriteStrings(json, "standards", controls.IsEmpty ? [ToolIdentity.Product] : controls.Select(c => c.Framework).Distinct());
        if (!controls.IsEmpty) FindingJson.WriteStrings(json, "requirements", controls.Select(c => $"{c.Framework} {c.Id}"));
        json.WriteNumber("status_id", status.Id);
        json.WriteString("status", status.Caption);
        if (reason is not null) FindingJson.WriteStrings(json, "status_details", [TerminalText.Escape(reason)]);
        json.WriteEndObject();
    }

    private static void WriteRemediation(Utf8JsonWriter json, AuditRule rule)
    {
        json.WriteStartObject("remediation");
        json.WriteString("desc", TerminalText.Escape(rule.Guide.Fix));
        json.WriteEndObject();
    }

    private static void WriteResources(Utf8JsonWriter json, ImmutableArray<FindingResource> resources)
    {
        json.WriteStartArray("resources");
        foreach (var resource in resources)
        {
            json.WriteStartObject();
            json.WriteString("uid", TerminalText.Escape(ResourceArn.Of(resource)));
            json.WriteString("type", resource.Type);
            if (resource.Name.Length > 0) json.WriteString("name", TerminalText.Escape(resource.Name));
            json.WriteString("cloud_partition", resource.Scope.Partition);
            if (resource.Scope.Region.Length > 0) json.WriteString("region", TerminalText.Escape(resource.Scope.Region));
            if (resource.Scope.Account.Length > 0)
            {
                json.WriteStartObject("owner");
                WriteAccount(json, resource.Scope.Account);
                json.WriteEndObject();
            }

            json.WriteStartObject("data");
            json.WriteString("id", TerminalText.Escape(resource.Id));
            if (resource.Vpc is { } vpc) json.WriteString("vpc", TerminalText.Escape(vpc.Value));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteEvidence(Utf8JsonWriter json, ImmutableArray<EvidenceAtom> evidence)
    {
        if (evidence.IsEmpty) return;
        json.WriteStartArray("evidences");
        foreach (var atom in evidence)
        {
            json.WriteStartObject();
            json.WriteStartObject("data");
            if (atom.RuleId is { } id) json.WriteString("rule_id", TerminalText.Escape(id.Value));
            json.WriteString("direction", atom.Direction == Direction.Ingress ? "ingress" : "egress");
            json.WriteString("service", atom.Service.ToString());
            json.WriteString("peer", TerminalText.Escape(atom.Peer.ToString()!));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static (int Id, string Caption) SeverityOf(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Critical => (5, "Critical"),
        FindingSeverity.High => (4, "High"),
        FindingSeverity.Medium => (3, "Medium"),
        FindingSeverity.Low => (2, "Low"),
        _ => Informational,
    };
}

using System.Text;
using System.Text.Json;
using Sallyport.Auditing;
using Sallyport.Reports.Json;
using Sallyport.Reports.Markdown;

namespace Sallyport.Reports.Sarif;

/// <summary>The tool with the rules that the run speaks of.</summary>
internal static class SarifRules
{
    private const int MostTags = 10;

    public static void WriteTool(Utf8JsonWriter json, AuditReport report, RuleTable rules, ReportOptions options)
    {
        var worst = report.Findings.GroupBy(f => f.Rule).ToDictionary(g => g.Key, g => g.Max(f => f.Severity));
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", ToolIdentity.Product);
        json.WriteString("semanticVersion", options.Version);
        json.WriteStartArray("rules");
        foreach (var rule in rules.Rules) Write(json, rule, worst.GetValueOrDefault(rule.Code, rule.Severity));
        json.WriteEndArray();
        SarifInvocation.WriteDescriptors(json);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // Code scanning ranks by the rule, not by the result, so the rule carries the worst severity that it had in this run.
    private static void Write(Utf8JsonWriter json, AuditRule rule, FindingSeverity worst)
    {
        json.WriteStartObject();
        json.WriteString("id", rule.Code);
        json.WriteString("name", PascalCase(rule.Title));
        Text(json, "shortDescription", $"{rule.Title}.");
        Text(json, "fullDescription", rule.Guide.What);
        json.WriteStartObject("help");
        json.WriteString("text", SarifText.Of(string.Join(' ', Parts(rule).Select(p => p.Heading + p.Text))));
        json.WriteString("markdown", Help(rule));
        json.WriteEndObject();
        json.WriteStartObject("defaultConfiguration");
        json.WriteBoolean("enabled", rule.IsOnByDefault);
        json.WriteString("level", SarifLevel.Of(rule.Severity));
        json.WriteEndObject();
        json.WriteStartObject("properties");
        FindingJson.WriteStrings(json, "tags", Tags(rule).Take(MostTags));
        FindingJson.WriteStrings(json, "controls", rule.Controls.Select(c => $"{c.Framework} {c.Id}"));
        if (SarifLevel.SecuritySeverityOf(worst) is { } number) json.WriteString("security-severity", number);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", SarifText.Of(text));
        json.WriteEndObject();
    }

    private static string Help(AuditRule rule)
    {
        var parts = Parts(rule).Select(p => (p.Heading.Length > 0 ? $"**{p.Heading.TrimEnd()}** " : string.Empty) + MarkdownText.Prose(p.Text)).ToList();
        if (rule.Guide.Fires.Length > 0) parts.AddRange(["Objects to:", MarkdownText.Block(rule.Guide.Fires)]);
        if (rule.Guide.Quiet.Length > 0) parts.AddRange(["Leaves alone:", MarkdownText.Block(rule.Guide.Quiet)]);
        return string.Join("\n\n", parts);
    }

    // A user's own rule may say neither why nor what to do.
    private static IEnumerable<(string Heading, string Text)> Parts(AuditRule rule) =>
        new[] { (Heading: string.Empty, Text: rule.Guide.What), (Heading: "Why: ", Text: rule.Guide.Why), (Heading: "Fix: ", Text: rule.Guide.Fix) }.Where(p => p.Text.Length > 0);

    private static IEnumerable<string> Tags(AuditRule rule) =>
        ["security", rule.Family.ToString().ToLowerInvariant(), .. rule.Controls.Select(c => c.Framework).Distinct()];

    private static string PascalCase(string title)
    {
        var name = new StringBuilder(title.Length);
        var isStart = true;
        foreach (var c in title)
        {
            if (char.IsAsciiLetterOrDigit(c)) name.Append(isStart ? char.ToUpperInvariant(c) : c);
            isStart = !char.IsAsciiLetterOrDigit(c);
        }

        return name.ToString();
    }
}

using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Sallyport.Auditing;
using Sallyport.Auditing.Compliance;
using Sallyport.Reports.Json;
using Sallyport.Reports.Text;

namespace Sallyport.Reports;

/// <summary>The rule catalogue for <c>rules</c>, and one rule in full for <c>rules ID</c>.</summary>
public static class RulesReport
{
    /// <summary>A table of rules.</summary>
    public static void WriteText(ImmutableArray<AuditRule> rules, TextWriter output)
    {
        var table = new TextTable("ID", "SEVERITY", "FAMILY", "TITLE", "ALIASES");
        foreach (var rule in rules)
        {
            table.Add(rule.Code, FindingJson.Word(rule.Severity), rule.Family.ToString().ToLowerInvariant(), rule.Title, string.Join(", ", rule.Aliases));
        }

        table.Write(output);
    }

    /// <summary>A table of frameworks with the rules that are mapped to each.</summary>
    public static void WriteFrameworks(ImmutableArray<AuditRule> rules, TextWriter output)
    {
        var table = new TextTable("NAME", "RULES", "CLAUSES", "TITLE", "VERSION", "PUBLISHER");
        foreach (var (framework, mapped, clauses) in Mapped(rules)) table.Add(framework.Name, $"{mapped}", $"{clauses}", framework.Title, framework.Version, framework.Publisher);
        table.Write(output);
    }

    /// <summary>The same as a document.</summary>
    public static void WriteFrameworksJson(ImmutableArray<AuditRule> rules, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, JsonReportWriter.Indented))
        {
            json.WriteStartObject();
            json.WriteNumber("schemaVersion", FindingJson.SchemaVersion);
            json.WriteStartArray("frameworks");
            foreach (var (framework, mapped, clauses) in Mapped(rules))
            {
                json.WriteStartObject();
                ComplianceJson.WriteFramework(json, framework);
                json.WriteNumber("rules", mapped);
                json.WriteNumber("clauses", clauses);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static IEnumerable<(Framework Framework, int Rules, int Clauses)> Mapped(ImmutableArray<AuditRule> rules) =>
        FrameworkCatalogue.All
            .Select(f => (f, rules.Count(r => r.Serves(f)), rules.SelectMany(r => r.Controls).Where(c => c.Framework == f.Name).Select(c => c.Id).Distinct().Count()))
            .Where(p => p.Item2 > 0);

    /// <summary>One rule in full.</summary>
    public static void WriteText(AuditRule rule, TextWriter output)
    {
        var text = new StringBuilder();
        text.Append(rule.Code).Append("  ").Append(TerminalText.Escape(rule.Title)).Append("\n\n");
        text.Append("severity  ").Append(FindingJson.Word(rule.Severity)).Append('\n');
        text.Append("family    ").Append(rule.Family.ToString().ToLowerInvariant()).Append('\n');
        text.Append("needs     ").AppendJoin(", ", rule.Needs.Select(RuleJson.Word)).Append('\n');
        if (rule.Aliases.Length > 0) text.Append("aliases   ").AppendJoin(", ", rule.Aliases).Append('\n');
        Section("What", rule.Guide.What);
        Section("Why", rule.Guide.Why);
        Section("Fix", rule.Guide.Fix);
        Section("Fires on", rule.Guide.Fires);
        Section("Leaves alone", rule.Guide.Quiet);
        output.Write(text.ToString());
        if (rule.Parameters.Length > 0)
        {
            output.Write("\nParameters\n");
            var table = new TextTable("NAME", "KIND", "DEFAULT", "");
            foreach (var parameter in rule.Parameters) table.Add(parameter.Name, parameter.Kind, parameter.DefaultText.Length == 0 ? "none" : parameter.DefaultText, parameter.Summary);
            table.Write(output, indent: 2);
        }

        if (rule.Peers.Length > 0)
        {
            output.Write("\nLike it in other tools\n");
            foreach (var peer in rule.Peers) output.Write($"  {peer}\n");
        }

        if (rule.Controls.Length > 0)
        {
            output.Write("\nControls\n");
            var table = new TextTable("FRAMEWORK", "CLAUSES", "MAPPING BY");
            foreach (var group in rule.Controls.GroupBy(c => (c.Framework, c.Source)))
            {
                table.Add(group.Key.Framework, string.Join(", ", group.Select(c => c.Id)), group.Key.Source);
            }

            table.Write(output, indent: 2);
        }

        // A rule of the user's own may leave some of it unsaid, and its text is as untrusted as any file.
        void Section(string heading, string body)
        {
            if (body.Length == 0) return;
            text.Append('\n').Append(heading).Append("\n  ").AppendJoin("\n  ", body.Split('\n').Select(TerminalText.Escape)).Append('\n');
        }
    }

    /// <summary>The contract's document of rules; <paramref name="isWhole"/> adds their texts and examples.</summary>
    public static void WriteJson(ImmutableArray<AuditRule> rules, bool isWhole, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, JsonReportWriter.Indented))
        {
            json.WriteStartObject();
            json.WriteNumber("schemaVersion", FindingJson.SchemaVersion);
            json.WriteStartArray("rules");
            foreach (var rule in rules) RuleJson.Write(json, rule, isWhole);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }
}

using System.Collections.Immutable;
using Sallyport.Auditing.Compliance;
using Sallyport.Diagnostics;
using Sallyport.Yaml;

namespace Sallyport.Auditing.Custom;

/// <summary>
/// Reads files of custom rules: <c>rules:</c>, a list of id, title, severity, match, unless and message. Every problem is reported
/// in one run; with an error there are no rules. Untrusted: size, depth and number of clauses are bounded.
/// </summary>
public static class CustomRuleReader
{
    /// <summary>Rules of a run.</summary>
    public const int MaxRules = 1_000;

    private const int MaxClauses = 300;
    private const int MaxText = 2_000;
    private const int MaxId = 40;

    private static readonly KeyTable File = new("a file of custom rules", "", ["version", "rules"]);
    private static readonly KeyTable Rule = new("a custom rule", "", ["id", "title", "severity", "message", "match", "unless", "why", "fix", "controls"]);

    /// <summary>Reads the texts of all files together, so that an id can stand in one of them only.</summary>
    /// <param name="files">Each file's text and what places call it.</param>
    public static Result<CustomRules> Read(IEnumerable<(string Yaml, string FileName)> files)
    {
        var said = new List<Diagnostic>();
        var rules = new Dictionary<string, (AuditRule Rule, SourceSpan At)>(StringComparer.OrdinalIgnoreCase);
        foreach (var (yaml, name) in files)
        {
            var syntax = SyntaxReader.Read(yaml, name);
            var values = new ValueReader(name, syntax.Diagnostics);
            if (syntax.Value is { } root) Bind(root, values, rules);
            said.AddRange(values.Diagnostics);
        }

        return new Result<CustomRules>(
            said.Any(d => d.Severity == Severity.Error) ? null : new CustomRules([.. rules.Values.Select(r => r.Rule).OrderBy(r => r.Code, StringComparer.Ordinal)]), [.. said]);
    }

    private static void Bind(SyntaxNode root, ValueReader values, Dictionary<string, (AuditRule Rule, SourceSpan At)> rules)
    {
        if (root.IsNull)
        {
            values.Report(YamlDiagnostics.MissingKey("rules", File.Where, values.File));
            return;
        }

        if (Section.Open(root, File, values) is not { } file) return;
        if (values.Text(file["version"], "version") is { } version && version != "1") values.Report(YamlDiagnostics.BadValue(version, "version", "1", null, file["version"]!.At));
        if (file["rules"] is null) values.Report(YamlDiagnostics.MissingKey("rules", File.Where, file.At));
        foreach (var item in file.Items("rules"))
        {
            if (rules.Count == MaxRules)
            {
                values.Report(AuditingDiagnostics.TooComplex($"more than {MaxRules} custom rules", item.At));
                return;
            }

            if (Bind(item, values) is not { } rule) continue;
            if (rules.TryGetValue(rule.Code, out var first)) values.Report(AuditingDiagnostics.BadRuleId(rule.Code, $"it stands at {first.At} already", item.At));
            else rules.Add(rule.Code, (rule, item.At));
        }
    }

    private static CustomRule? Bind(SyntaxNode item, ValueReader values)
    {
        if (Section.Open(item, Rule, values) is not { } section) return null;
        var id = IdOf(section, values);
        var title = Short(section, "title", values)?.TrimEnd('.');
        var message = MessageOf(section, values);
        var severity = SeverityOf(section, values);
        var why = section["why"] is null ? string.Empty : Short(section, "why", values);
        var fix = section["fix"] is null ? string.Empty : Short(section, "fix", values);
        if (section["match"] is null) values.Report(YamlDiagnostics.MissingKey("match", Rule.Where, section.At));
        var conditions = new ConditionReader(values);
        var match = section["match"] is { } wanted ? conditions.Read(wanted, "\"match\"") : null;
        var unless = section["unless"] is { } unwanted ? conditions.Read(unwanted, "\"unless\"") : null;
        if ((match?.Size ?? 0) + (unless?.Size ?? 0) > MaxClauses)
        {
            values.Report(AuditingDiagnostics.TooComplex($"more than {MaxClauses} clauses", section.At));
            return null;
        }

        var controls = ControlsOf(section, values);
        if (id is null || title is null || message is null || severity is not { } level || match is null || why is null || fix is null) return null;
        return new CustomRule(new CustomRuleText(id, title, level, why, fix, controls), match, unless, message);
    }

    private static string? IdOf(Section section, ValueReader values)
    {
        if (section.Required("id")?.Trim() is not { } id) return null;
        var parts = id.Split('-');
        var why = id.Length > MaxId ? $"it is longer than {MaxId} characters"
            : parts.Length < 2 || parts.Any(p => p.Length == 0 || !p.All(char.IsAsciiLetterOrDigit)) || !char.IsAsciiLetter(id[0]) ? "write a prefix of your own and a number, such as ACME-01"
            : id.StartsWith("SP-", StringComparison.OrdinalIgnoreCase) ? "SP- is the prefix of the catalogue"
            : RuleCatalogue.Find(id) is { } taken ? $"it is another name of {taken.Code}"
            : null;
        if (why is null) return id;
        values.Report(AuditingDiagnostics.BadRuleId(id, why, section["id"]!.At));
        return null;
    }

    private static FindingSeverity? SeverityOf(Section section, ValueReader values)
    {
        if (section.Text("severity") is not { } word) return section["severity"] is null ? FindingSeverity.Medium : null;
        if (FindingSeverities.TryParse(word, out var severity)) return severity;
        values.Report(YamlDiagnostics.BadValue(word, "severity", string.Join(", ", FindingSeverities.Words), values.Nearest(word, FindingSeverities.Words), section["severity"]!.At));
        return null;
    }

    private static MessageTemplate? MessageOf(Section section, ValueReader values)
    {
        if (Short(section, "message", values) is not { } text) return null;
        if (MessageTemplate.Parse(text, out var unknown) is { } template) return template;
        values.Report(AuditingDiagnostics.UnknownPlaceholder(unknown!, values.Nearest(unknown!, MessageTemplate.Placeholders), MessageTemplate.Placeholders.Select(p => $"{{{p}}}"), section["message"]!.At));
        return null;
    }

    private static ImmutableArray<Control> ControlsOf(Section section, ValueReader values)
    {
        var controls = new List<Control>();
        if (section["controls"] is not { } node) return [];
        if (node is not MapNode map)
        {
            values.Report(YamlDiagnostics.WrongKind("\"controls\"", "a mapping from frameworks to clauses", node.At));
            return [];
        }

        foreach (var (name, clauses) in map.Entries)
        {
            if (FrameworkCatalogue.Find(name.Text, out var problem) is { } framework) controls.AddRange(Clauses(framework, clauses, values));
            else values.Report(AuditingDiagnostics.UnknownFramework(name.Text, problem!, name.At));
        }

        return [.. controls.DistinctBy(c => (c.Framework, c.Id)).OrderBy(c => c.Framework, StringComparer.Ordinal).ThenBy(c => c.Id, StringComparer.Ordinal)];
    }

    private static IEnumerable<Control> Clauses(Framework framework, SyntaxNode node, ValueReader values)
    {
        foreach (var clause in values.Texts(node, framework.Name))
        {
            var id = clause.Text.Trim();
            if (id.Length <= MaxId && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '(' or ')' or ' ' or '/' or ':')) yield return new Control(framework.Name, id, "custom rule");
            else values.Report(YamlDiagnostics.BadValue(id, framework.Name, "the number of a clause, such as 1.3.1 or SC-7(5)", null, clause.At));
        }
    }

    private static string? Short(Section section, string key, ValueReader values)
    {
        if (section.Required(key)?.Trim() is not { } text) return null;
        if (text.Length <= MaxText) return text;
        values.Report(AuditingDiagnostics.TextTooLong(key, MaxText, section[key]!.At));
        return null;
    }
}

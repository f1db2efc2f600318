using System.Collections.Immutable;
using Sallyport.Auditing.Parameters;
using Sallyport.Auditing.Waivers;
using Sallyport.Diagnostics;
using Sallyport.Yaml;

namespace Sallyport.Auditing.Settings;

/// <summary>
/// Reads <c>sallyport.yaml</c>: its section <c>audit</c>. A key that is none of the settings is a parameter, dotted
/// (<c>world.tcp: [80, 443]</c>) or nested (<c>world: {tcp: …}</c>). Every problem is reported in one run; with an error there are
/// no settings.
/// </summary>
public static class SettingsReader
{
    /// <summary>Name of the file that is looked for.</summary>
    public const string FileName = "sallyport.yaml";

    private const int MaxNesting = 6;

    private static readonly KeyTable File = new("the settings file", "", ["version", "audit"]);
    private static readonly KeyTable Rules = new("rules", "", ["include", "exclude", "framework", "min-severity"]);

    /// <summary>Keys of <c>audit</c> that are no parameters.</summary>
    internal static ImmutableArray<string> Reserved { get; } = ["rules", "severity", "waivers", "custom", "baseline", "connections", "fail-on"];

    /// <summary>Reads the text of a file.</summary>
    /// <param name="yaml">The text; a byte order mark is read over.</param>
    /// <param name="fileName">What places call the file.</param>
    public static Result<AuditSettings> Read(string yaml, string fileName)
    {
        var syntax = SyntaxReader.Read(yaml, fileName);
        if (syntax.Value is not { } root) return Result<AuditSettings>.Failed(syntax.Diagnostics);
        var values = new ValueReader(fileName, syntax.Diagnostics);
        var settings = AuditSettings.Empty;
        if (!root.IsNull && Section.Open(root, File, values) is { } file)
        {
            if (values.Text(file["version"], "version") is { } version && version != "1") values.Report(YamlDiagnostics.BadValue(version, "version", "1", null, file["version"]!.At));
            if (file["audit"] is MapNode audit) settings = Audit(audit, values);
            else if (file["audit"] is { } other) values.Report(YamlDiagnostics.WrongKind("\"audit\"", "a mapping", other.At));
        }

        // Values of parameters are checked here, where their place is at hand: they depend on nothing else.
        foreach (var diagnostic in Check(settings)) values.Report(diagnostic);
        var said = values.Diagnostics;
        return new Result<AuditSettings>(said.Any(d => d.Severity == Severity.Error) ? null : settings, said);
    }

    private static AuditSettings Audit(MapNode audit, ValueReader values)
    {
        var settings = AuditSettings.Empty;
        var parameters = new List<ParameterSetting>();
        foreach (var (key, value) in audit.Entries)
        {
            if (value.IsNull && Reserved.Contains(key.Text)) continue;
            switch (key.Text)
            {
                case "rules":
                    settings = Choice(settings, value, values);
                    break;
                case "severity":
                    settings = settings with { Severities = [[.. Severities(value, values)]] };
                    break;
                case "waivers":
                    settings = Waive(settings, value, values);
                    break;
                case "custom":
                    settings = settings with { CustomFiles = Texts(value, key.Text, values) };
                    break;
                case "baseline":
                    settings = settings with { Baseline = Text(value, key.Text, values) };
                    break;
                case "connections":
                    settings = settings with { Connections = Text(value, key.Text, values) };
                    break;
                case "fail-on":
                    settings = settings with { FailOn = Threshold(value, values) };
                    break;
                default:
                    Parameter(key.Text, key, value, parameters, values, 0);
                    break;
            }
        }

        return settings with { Parameters = [.. parameters] };
    }

    private static AuditSettings Choice(AuditSettings settings, SyntaxNode node, ValueReader values)
    {
        if (Section.Open(node, Rules, values) is not { } rules) return settings;
        FindingSeverity? least = null;
        if (values.Text(rules["min-severity"], "min-severity") is { } word)
        {
            if (FindingSeverities.TryParse(word, out var severity)) least = severity;
            else values.Report(YamlDiagnostics.BadValue(word, "min-severity", string.Join(", ", FindingSeverities.Words), values.Nearest(word, FindingSeverities.Words), rules["min-severity"]!.At));
        }

        return settings with
        {
            Include = Texts(rules["include"], "include", values),
            Exclude = Texts(rules["exclude"], "exclude", values),
            Frameworks = Texts(rules["framework"], "framework", values),
            LeastSeverity = least,
        };
    }

    private static IEnumerable<SeveritySetting> Severities(SyntaxNode node, ValueReader values)
    {
        if (node is not MapNode map)
        {
            values.Report(YamlDiagnostics.WrongKind("\"severity\"", "a mapping from rules to severities", node.At));
            yield break;
        }

        foreach (var (rules, value) in map.Entries)
        {
            if (values.Text(value, rules.Text) is not { } word) continue;
            if (word == "off") yield return new SeveritySetting(new Written(rules.Text, rules.At), null);
            else if (FindingSeverities.TryParse(word, out var severity)) yield return new SeveritySetting(new Written(rules.Text, rules.At), severity);
            else values.Report(YamlDiagnostics.BadValue(word, rules.Text, $"off, {string.Join(", ", FindingSeverities.Words)}", values.Nearest(word, FindingSeverities.Words), value.At));
        }
    }

    // Names of files, or waivers written out: told apart by their items.
    private static AuditSettings Waive(AuditSettings settings, SyntaxNode node, ValueReader values)
    {
        IReadOnlyList<SyntaxNode> items = node is ListNode list ? list.Items : [node];
        return settings with
        {
            WaiverFiles = [.. items.Where(i => i is not MapNode).Select(i => Text(i, "waivers", values)).OfType<Written>()],
            Waivers = WaiverReader.Bind(items.Where(i => i is MapNode), values),
        };
    }

    private static void Parameter(string name, ScalarNode key, SyntaxNode value, List<ParameterSetting> into, ValueReader values, int depth)
    {
        if (value is MapNode map && depth < MaxNesting)
        {
            foreach (var (inner, innerValue) in map.Entries) Parameter($"{name}.{inner.Text}", inner, innerValue, into, values, depth + 1);
            return;
        }

        if (AuditParameters.All.FirstOrDefault(p => p.Name == name) is not { } parameter)
        {
            values.Report(AuditingDiagnostics.UnknownSetting(name, values.Nearest(name, [.. AuditParameters.All.Select(p => p.Name), .. Reserved]), key.At));
            return;
        }

        if (into.Exists(p => p.Name.Text == name)) values.Report(AuditingDiagnostics.RepeatedParameter(name, key.At));
        else if (TextOf(parameter, value, values) is { } text) into.Add(new ParameterSetting(new Written(name, value.At), text));
    }

    private static string? TextOf(AuditParameter parameter, SyntaxNode value, ValueReader values)
    {
        switch (value)
        {
            case ScalarNode scalar:
                return scalar.IsNull ? string.Empty : scalar.Text;
            case ListNode list when parameter is not PatternParameter:
                var items = values.Texts(list, parameter.Name);
                foreach (var item in items.Where(i => i.Text.Contains(',', StringComparison.Ordinal)))
                {
                    values.Report(AuditingDiagnostics.BadParameter(parameter.Name, "an item of a list holds no comma", item.At));
                }

                return string.Join(", ", items.Select(i => i.Text));
            default:
                values.Report(YamlDiagnostics.WrongKind($"\"{parameter.Name}\"", parameter is PatternParameter ? "text" : "text or a list", value.At));
                return null;
        }
    }

    private static IEnumerable<Diagnostic> Check(AuditSettings settings)
    {
        foreach (var setting in settings.Parameters)
        {
            if (!ParameterValues.Defaults.TryWith(setting.Name.Text, setting.Value, out _, out var problem)) yield return AuditingDiagnostics.BadParameter(setting.Name.Text, problem!, setting.Name.At);
        }
    }

    private static FailThreshold? Threshold(SyntaxNode value, ValueReader values)
    {
        if (values.Text(value, "fail-on") is not { } word) return null;
        if (FailThreshold.Parse(word) is { } threshold) return threshold;
        values.Report(YamlDiagnostics.BadValue(word, "fail-on", string.Join(", ", FailThreshold.Words), values.Nearest(word, FailThreshold.Words), value.At));
        return null;
    }

    private static ImmutableArray<Written> Texts(SyntaxNode? node, string key, ValueReader values) =>
        [.. values.Texts(node, key).Select(t => new Written(t.Text.Trim(), t.At))];

    private static Written? Text(SyntaxNode node, string key, ValueReader values) =>
        values.Text(node, key) is { } text ? new Written(text.Trim(), node.At) : null;
}

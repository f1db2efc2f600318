using System.Collections.Immutable;
using Sallyport.Auditing.Compliance;
using Sallyport.Auditing.Parameters;
using Sallyport.Auditing.Waivers;
using Sallyport.Diagnostics;

namespace Sallyport.Auditing.Settings;

/// <summary>Settings of all levels together with the rules of the run to options of the auditor: what was named is looked up here.</summary>
public static class SettingsResolver
{
    /// <summary>
    /// Options without what only files hold: waivers beside those of the settings, baseline, connections, and the day. All problems
    /// are reported (SPD7102-SPD7107, SPD7121).
    /// </summary>
    public static Result<AuditOptions> Resolve(AuditSettings settings, RuleBook book)
    {
        var said = new List<Diagnostic>();
        var severities = new Dictionary<string, FindingSeverity>();
        var off = new HashSet<AuditRule>();
        foreach (var level in settings.Severities) Apply(level, book, severities, off, said);
        var wanted = settings.Include.SelectMany(t => Select(t, book, said, book.SelectToRun)).ToHashSet();
        var unwanted = settings.Exclude.SelectMany(t => Select(t, book, said, book.Select)).ToHashSet();
        unwanted.UnionWith(off);
        var frameworks = Frameworks(settings, book, said);
        said.AddRange(WaiverReader.Check(settings.Waivers, book));
        var options = AuditOptions.Default with
        {
            Rules = [.. book.All.Where(wanted.Contains).Select(r => r.Code)],
            Excluded = [.. book.All.Where(unwanted.Contains).Select(r => r.Code)],
            CustomRules = [.. book.All.Where(r => r.Family == RuleFamily.Custom)],
            Frameworks = frameworks,
            Severities = severities,
            Parameters = Parameters(settings, said),
            LeastSeverity = settings.LeastSeverity ?? FindingSeverity.Info,
            Waivers = settings.Waivers,
        };
        if (said.Count == 0 && Auditor.Select(book, options).IsEmpty) said.Add(AuditingDiagnostics.NothingSelected());
        return new Result<AuditOptions>(said.Count == 0 ? options : null, [.. said]);
    }

    // A setting for one rule beats one for many, whichever is written first.
    private static void Apply(
        ImmutableArray<SeveritySetting> level, RuleBook book, Dictionary<string, FindingSeverity> severities, HashSet<AuditRule> off, List<Diagnostic> said)
    {
        var found = level.Select(s => (Setting: s, Rules: Select(s.Rules, book, said, book.Select))).OrderBy(p => p.Rules.Count == 1 ? 1 : 0);
        foreach (var (setting, rules) in found)
        {
            foreach (var rule in rules)
            {
                if (setting.Severity is { } severity)
                {
                    severities[rule.Code] = severity;
                    off.Remove(rule);
                }
                else
                {
                    off.Add(rule);
                }
            }
        }
    }

    private static HashSet<AuditRule> Select(Written written, RuleBook book, List<Diagnostic> said, Func<string, ImmutableArray<AuditRule>> select)
    {
        var rules = select(written.Text);
        if (rules.IsEmpty) said.Add(AuditingDiagnostics.UnknownSelector(written.Text, NearestName.Find(written.Text, book.Names()), written.At));
        return [.. rules];
    }

    private static ImmutableArray<Framework> Frameworks(AuditSettings settings, RuleBook book, List<Diagnostic> said)
    {
        var found = ImmutableArray.CreateBuilder<Framework>();
        foreach (var written in settings.Frameworks)
        {
            if (FrameworkCatalogue.Find(written.Text, out var problem) is not { } framework) said.Add(AuditingDiagnostics.UnknownFramework(written.Text, problem!, written.At));
            else if (!book.All.Any(r => r.Serves(framework))) said.Add(AuditingDiagnostics.UnknownFramework(written.Text, "no rule is mapped to it", written.At));
            else if (!found.Contains(framework)) found.Add(framework);
        }

        return found.ToImmutable();
    }

    private static ParameterValues Parameters(AuditSettings settings, List<Diagnostic> said)
    {
        var values = ParameterValues.Defaults;
        foreach (var setting in settings.Parameters)
        {
            if (values.TryWith(setting.Name.Text, setting.Value, out var next, out var problem)) values = next;
            else if (AuditParameters.All.Any(p => p.Name == setting.Name.Text)) said.Add(AuditingDiagnostics.BadParameter(setting.Name.Text, problem!, setting.Name.At));
            else said.Add(AuditingDiagnostics.UnknownSetting(setting.Name.Text, NearestName.Find(setting.Name.Text, AuditParameters.All.Select(p => p.Name)), setting.Name.At));
        }

        return values;
    }
}

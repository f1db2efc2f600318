using System.Collections.Immutable;
using Sallyport.Auditing.Compliance;
using Sallyport.Auditing.Waivers;
using Sallyport.Estates;

namespace Sallyport.Auditing;

/// <summary>Runs the rules over an estate, group by group, so that what is worked out for a group can be dropped with it.</summary>
public static class Auditor
{
    /// <summary>Judges the estate. Equal estates and options give equal reports, in whatever order the estate was read.</summary>
    /// <exception cref="ArgumentException">The options name a rule that does not exist.</exception>
    public static AuditReport Audit(Estate estate, AuditOptions options)
    {
        var sink = new AuditSink(options);
        var context = new AuditContext(estate, options);
        var book = RuleBook.With(options.CustomRules);
        var (rules, notAssessed) = Assessable(Select(book, options), context);
        foreach (var rule in rules) rule.CheckEstate(context, sink);
        foreach (var group in estate.SecurityGroups)
        {
            var start = sink.Findings.Count;
            var facts = new GroupFacts(context, group);
            foreach (var rule in rules) rule.Check(facts, sink);
            Relate(sink.Findings, start);
        }

        var findings = sink.Findings;
        ImmutableArray<UnknownVerdict> unknown = [.. sink.Unknown.Distinct()
            .OrderBy(u => u.Rule, StringComparer.Ordinal).ThenBy(u => u.Resource.Scope)
            .ThenBy(u => u.Resource.Id, StringComparer.Ordinal).ThenBy(u => u.Gap, StringComparer.Ordinal)];
        var waivers = Waive(findings, rules, book, options);
        var compliance = Judge(findings, unknown, rules, book, options, estate);
        var baseline = options.Baseline?.Take(findings, rules.Select(r => r.Code).ToHashSet(), estate.Scopes.ToHashSet(), unknown);
        var below = findings.RemoveAll(f => f.Severity < options.LeastSeverity);
        findings.Sort(Compare);
        return new AuditReport
        {
            Scope = new AuditScope(
                Distinct(estate.Scopes.Select(s => s.Account)), Distinct(estate.Scopes.Select(s => s.Region)),
                estate.SecurityGroups.Length, estate.RuleCount, estate.NetworkInterfaces.Length),
            Rules = rules,
            NotAssessed = notAssessed,
            Gaps = estate.Gaps,
            Findings = [.. findings],
            Unknown = unknown,
            Waivers = waivers,
            Baseline = baseline,
            Compliance = compliance,
            BelowLeast = below,
            Summary = Summarise(findings, unknown.Length),
        };
    }

    private static ImmutableArray<WaiverUse> Waive(List<Finding> findings, ImmutableArray<AuditRule> ran, RuleBook book, AuditOptions options)
    {
        if (options.Waivers.IsEmpty) return [];
        var waivers = new WaiverBook(options.Waivers, book, options.Today);
        for (var i = 0; i < findings.Count; i++)
        {
            if (waivers.Cover(findings[i]) is { } waiver) findings[i] = findings[i] with { Waiver = waiver };
        }

        return waivers.Uses(ran);
    }

    // An estate without groups, or with a part that failed to be read, is not clean.
    private static ImmutableArray<FrameworkReport> Judge(
        List<Finding> findings, ImmutableArray<UnknownVerdict> unknown, ImmutableArray<AuditRule> ran, RuleBook book, AuditOptions options, Estate estate)
    {
        if (options.Frameworks.IsEmpty) return [];
        var isIncomplete = estate.SecurityGroups.IsEmpty || estate.Gaps.Any(g => g.IsReadFailure);
        var judge = new ComplianceJudge(options.Frameworks, book, ran, findings, unknown, isIncomplete);
        return [.. options.Frameworks.Select(judge.Judge)];
    }

    /// <summary>The rules that options choose, whether or not they can be judged.</summary>
    internal static ImmutableArray<AuditRule> Select(RuleBook book, AuditOptions options)
    {
        var wanted = options.Rules.Select(Known).ToHashSet();
        var unwanted = options.Excluded.Select(Known).ToHashSet();
        return
        [
            .. book.All.Where(r => (wanted.Count == 0 ? r.IsOnByDefault : wanted.Contains(r)) && !unwanted.Contains(r)
                && (options.Frameworks.IsEmpty || options.Frameworks.Any(r.Serves))),
        ];

        AuditRule Known(string id) => book.Find(id) ?? throw new ArgumentException($"There is no audit rule \"{id}\".", nameof(options));
    }

    private static (ImmutableArray<AuditRule> Rules, ImmutableArray<UnassessedRule> NotAssessed) Assessable(ImmutableArray<AuditRule> wanted, AuditContext context)
    {
        var rules = ImmutableArray.CreateBuilder<AuditRule>(wanted.Length);
        var not = ImmutableArray.CreateBuilder<UnassessedRule>();
        foreach (var rule in wanted)
        {
            if (rule.WhyNotAssessed(context) is { } why) not.Add(new UnassessedRule(rule, why));
            else rules.Add(rule);
        }

        return (rules.ToImmutable(), not.ToImmutable());
    }

    // Findings of one group that rest on the same atom name each other, so that one exposure reads as one.
    private static void Relate(List<Finding> findings, int start)
    {
        if (findings.Count - start < 2) return;
        var byAtom = new Dictionary<RuleKey, SortedSet<string>>();
        for (var i = start; i < findings.Count; i++)
        {
            foreach (var atom in findings[i].Evidence)
            {
                if (!byAtom.TryGetValue(atom.Key, out var codes)) byAtom.Add(atom.Key, codes = new SortedSet<string>(StringComparer.Ordinal));
                codes.Add(findings[i].Rule);
            }
        }

        for (var i = start; i < findings.Count; i++)
        {
            var related = new SortedSet<string>(StringComparer.Ordinal);
            foreach (var atom in findings[i].Evidence) related.UnionWith(byAtom[atom.Key]);
            related.Remove(findings[i].Rule);
            if (related.Count > 0) findings[i] = findings[i] with { Related = [.. related] };
        }
    }

    private static int Compare(Finding a, Finding b)
    {
        var order = b.Severity.CompareTo(a.Severity);
        if (order == 0) order = string.CompareOrdinal(a.Rule, b.Rule);
        if (order == 0) order = a.Resource.Scope.CompareTo(b.Resource.Scope);
        if (order == 0) order = string.CompareOrdinal(a.Resource.Id, b.Resource.Id);
        for (var i = 0; order == 0 && i < a.Evidence.Length && i < b.Evidence.Length; i++) order = a.Evidence[i].CompareTo(b.Evidence[i]);
        if (order == 0) order = a.Evidence.Length.CompareTo(b.Evidence.Length);
        return order != 0 ? order : string.CompareOrdinal(a.Fingerprint, b.Fingerprint);
    }

    private static ImmutableArray<string> Distinct(IEnumerable<string> values) =>
        [.. values.Where(v => v.Length > 0).Distinct().Order(StringComparer.Ordinal)];

    private static AuditSummary Summarise(List<Finding> findings, int unknown)
    {
        var counts = new int[(int)FindingSeverity.Critical + 1];
        foreach (var finding in findings)
        {
            if (finding.Waiver is null) counts[(int)finding.Severity]++;
        }

        return new AuditSummary(
            counts[(int)FindingSeverity.Critical], counts[(int)FindingSeverity.High], counts[(int)FindingSeverity.Medium],
            counts[(int)FindingSeverity.Low], counts[(int)FindingSeverity.Info], findings.Count(f => f.Waiver is not null), unknown);
    }
}

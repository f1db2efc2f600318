using System.Collections.Immutable;
using Sallyport.Auditing.Compliance;
using Sallyport.Estates;

namespace Sallyport.Auditing;

/// <summary>Runs the rules over an estate, group by group, so that what is worked out for a group can be dropped with it.</summary>
public static class Auditor
{
    /// <summary>Judges the estate. Equal estates and options give equal reports, in whatever order the estate was read.</summary>
    /// <exception cref="ArgumentException">The options name a rule that does not exist.</exception>
    public static AuditReport Audit(Estate estate, AuditOptions options) => Audit(estate, options, observer: null, collects: true);

    /// <summary>Judges the estate and hands out findings on the way.</summary>
    /// <param name="estate">What is judged.</param>
    /// <param name="options">How.</param>
    /// <param name="observer">Gets every finding as soon as those before it are known; null for nobody.</param>
    /// <param name="collects">Whether the report lists the findings too; without, memory does not grow with them.</param>
    /// <exception cref="ArgumentException">The options name a rule that does not exist.</exception>
    public static AuditReport Audit(Estate estate, AuditOptions options, IAuditObserver? observer, bool collects)
    {
        var context = new AuditContext(estate, options);
        var book = RuleBook.With(options.CustomRules);
        var (rules, notAssessed) = Assessable(Select(book, options), context);
        var scope = new AuditScope(
            Distinct(estate.Scopes.Select(s => s.Account)), Distinct(estate.Scopes.Select(s => s.Region)),
            estate.SecurityGroups.Length, estate.RuleCount, estate.NetworkInterfaces.Length);
        var ledger = new AuditLedger(options, book, rules, estate);
        var findings = new RankedFindings();
        observer?.Begin(scope, estate.Gaps);
        foreach (var part in new AuditRun(estate, options, context, rules).Judge())
        {
            foreach (var found in part.Findings)
            {
                if (ledger.Take(found) is not { } finding) continue;
                observer?.Add(finding);
                if (collects) findings.Add(finding);
            }

            foreach (var verdict in part.Unknown) ledger.Take(verdict);
        }

        return ledger.Close(scope, rules, estate) with { NotAssessed = notAssessed, Findings = findings.ToImmutable() };
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

    private static ImmutableArray<string> Distinct(IEnumerable<string> values) =>
        [.. values.Where(v => v.Length > 0).Distinct().Order(StringComparer.Ordinal)];
}

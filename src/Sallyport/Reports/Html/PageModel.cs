using System.Collections.Immutable;
using Sallyport.Auditing;
using Sallyport.Reports.Json;
using Sallyport.Reports.Text;

namespace Sallyport.Reports.Html;

/// <summary>What the page shows of a report, worked out once.</summary>
internal sealed class PageModel
{
    private readonly Dictionary<string, AuditRule> _byCode = [];

    /// <summary>Works the page out.</summary>
    /// <param name="report">The audit.</param>
    /// <param name="mostFindings">Findings the page holds at most, most severe first; the counts are always those of all.</param>
    public PageModel(AuditReport report, int mostFindings)
    {
        Report = report;
        foreach (var rule in report.Rules.Concat(report.NotAssessed.Select(n => n.Rule))) _byCode[rule.Code] = rule;
        Counts = [.. report.Findings.GroupBy(f => f.Rule).Select(g => RuleCount.Of(g.Key, [.. g])).OrderByDescending(c => c.Worst).ThenByDescending(c => c.Open).ThenBy(c => c.Code, StringComparer.Ordinal)];
        var spoken = Counts.Select(c => c.Code).Concat(report.Unknown.Select(u => u.Rule)).ToImmutableSortedSet(StringComparer.Ordinal);
        ShownRules = [.. spoken.Select(code => RuleText.Of(code, Rule(code), report))];
        QuietRules = [.. report.Rules.Where(r => !spoken.Contains(r.Code))];
        Cards = report.Findings.Take(mostFindings).Select(FindingCard.Of);
        CardCount = Math.Min(mostFindings, report.Findings.Length);
    }

    public AuditReport Report { get; }

    /// <summary>Findings by rule, worst rule first.</summary>
    public ImmutableArray<RuleCount> Counts { get; }

    /// <summary>Rules that found something or could not be judged somewhere, by code.</summary>
    public ImmutableArray<RuleText> ShownRules { get; }

    /// <summary>Rules that ran, found nothing and were in no doubt.</summary>
    public ImmutableArray<AuditRule> QuietRules { get; }

    /// <summary>The findings on the page, in the report's order; made anew each time so that the page never holds all of them.</summary>
    public IEnumerable<FindingCard> Cards { get; }

    /// <summary>Number of <see cref="Cards"/>.</summary>
    public int CardCount { get; }

    /// <summary>True when a baseline told new findings.</summary>
    public bool HasBaseline => Report.Findings.Any(f => f.IsNew is not null);

    /// <summary>True when some findings are new and others are not, so that there is something to choose.</summary>
    public bool HasKnown => HasBaseline && Report.Findings.Any(f => f.IsNew != true);

    /// <summary>True when something was not read, not judged or not decided.</summary>
    public bool IsIncomplete => Report.Gaps.Length + Report.Unknown.Length + Report.NotAssessed.Length > 0 || Report.Scope.Groups == 0;

    /// <summary>True when the page has a text of that rule to point at.</summary>
    public bool Tells(string code) => ShownRules.Any(r => r.Code == code);

    /// <summary>The rule of a code: one of the run, else the catalogue's; null for a rule that is no longer there.</summary>
    public AuditRule? Rule(string code) => _byCode.GetValueOrDefault(code) ?? RuleCatalogue.Find(code);

    /// <summary>What a rule found. Severities are those of its open findings, worst first, with how many have each; of the waived ones where none is open.</summary>
    internal sealed record RuleCount(string Code, string Title, ImmutableArray<(FindingSeverity Severity, int Count)> Severities, int Open, int Waived)
    {
        public FindingSeverity Worst => Severities[0].Severity;

        public static RuleCount Of(string code, IReadOnlyList<Finding> findings)
        {
            var open = findings.Count(f => f.Waiver is null);
            var severities = findings.Where(f => open == 0 || f.Waiver is null).CountBy(f => f.Severity).OrderByDescending(s => s.Key).Select(s => (s.Key, s.Value));
            return new RuleCount(code, findings[0].Title, [.. severities], open, findings.Count - open);
        }
    }

    /// <summary>A rule of which the page tells more than its name. Rules of the user's own have texts of theirs: safe to show, like a card's.</summary>
    internal sealed record RuleText(string Code, string Title, string Family, string Severity, string Fix, AuditRule? Rule)
    {
        public static RuleText Of(string code, AuditRule? rule, AuditReport report) => new(
            TerminalText.Escape(code),
            TerminalText.Escape(rule?.Title ?? report.Findings.FirstOrDefault(f => f.Rule == code)?.Title ?? code),
            rule is null ? "" : RuleFamilyTitle.Of(rule.Family),
            rule is null ? "" : FindingJson.Word(rule.Severity),
            TerminalText.Escape(rule?.Guide.Fix ?? ""),
            rule);
    }
}

using System.Collections.Immutable;
using Sallyport.Auditing;
using Sallyport.Reports.Json;
using Sallyport.Reports.Text;

namespace Sallyport.Reports.JUnit;

/// <summary>
/// A report as test cases: one a rule and resource that it objects to or cannot judge, in the suite of their account and Region; in
/// the first suite, what was not read, the rules that were not assessed, and one passed case for each rule that found nothing.
/// </summary>
internal static class JUnitCases
{
    public static IEnumerable<(string Suite, IReadOnlyList<JUnitCase> Cases)> Of(AuditReport report)
    {
        yield return ("estate", [.. OfEstate(report)]);
        var findings = report.Findings.GroupBy(f => f.Resource.Scope).ToDictionary(g => g.Key, g => g.ToList());
        var unknown = report.Unknown.GroupBy(u => u.Resource.Scope).ToDictionary(g => g.Key, g => g.ToList());
        foreach (var scope in findings.Keys.Union(unknown.Keys).Order())
        {
            yield return (scope.Shown, [.. OfScope(findings.GetValueOrDefault(scope) ?? [], unknown.GetValueOrDefault(scope) ?? [])]);
        }
    }

    private static IEnumerable<JUnitCase> OfEstate(AuditReport report)
    {
        if (report.Scope.Groups == 0) yield return new("read", "security groups", JUnitOutcome.Broken, "not-read", "No security group was read: an empty inventory is not a clean one.");
        foreach (var gap in report.Gaps)
        {
            yield return new("read", $"{gap.What} {gap.Where}".TrimEnd(), gap.IsReadFailure ? JUnitOutcome.Broken : JUnitOutcome.Skipped, "not-read", ReportWords.Of(gap));
        }

        foreach (var rule in report.NotAssessed) yield return new(rule.Rule.Code, rule.Rule.Title, JUnitOutcome.Skipped, "not-assessed", ReportWords.Of(rule));
        var spoken = report.Findings.Select(f => f.Rule).Concat(report.Unknown.Select(u => u.Rule)).ToHashSet();
        foreach (var rule in report.Rules.Where(r => !spoken.Contains(r.Code))) yield return new(rule.Code, rule.Title, JUnitOutcome.Passed);
    }

    private static IEnumerable<JUnitCase> OfScope(List<Finding> findings, List<UnknownVerdict> unknown)
    {
        var failed = findings.GroupBy(f => (f.Rule, f.Resource.Type, f.Resource.Id)).Select(g => Of([.. g]));
        var open = unknown.GroupBy(u => (u.Rule, u.Resource.Type, u.Resource.Id)).Select(g => new JUnitCase(
            g.Key.Rule, Name(g.First().Resource) + " (not decided)", JUnitOutcome.Broken, "unknown", $"Not decided: {string.Join("; ", g.Select(u => u.Gap))}."));
        return failed.Concat(open);
    }

    // Findings of one rule on one resource are one case: consumers take two of one name for a retry.
    private static JUnitCase Of(ImmutableArray<Finding> findings)
    {
        var open = findings.Where(f => f.Waiver is null).ToList();
        var told = open.Count > 0 ? open : [.. findings];
        var first = told[0];
        var message = open.Count == 0 ? ReportWords.Of(first.Waiver!) : first.Message;
        if (told.Count > 1) message += $" (and {told.Count - 1} more)";
        return new JUnitCase(
            first.Rule, Name(first.Resource), open.Count > 0 ? JUnitOutcome.Failed : JUnitOutcome.Skipped,
            FindingJson.Word(told.Max(f => f.Severity)), message, string.Join('\n', findings.SelectMany(Lines).Select(TerminalText.Escape)), first.Location);
    }

    private static IEnumerable<string> Lines(Finding finding)
    {
        yield return $"{FindingJson.Word(finding.Severity)}: {finding.Message}";
        foreach (var atom in finding.Evidence) yield return $"  {atom}";
        if (finding.IsNew is { } isNew) yield return isNew ? "  new since the baseline" : "  in the baseline";
        if (finding.Waiver is { } waiver) yield return "  " + ReportWords.Of(waiver);
        yield return $"  fingerprint {finding.Fingerprint}";
    }

    private static string Name(FindingResource resource) => resource.Name.Length > 0 ? $"{resource.Id} \"{resource.Name}\"" : resource.Id;
}

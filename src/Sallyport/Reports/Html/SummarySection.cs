using Sallyport.Auditing;
using Sallyport.Auditing.Baselines;
using Sallyport.Reports.Json;
using Sallyport.Reports.Text;

namespace Sallyport.Reports.Html;

/// <summary>The top of the page: what was found, what that leaves open, and where it is.</summary>
internal static class SummarySection
{
    private const int MostPlaces = 25;
    private const int MostRules = 15;
    private const int BarWidth = 1000;

    private static readonly FindingSeverity[] WorstFirst =
        [FindingSeverity.Critical, FindingSeverity.High, FindingSeverity.Medium, FindingSeverity.Low, FindingSeverity.Info];

    /// <summary>The audit in one sentence. It never calls an audit clean that did not see everything.</summary>
    public static string Verdict(AuditReport report)
    {
        var summary = report.Summary;
        if (report.Scope.Groups == 0) return "Nothing was audited: no security group was read.";
        var rest = report.BelowLeast > 0 ? $"; {HtmlReportWriter.Count(report.BelowLeast, "less severe finding")} not listed" : "";
        if (summary.Waived > 0 && summary.Open == 0) rest = $"; {HtmlReportWriter.Count(summary.Waived, "finding")} waived{rest}";
        // Against a baseline only what is new is listed: "no findings" would be untrue of the estate.
        var kind = report.Baseline is null ? "open" : "new";
        if (summary.Open == 0) return $"No {kind} findings{rest}.";
        var worst = WorstFirst.First(s => CountOf(summary, s) > 0);
        var share = summary.Open == CountOf(summary, worst) && summary.Open > 1 ? "all" : HtmlReportWriter.Number(CountOf(summary, worst));
        return $"{HtmlReportWriter.Count(summary.Open, $"{kind} finding")}, {share} {FindingJson.Word(worst)}{rest}.";
    }

    public static void Write(HtmlOutput html, PageModel page)
    {
        var report = page.Report;
        html.Write($"<section id=\"summary\" aria-labelledby=\"summary-title\">\n<h2 id=\"summary-title\">Summary</h2>\n<p class=\"verdict\">{Verdict(report)}</p>\n");
        if (report.Baseline is { } baseline) WriteBaseline(html, baseline);
        if (page.IsIncomplete) WriteIncomplete(html, report);
        var again = WaiversSection.CountingAgain(page);
        if (again > 0) html.Write($"<p class=\"notice\"><strong>Waivers have expired.</strong> {HtmlReportWriter.Count(again, "finding")} that they covered {(again == 1 ? "counts" : "count")} again. <a href=\"#waivers\">Which ones</a></p>\n");
        WriteTiles(html, page);
        WriteBar(html, report.Summary);
        foreach (var framework in report.Compliance)
        {
            html.Write($"<p><a href=\"#compliance\">{framework.Framework.Name}</a>: {ComplianceText.Counts(framework)}.</p>\n");
        }

        WriteRules(html, page);
        WritePlaces(html, report);
        html.Write($"</section>\n");
    }

    public static int CountOf(AuditSummary summary, FindingSeverity severity) => severity switch
    {
        FindingSeverity.Critical => summary.Critical,
        FindingSeverity.High => summary.High,
        FindingSeverity.Medium => summary.Medium,
        FindingSeverity.Low => summary.Low,
        _ => summary.Info,
    };

    private static void WriteBaseline(HtmlOutput html, BaselineComparison baseline)
    {
        html.Write($"<p>Against the baseline {baseline.File}: {HtmlReportWriter.Count(baseline.Known, "finding")} known and not listed, {HtmlReportWriter.Number(baseline.Gone)} gone");
        if (baseline.Worse > 0) html.Write($", {HtmlReportWriter.Number(baseline.Worse)} known but more severe now");
        if (baseline.NotChecked > 0) html.Write($", {HtmlReportWriter.Number(baseline.NotChecked)} not checked this time");
        html.Write($".</p>\n");
    }

    private static void WriteIncomplete(HtmlOutput html, AuditReport report)
    {
        var parts = new List<string>();
        if (report.Gaps.Length > 0) parts.Add($"{HtmlReportWriter.Count(report.Gaps.Length, "thing was", "things were")} not read");
        if (report.Summary.Unknown > 0) parts.Add($"{HtmlReportWriter.Count(report.Summary.Unknown, "verdict is", "verdicts are")} unknown");
        if (report.NotAssessed.Length > 0) parts.Add($"{HtmlReportWriter.Count(report.NotAssessed.Length, "rule was", "rules were")} not assessed");
        if (parts.Count == 0) return;
        html.Write($"<p class=\"notice\"><strong>This audit does not see everything.</strong> {Sentence(parts)}. None of that counts as a pass. <a href=\"#coverage\">What is missing</a></p>\n");
    }

    private static string Sentence(List<string> parts)
    {
        var text = parts.Count == 1 ? parts[0] : $"{string.Join(", ", parts.SkipLast(1))} and {parts[^1]}";
        return char.ToUpperInvariant(text[0]) + text[1..];
    }

    private static void WriteTiles(HtmlOutput html, PageModel page)
    {
        var summary = page.Report.Summary;
        html.Write($"<ul class=\"tiles\">\n");
        foreach (var severity in WorstFirst)
        {
            var (word, count) = (FindingJson.Word(severity), CountOf(summary, severity));
            html.Write($"<li class=\"tile s-{word}{(count == 0 ? " none" : "")}\"><a href=\"#findings\" data-severity=\"{word}\"><span class=\"number\">{HtmlReportWriter.Number(count)}</span> <span class=\"name\">{word}</span></a></li>\n");
        }

        Plain(summary.Waived, "waived", "#findings", "waived");
        if (page.HasBaseline) Plain(page.Report.Findings.Count(f => f is { IsNew: true, Waiver: null }), "new", "#findings", "new");
        Plain(summary.Unknown, "unknown", "#coverage");
        Plain(page.Report.NotAssessed.Length, "not assessed", "#coverage");
        html.Write($"</ul>\n");

        void Plain(int count, string name, string target, string status = "")
        {
            html.Write($"<li class=\"tile plain{(count == 0 ? " none" : "")}\"><a href=\"{target}\"");
            if (status.Length > 0) html.Write($" data-status=\"{status}\"");
            html.Write($"><span class=\"number\">{HtmlReportWriter.Number(count)}</span> <span class=\"name\">{name}</span></a></li>\n");
        }
    }

    // Widths are attributes of the drawing: the page's policy allows no inline style.
    private static void WriteBar(HtmlOutput html, AuditSummary summary)
    {
        if (summary.Open == 0) return;
        html.Write($"<svg class=\"bar\" viewBox=\"0 0 {BarWidth} 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">");
        var before = 0;
        foreach (var severity in WorstFirst)
        {
            var count = CountOf(summary, severity);
            if (count == 0) continue;
            var (from, to) = (Scaled(before, summary.Open), Scaled(before + count, summary.Open));
            html.Write($"<rect class=\"s-{FindingJson.Word(severity)}\" x=\"{from}\" y=\"0\" width=\"{Math.Max(2, to - from)}\" height=\"10\"/>");
            before += count;
        }

        html.Write($"</svg>\n");
    }

    private static void WriteRules(HtmlOutput html, PageModel page)
    {
        if (page.Counts.IsEmpty) return;
        WriteRuleTable(html, page, page.Counts.Take(MostRules), "By rule");
        if (page.Counts.Length <= MostRules) return;
        html.Write($"<details class=\"rest\"><summary>{HtmlReportWriter.Count(page.Counts.Length - MostRules, "more rule")} with findings</summary>");
        WriteRuleTable(html, page, page.Counts.Skip(MostRules), "Further rules");
        html.Write($"</details>\n");
    }

    private static void WriteRuleTable(HtmlOutput html, PageModel page, IEnumerable<PageModel.RuleCount> rules, string caption)
    {
        var most = page.Counts.Max(c => c.Open + c.Waived);
        var hasWaived = page.Report.Summary.Waived > 0;
        html.Write($"<div class=\"tablebox\" tabindex=\"0\" role=\"region\" aria-label=\"{caption}\"><table class=\"overview\">\n<caption>{caption}</caption>\n<thead><tr><th scope=\"col\">Worst</th><th scope=\"col\">Rule</th><th scope=\"col\" class=\"n\">Open</th>");
        if (hasWaived) html.Write($"<th scope=\"col\" class=\"n\">Waived</th>");
        html.Write($"<td class=\"share\"></td></tr></thead>\n<tbody>\n");
        foreach (var rule in rules)
        {
            var word = FindingJson.Word(rule.Worst);
            html.Write($"<tr><td><span class=\"sev s-{word}\">{word}</span></td><th scope=\"row\"><a href=\"#findings\" data-rule=\"{rule.Code}\"><span class=\"code\">{rule.Code}</span> {rule.Title}</a>");
            if (rule.Severities.Length > 1) html.Write($"<span class=\"mix\">{string.Join(", ", rule.Severities.Select(s => $"{HtmlReportWriter.Number(s.Count)} {FindingJson.Word(s.Severity)}"))}</span>");
            html.Write($"</th><td class=\"n\">{HtmlReportWriter.Number(rule.Open)}</td>");
            if (hasWaived) html.Write($"<td class=\"n\">{HtmlReportWriter.Number(rule.Waived)}</td>");
            html.Write($"<td class=\"share\"><svg viewBox=\"0 0 {BarWidth} 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">");
            WriteBar(html, rule, Math.Max(8, Scaled(rule.Open + rule.Waived, most)));
            html.Write($"</svg></td></tr>\n");
        }

        html.Write($"</tbody>\n</table></div>\n");
    }

    // One piece a severity; what is waived lengthens the last.
    private static void WriteBar(HtmlOutput html, PageModel.RuleCount rule, int width)
    {
        var at = 0;
        foreach (var (severity, count) in rule.Severities)
        {
            var isLast = severity == rule.Severities[^1].Severity;
            var piece = isLast ? width - at : (int)((long)width * count / (rule.Open + rule.Waived));
            html.Write($"<rect class=\"s-{FindingJson.Word(severity)}\" x=\"{at}\" y=\"0\" width=\"{piece}\" height=\"10\"/>");
            at += piece;
        }
    }

    private static void WritePlaces(HtmlOutput html, AuditReport report)
    {
        var places = report.Findings.Where(f => f.Waiver is null).GroupBy(f => f.Resource.Scope).ToList();
        if (places.Count < 2) return;
        html.Write($"<div class=\"tablebox\" tabindex=\"0\" role=\"region\" aria-label=\"Open findings by account and Region\"><table class=\"overview\">\n<caption>By account and Region</caption>\n<thead><tr><th scope=\"col\">Account</th><th scope=\"col\">Region</th>");
        foreach (var severity in WorstFirst) html.Write($"<th scope=\"col\" class=\"n\">{Capital(FindingJson.Word(severity))}</th>");
        html.Write($"</tr></thead>\n<tbody>\n");
        var ordered = places.OrderByDescending(p => p.Max(f => f.Severity)).ThenByDescending(p => p.Count()).ThenBy(p => p.Key);
        foreach (var place in ordered.Take(MostPlaces))
        {
            html.Write($"<tr><th scope=\"row\"><a href=\"#findings\" data-account=\"{place.Key.Account}\" data-region=\"{place.Key.Region}\">{Known(place.Key.Account)}</a></th><td>{Known(place.Key.Region)}</td>");
            foreach (var severity in WorstFirst) html.Write($"<td class=\"n\">{HtmlReportWriter.Number(place.Count(f => f.Severity == severity))}</td>");
            html.Write($"</tr>\n");
        }

        html.Write($"</tbody>\n</table></div>\n");
        if (places.Count > MostPlaces) html.Write($"<p class=\"more\">And {HtmlReportWriter.Count(places.Count - MostPlaces, "place")} more.</p>\n");
    }

    /// <summary>First letter in upper case.</summary>
    public static string Capital(string word) => word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..];

    private static string Known(string name) => name.Length == 0 ? "not known" : name;

    private static int Scaled(int part, int whole) => whole == 0 ? 0 : (int)((long)part * BarWidth / whole);
}

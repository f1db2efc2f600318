namespace Sallyport.Reports.Html;

/// <summary>What the audit did not see: gaps, unknown verdicts, rules without what they need. Never left out, also when it is nothing.</summary>
internal static class CoverageSection
{
    private const int MostUnknown = 300;
    private const int MostNamed = 20;
    private const int MostGaps = 1_000;

    public static void Write(HtmlOutput html, PageModel page)
    {
        html.Write($"<section id=\"coverage\" aria-labelledby=\"coverage-title\">\n<h2 id=\"coverage-title\">Coverage</h2>\n");
        html.Write($"<p>{HtmlReportWriter.Count(page.Report.Rules.Length, "rule")} ran. {(page.IsIncomplete ? "What is listed here was not judged: it is neither a finding nor a pass." : "Everything they need was read, and each of them could be judged everywhere.")}</p>\n");
        WriteGaps(html, page);
        WriteUnknown(html, page);
        WriteUnassessed(html, page);
        html.Write($"</section>\n");
    }

    private static void WriteGaps(HtmlOutput html, PageModel page)
    {
        var gaps = page.Report.Gaps;
        if (gaps.IsEmpty) return;
        html.Write($"<h3>Not read</h3>\n<div class=\"tablebox\" tabindex=\"0\" role=\"region\" aria-label=\"What was not read\"><table class=\"plain\"><thead><tr><th scope=\"col\">What</th><th scope=\"col\">Where</th><th scope=\"col\">Why</th></tr></thead><tbody>\n");
        foreach (var gap in gaps.Take(MostGaps))
        {
            html.Write($"<tr><th scope=\"row\">{Words(gap.What.ToString())}</th><td>{(gap.Where.Length == 0 ? "everywhere" : gap.Where)}</td><td>{gap.Why}{(gap.IsReadFailure ? " The read failed." : "")}</td></tr>\n");
        }

        html.Write($"</tbody></table></div>\n");
        More(html, gaps.Length - MostGaps);
    }

    private static void WriteUnknown(HtmlOutput html, PageModel page)
    {
        if (page.Report.Unknown.IsEmpty) return;
        var groups = page.Report.Unknown.GroupBy(u => (u.Rule, u.Gap)).ToList();
        html.Write($"<h3>Unknown</h3>\n<div class=\"tablebox\" tabindex=\"0\" role=\"region\" aria-label=\"Unknown verdicts\"><table class=\"plain\"><thead><tr><th scope=\"col\">Rule</th><th scope=\"col\">What is missing</th><th scope=\"col\">For</th></tr></thead><tbody>\n");
        foreach (var group in groups.Take(MostUnknown))
        {
            var ids = group.Select(u => u.Resource.Id.Length > 0 ? u.Resource.Id : u.Resource.Scope.Shown).Distinct().ToList();
            var more = ids.Count > MostNamed ? $" and {ids.Count - MostNamed} more" : "";
            html.Write($"<tr><th scope=\"row\"><a href=\"#rule-{group.Key.Rule}\">{group.Key.Rule}</a></th><td>{group.Key.Gap}</td><td class=\"ids\">{string.Join(", ", ids.Take(MostNamed))}{more}</td></tr>\n");
        }

        html.Write($"</tbody></table></div>\n");
        More(html, groups.Count - MostUnknown);
    }

    private static void WriteUnassessed(HtmlOutput html, PageModel page)
    {
        if (page.Report.NotAssessed.IsEmpty) return;
        html.Write($"<h3>Not assessed</h3>\n<div class=\"tablebox\" tabindex=\"0\" role=\"region\" aria-label=\"Rules that were not assessed\"><table class=\"plain\"><thead><tr><th scope=\"col\">Rule</th><th scope=\"col\">Title</th><th scope=\"col\">Why</th></tr></thead><tbody>\n");
        foreach (var unassessed in page.Report.NotAssessed)
        {
            html.Write($"<tr><th scope=\"row\">{unassessed.Rule.Code}</th><td>{unassessed.Rule.Title}</td><td>{SummarySection.Capital(unassessed.Why)}.</td></tr>\n");
        }

        html.Write($"</tbody></table></div>\n");
    }

    private static void More(HtmlOutput html, int left)
    {
        if (left > 0) html.Write($"<p class=\"more\">And {HtmlReportWriter.Count(left, "line")} more; the JSON report holds them all.</p>\n");
    }

    private static string Words(string camel) =>
        string.Concat(camel.Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{c}"));
}

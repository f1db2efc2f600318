using System.Globalization;
using Sallyport.Auditing.Waivers;

namespace Sallyport.Reports.Html;

/// <summary>Every waiver of the run and what became of it, those that need somebody first. Nothing when there are none.</summary>
internal static class WaiversSection
{
    private const int Most = 1_000;

    public static void Write(HtmlOutput html, PageModel page)
    {
        if (page.Report.Waivers.IsEmpty) return;
        html.Write($"<section id=\"waivers\" aria-labelledby=\"waivers-title\">\n<h2 id=\"waivers-title\">Waivers</h2>\n<div class=\"tablebox\" tabindex=\"0\" role=\"region\" aria-label=\"Waivers\"><table class=\"plain\"><thead><tr><th scope=\"col\">State</th><th scope=\"col\">Rule</th><th scope=\"col\">Resource</th><th scope=\"col\" class=\"n\">Findings</th><th scope=\"col\">Until</th><th scope=\"col\">Owner</th><th scope=\"col\">Reason</th></tr></thead><tbody>\n");
        foreach (var use in page.Report.Waivers.OrderBy(w => Rank(w.State)).Take(Most))
        {
            var waiver = use.Waiver;
            html.Write($"<tr><td><span class=\"sev waiver-{Word(use.State).Replace(' ', '-')}\">{Word(use.State)}</span></td><th scope=\"row\">{waiver.Rule}</th><td>{waiver.Resource}</td><td class=\"n\">{HtmlReportWriter.Number(use.Findings)}</td><td>{waiver.Expires.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}</td><td>{waiver.Owner}</td><td>{waiver.Reason}</td></tr>\n");
        }

        html.Write($"</tbody></table></div>\n");
        if (page.Report.Waivers.Length > Most) html.Write($"<p class=\"more\">And {HtmlReportWriter.Count(page.Report.Waivers.Length - Most, "waiver")} more; the JSON report holds them all.</p>\n");
        html.Write($"</section>\n");
    }

    /// <summary>Findings that count again because their waiver has expired.</summary>
    public static int CountingAgain(PageModel page) => page.Report.Waivers.Where(w => w.State == WaiverState.Expired).Sum(w => w.Findings);

    private static int Rank(WaiverState state) => state switch { WaiverState.Expired => 0, WaiverState.Unused => 1, WaiverState.NotChecked => 2, _ => 3 };

    private static string Word(WaiverState state) => state switch
    {
        WaiverState.Expired => "expired",
        WaiverState.Unused => "unused",
        WaiverState.NotChecked => "not checked",
        _ => "used",
    };
}

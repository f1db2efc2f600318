using Sallyport.Auditing.Compliance;
using Sallyport.Reports.Text;

namespace Sallyport.Reports.Html;

/// <summary>The frameworks that were asked for, a table each. Nothing when none was.</summary>
internal static class ComplianceSection
{
    private const int MostRules = 6;

    public static void Write(HtmlOutput html, PageModel page)
    {
        if (page.Report.Compliance.IsEmpty) return;
        html.Write($"<section id=\"compliance\" aria-labelledby=\"compliance-title\">\n<h2 id=\"compliance-title\">Compliance</h2>\n");
        foreach (var framework in page.Report.Compliance) WriteFramework(html, page, framework);
        html.Write($"</section>\n");
    }

    private static void WriteFramework(HtmlOutput html, PageModel page, FrameworkReport report)
    {
        var heading = ComplianceText.Heading(report.Framework);
        html.Write($"<h3>{heading}</h3>\n<p>{ComplianceText.Counts(report)}. {ComplianceText.About(report)}</p>\n");
        if (report.Controls.IsEmpty) return;
        html.Write($"<div class=\"tablebox\" tabindex=\"0\" role=\"region\" aria-label=\"{heading}\"><table class=\"plain\"><thead><tr><th scope=\"col\">Clause</th><th scope=\"col\">State</th><th scope=\"col\" class=\"n\">Findings</th><th scope=\"col\">Rules</th><th scope=\"col\">Note</th></tr></thead><tbody>\n");
        foreach (var control in report.Controls)
        {
            var state = ComplianceText.Word(control.State);
            html.Write($"<tr><th scope=\"row\">{control.Id}</th><td><span class=\"sev state-{state}\">{state.Replace('-', ' ')}</span></td><td class=\"n\">{HtmlReportWriter.Number(control.Findings)}</td><td>");
            WriteRules(html, page, control);
            html.Write($"</td><td>{control.Note}</td></tr>\n");
        }

        html.Write($"</tbody></table></div>\n");
    }

    private static void WriteRules(HtmlOutput html, PageModel page, ControlResult control)
    {
        var deciding = control.Rules.Where(r => r.State == control.State).ToList();
        for (var i = 0; i < Math.Min(MostRules, deciding.Count); i++)
        {
            var rule = deciding[i];
            html.Write($"{(i > 0 ? ", " : "")}");
            if (page.Tells(rule.Code)) html.Write($"<a href=\"#rule-{rule.Code}\">{rule.Code}</a>");
            else html.Write($"{rule.Code}");
            if (rule.IsOurs) html.Write($"*");
        }

        if (deciding.Count > MostRules) html.Write($" and {deciding.Count - MostRules} more");
    }
}

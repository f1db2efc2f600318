using Sallyport.Auditing;

namespace Sallyport.Reports.Html;

/// <summary>The text of every rule that has something to say, and the names of those that ran and found nothing.</summary>
internal static class RulesSection
{
    public static void Write(HtmlOutput html, PageModel page)
    {
        html.Write($"<section id=\"rules\" aria-labelledby=\"rules-title\">\n<h2 id=\"rules-title\">Rules</h2>\n");
        foreach (var rule in page.ShownRules) WriteRule(html, rule);
        if (page.QuietRules.Length > 0)
        {
            html.Write($"<details class=\"rule\"><summary><span class=\"what\">{HtmlReportWriter.Count(page.QuietRules.Length, "rule")} that found nothing</span></summary><div class=\"body\"><ul class=\"quiet\">");
            foreach (var rule in page.QuietRules) html.Write($"<li><span class=\"code\">{rule.Code}</span> {rule.Title}</li>");
            html.Write($"</ul></div></details>\n");
        }

        html.Write($"</section>\n");
    }

    private static void WriteRule(HtmlOutput html, PageModel.RuleText text)
    {
        html.Write($"<details class=\"rule\" id=\"rule-{text.Code}\"><summary><span class=\"code\">{text.Code}</span> <span class=\"what\">{text.Title}</span>");
        if (text.Severity.Length > 0) html.Write($" <span class=\"sev s-{text.Severity}\">{text.Severity}</span>");
        html.Write($"</summary><div class=\"body\">");
        if (text.Rule is { } rule)
        {
            html.Write($"<h3>What</h3><p>{rule.Guide.What}</p><h3>Why</h3><p>{rule.Guide.Why}</p><h3>Fix</h3><p>{rule.Guide.Fix}</p>");
            WriteParameters(html, rule);
            WriteNames(html, rule);
            WriteControls(html, rule);
        }
        else
        {
            html.Write($"<p>This version has no text for the rule.</p>");
        }

        html.Write($"</div></details>\n");
    }

    private static void WriteParameters(HtmlOutput html, AuditRule rule)
    {
        if (rule.Parameters.IsEmpty) return;
        html.Write($"<table class=\"plain\"><caption>Parameters</caption><thead><tr><th scope=\"col\">Name</th><th scope=\"col\">Default</th><th scope=\"col\">Meaning</th></tr></thead><tbody>");
        foreach (var parameter in rule.Parameters)
        {
            html.Write($"<tr><th scope=\"row\"><code>{parameter.Name}</code></th><td>{(parameter.DefaultText.Length == 0 ? "none" : parameter.DefaultText)}</td><td>{parameter.Summary}</td></tr>");
        }

        html.Write($"</tbody></table>");
    }

    private static void WriteNames(HtmlOutput html, AuditRule rule)
    {
        if (rule.Aliases.Length > 0) html.Write($"<h3>Also known as</h3><p>{string.Join(", ", rule.Aliases)}</p>");
        if (rule.Peers.IsEmpty) return;
        html.Write($"<h3>Like it in other tools</h3><ul class=\"peers\">");
        foreach (var peer in rule.Peers) html.Write($"<li>{peer}</li>");
        html.Write($"</ul>");
    }

    private static void WriteControls(HtmlOutput html, AuditRule rule)
    {
        if (rule.Controls.IsEmpty) return;
        html.Write($"<table class=\"plain\"><caption>Controls</caption><thead><tr><th scope=\"col\">Framework</th><th scope=\"col\">Clauses</th><th scope=\"col\">Mapping by</th></tr></thead><tbody>");
        foreach (var group in rule.Controls.GroupBy(c => (c.Framework, c.Source)))
        {
            html.Write($"<tr><th scope=\"row\">{group.Key.Framework}</th><td>{string.Join(", ", group.Select(c => c.Id))}</td><td>{group.Key.Source}</td></tr>");
        }

        html.Write($"</tbody></table>");
    }
}

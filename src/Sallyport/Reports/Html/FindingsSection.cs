using Sallyport.Auditing;
using Sallyport.Reports.Json;

namespace Sallyport.Reports.Html;

/// <summary>The list of findings and its filters. What <c>card</c> of <c>page.js</c> builds is what <see cref="WriteCard"/> writes; a test holds them together.</summary>
internal static class FindingsSection
{
    private static readonly string[] Severities = ["critical", "high", "medium", "low", "info"];

    public static void Write(HtmlOutput html, PageModel page, int mostStatic)
    {
        html.Write($"<section id=\"findings\" aria-labelledby=\"findings-title\">\n<h2 id=\"findings-title\">Findings</h2>\n");
        if (page.Report.Findings.IsEmpty)
        {
            html.Write($"<p>{(page.Report.Baseline is null && page.Report.BelowLeast == 0 ? "No rule that ran objects to anything that was read." : "There is nothing to list.")}</p>\n</section>\n");
            return;
        }

        WriteFilters(html, page);
        if (page.Report.Findings.Length > page.CardCount)
        {
            html.Write($"<p class=\"notice\">This page holds the {HtmlReportWriter.Count(page.CardCount, "most severe finding")} of {HtmlReportWriter.Count(page.Report.Findings.Length, "finding")}. The JSON report (<code>-o json</code>) holds them all; the counts above are of all.</p>\n");
        }

        var titles = page.ShownRules.ToDictionary(r => r.Code);
        html.Write($"<ol id=\"list\" class=\"list\">\n");
        var index = 0;
        foreach (var card in page.Cards.Take(mostStatic)) WriteCard(html, card, titles[card.Rule], ++index);
        html.Write($"</ol>\n");
        if (page.CardCount > mostStatic)
        {
            html.Write($"<noscript><p class=\"notice\">Without a script this page shows the first {HtmlReportWriter.Count(mostStatic, "finding")} of {HtmlReportWriter.Count(page.CardCount, "finding")}. The text and JSON reports hold them all.</p></noscript>\n");
        }

        html.Write($"<div id=\"paging\" class=\"paging\" hidden><button type=\"button\" id=\"more\">Show more</button> <button type=\"button\" id=\"all\">Show all</button></div>\n</section>\n");
    }

    private static void WriteFilters(HtmlOutput html, PageModel page)
    {
        var findings = page.Report.Findings;
        html.Write($"<noscript><p class=\"hint\">Filters need a script. Everything else here works without one.</p></noscript>\n");
        html.Write($"<form id=\"filters\" class=\"filters\" aria-label=\"Filter the findings\" hidden>\n<fieldset><legend>Severity</legend>");
        foreach (var severity in Severities)
        {
            var count = findings.Count(f => FindingJson.Word(f.Severity) == severity);
            html.Write($"<label class=\"chip s-{severity}\"><input type=\"checkbox\" name=\"severity\" value=\"{severity}\" checked> {SummarySection.Capital(severity)} <span class=\"of\">{HtmlReportWriter.Number(count)}</span></label>");
        }

        html.Write($"</fieldset>\n<div class=\"fields\">\n<label class=\"wide\">Text <input type=\"search\" id=\"text\" autocomplete=\"off\" spellcheck=\"false\" placeholder=\"name, id, address, port\"></label>\n");
        Choice("rule", "Rule", page.Counts.OrderBy(c => c.Code, StringComparer.Ordinal).Select(c => (c.Code, $"{c.Code} {c.Title}")));
        Choice("family", "Family", page.Counts.Select(c => page.ShownRules.First(r => r.Code == c.Code).Family).Where(f => f.Length > 0).Distinct().Order(StringComparer.Ordinal).Select(f => (f, f)));
        Choice("account", "Account", Values(findings, f => f.Resource.Scope.Account));
        Choice("region", "Region", Values(findings, f => f.Resource.Scope.Region));
        var states = new List<(string, string)> { ("open", "Open"), ("waived", "Waived") };
        if (page.HasKnown) states.AddRange([("new", "New since the baseline"), ("known", "Known to the baseline")]);
        Choice("status", "Status", states);
        html.Write($"</div>\n<div class=\"actions\"><p id=\"status-line\" role=\"status\"></p><button type=\"button\" id=\"expand\">Expand shown</button> <button type=\"button\" id=\"collapse\">Collapse all</button> <button type=\"reset\">Clear filters</button></div>\n</form>\n");

        void Choice(string id, string label, IEnumerable<(string Value, string Label)> options)
        {
            html.Write($"<label>{label} <select id=\"{id}\"><option value=\"\">All</option>");
            foreach (var (value, text) in options) html.Write($"<option value=\"{value}\">{text}</option>");
            html.Write($"</select></label>\n");
        }
    }

    private static IEnumerable<(string Value, string Label)> Values(IEnumerable<Finding> findings, Func<Finding, string> select) =>
        findings.Select(select).Where(v => v.Length > 0).Distinct().Order(StringComparer.Ordinal).Select(v => (v, v));

    private static void WriteCard(HtmlOutput html, FindingCard card, PageModel.RuleText rule, int index)
    {
        html.Write($"<li class=\"finding s-{card.Severity}\" id=\"f{index}\"><details><summary><span class=\"sev s-{card.Severity}\">{card.Severity}</span><span class=\"what\"><span class=\"code\">{card.Rule}</span> {rule.Title}");
        if (card.Waiver.Length > 0) html.Write($" <span class=\"mark waived\">waived</span>");
        if (card.IsNew is { } isNew) html.Write($" <span class=\"mark {(isNew ? "new" : "known")}\">{(isNew ? "new" : "known")}</span>");
        html.Write($"</span><span class=\"on\">");
        if (card.Name.Length > 0) html.Write($"<span class=\"name\">{card.Name}</span>");
        html.Write($"<span class=\"id\">{card.Id}</span></span>");
        if (card.Account.Length + card.Region.Length > 0) html.Write($"<span class=\"where\">{Place(card)}</span>");
        html.Write($"</summary><div class=\"body\"><p class=\"message\">{card.Message}</p>");
        WriteEvidence(html, card);
        if (rule.Fix.Length > 0)
        {
            html.Write($"<div class=\"fix\"><h3>Fix</h3><p>{rule.Fix}</p><p class=\"command\"><code>sallyport fix SOURCE --rule {card.Rule} --to plan</code></p></div>");
        }

        html.Write($"<dl>");
        Fact("Resource", card.Name.Length > 0 ? $"{card.Type} {card.Id} ({card.Name})" : $"{card.Type} {card.Id}");
        Fact("Place", string.Join(", ", new[] { card.Account, card.Region, card.Vpc }.Where(p => p.Length > 0)));
        Fact("Rests on", card.Basis);
        Fact("Declared at", card.Location);
        Fact("Waived", card.Waiver);
        Fact("See also", card.Related);
        Fact("Also known as", card.Aliases);
        html.Write($"<div><dt>Fingerprint</dt><dd><code class=\"fingerprint\">{card.Fingerprint}</code></dd></div></dl><p class=\"about\"><a href=\"#rule-{card.Rule}\">What {card.Rule} checks, why, and which controls it serves</a></p></div></details></li>\n");

        void Fact(string name, string value)
        {
            if (value.Length > 0) html.Write($"<div><dt>{name}</dt><dd>{value}</dd></div>");
        }
    }

    private static void WriteEvidence(HtmlOutput html, FindingCard card)
    {
        if (card.Evidence.IsEmpty) return;
        html.Write($"<table class=\"evidence\"><caption>Offending {(card.Evidence.Length + card.MoreEvidence == 1 ? "rule" : "rules")}</caption><thead><tr><th scope=\"col\">Direction</th><th scope=\"col\">Service</th><th scope=\"col\">Peer</th><th scope=\"col\">Rule id</th></tr></thead><tbody>");
        foreach (var row in card.Evidence)
        {
            html.Write($"<tr><td>{row.Direction}</td><td>{row.Service}</td><td>{row.Peer}</td><td>{(row.RuleId.Length > 0 ? row.RuleId : "not read")}</td></tr>");
        }

        html.Write($"</tbody></table>");
        if (card.MoreEvidence > 0) html.Write($"<p class=\"more\">And {card.MoreEvidence} more; the JSON report holds them all.</p>");
    }

    private static string Place(FindingCard card) => string.Join(" ", new[] { card.Account, card.Region }.Where(p => p.Length > 0));
}

using System.Collections.Immutable;
using Sallyport.Auditing;
using Sallyport.Reports.Json;

namespace Sallyport.Reports.RulePages;

/// <summary>
/// The documentation of the catalogue as Markdown files, made from nothing but the rules' own words: <c>docs/rules</c>. A file of it
/// is what the links of reports point at.
/// </summary>
/// <param name="Name">File name: <c>SP-EGR-01.md</c>, <c>README.md</c>.</param>
/// <param name="Text">Markdown, ended by a newline.</param>
public sealed record RulePage(string Name, string Text)
{
    /// <summary>A page a rule, by code, and the index.</summary>
    public static ImmutableArray<RulePage> All(ImmutableArray<AuditRule> rules) => [Index(rules), .. rules.Select(Of)];

    /// <summary>The page of one rule.</summary>
    public static RulePage Of(AuditRule rule)
    {
        var text = new MarkdownText();
        text.Line($"# {rule.Code}: {MarkdownText.Escape(rule.Title)}");
        text.Line($"Severity **{FindingJson.Word(rule.Severity)}** · family [{RuleFamilyTitle.Of(rule.Family)}](README.md#{Anchor(rule.Family)}) · reads {string.Join(", ", rule.Needs.Select(RuleJson.Word))}");
        if (!rule.IsImplemented) text.Line("**Not judged yet:** it needs what this version cannot read. An audit lists it as not assessed; it never counts as a pass.");
        else if (!rule.IsOnByDefault) text.Line($"**Off by default:** it runs when somebody asks for it, as `sallyport audit SOURCE --rule {rule.Code}` does.");
        if (rule.Aliases.Length > 0) text.Line($"Also known as {string.Join(", ", rule.Aliases)}.");
        text.Section("What", rule.Guide.What);
        text.Section("Why", rule.Guide.Why);
        text.Section("Fix", rule.Guide.Fix);
        if (rule.IsImplemented) text.Code($"sallyport fix SOURCE --rule {rule.Code} --to plan", "sh");
        if (rule.Guide.Fires.Length > 0)
        {
            text.Line("## Fires on");
            text.Code(rule.Guide.Fires, "text");
        }

        if (rule.Guide.Quiet.Length > 0)
        {
            text.Line("## Leaves alone");
            text.Code(rule.Guide.Quiet, "text");
        }

        WriteParameters(text, rule);
        WriteControls(text, rule);
        if (rule.Peers.Length > 0)
        {
            text.Line("## Like it in other tools");
            text.List(rule.Peers.Select(MarkdownText.Escape));
        }

        return new RulePage($"{rule.Code}.md", text.ToString());
    }

    private static RulePage Index(ImmutableArray<AuditRule> rules)
    {
        var text = new MarkdownText();
        text.Line("# Audit rules");
        text.Line($"{rules.Length} rules. These pages are made from the rules themselves by `sallyport rules --docs docs/rules`; do not edit them by hand.");
        text.Line("The examples are in a small language: a group by its name, under it its rules; then interfaces, VPCs and settings (`set NAME VALUE`), one a line. The examples of every rule that is judged run as tests.");
        foreach (var family in rules.GroupBy(r => r.Family).OrderBy(g => g.Key))
        {
            text.Line($"## {RuleFamilyTitle.Of(family.Key)}");
            text.Table(["Rule", "Title", "Severity", "Reads", ""], family.Select(r => new[]
            {
                $"[{r.Code}]({r.Code}.md)", MarkdownText.Cell(r.Title), FindingJson.Word(r.Severity), string.Join(", ", r.Needs.Select(RuleJson.Word)),
                !r.IsImplemented ? "not judged yet" : r.IsOnByDefault ? "" : "off by default",
            }));
        }

        return new RulePage("README.md", text.ToString());
    }

    private static void WriteParameters(MarkdownText text, AuditRule rule)
    {
        if (rule.Parameters.IsEmpty) return;
        text.Line("## Parameters");
        text.Table(["Name", "Kind", "Default", "Meaning"], rule.Parameters.Select(p => new[]
        {
            $"`{p.Name}`", p.Kind, p.DefaultText.Length == 0 ? "none" : $"`{p.DefaultText.Replace("|", "\\|", StringComparison.Ordinal)}`", MarkdownText.Cell(p.Summary),
        }));
    }

    private static void WriteControls(MarkdownText text, AuditRule rule)
    {
        if (rule.Controls.IsEmpty) return;
        text.Line("## Controls");
        text.Table(["Framework", "Clauses", "Mapping by"], rule.Controls.GroupBy(c => (c.Framework, c.Source)).Select(g => new[]
        {
            MarkdownText.Cell(g.Key.Framework), MarkdownText.Cell(string.Join(", ", g.Select(c => c.Id))), MarkdownText.Cell(g.Key.Source),
        }));
    }

    // As GitHub and others make anchors of headings.
    private static string Anchor(RuleFamily family) => RuleFamilyTitle.Of(family).ToLowerInvariant().Replace(' ', '-');
}

using System.Text;
using System.Text.RegularExpressions;
using Sallyport.Auditing;
using Sallyport.Auditing.Compliance;
using Sallyport.Reports.RulePages;

namespace Sallyport.Tests.Reports;

/// <summary>docs/rules is what the rules say of themselves, no more and no less.</summary>
public sealed class RulePageTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "docs", "rules");

    /// <summary><c>SALLYPORT_ACCEPT=1</c> writes the pages anew, as <c>sallyport rules --docs docs/rules</c> does; CI refuses it.</summary>
    [Fact]
    public void The_pages_that_are_checked_in_are_those_of_the_rules()
    {
        var pages = RulePage.All(RuleCatalogue.All);
        if (Environment.GetEnvironmentVariable("SALLYPORT_ACCEPT") == "1")
        {
            Assert.NotEqual("true", Environment.GetEnvironmentVariable("CI"));
            Directory.CreateDirectory(Folder);
            foreach (var stale in Directory.EnumerateFiles(Folder, "*.md").Where(f => pages.All(p => p.Name != Path.GetFileName(f)))) File.Delete(stale);
            foreach (var page in pages) File.WriteAllText(Path.Combine(Folder, page.Name), page.Text, new UTF8Encoding(false));
        }

        Assert.Equal(pages.Select(p => p.Name).Order(StringComparer.Ordinal), Directory.EnumerateFiles(Folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        Assert.All(pages, page => Assert.True(
            File.ReadAllText(Path.Combine(Folder, page.Name)) == page.Text,
            $"docs/rules/{page.Name} is stale: run sallyport rules --docs docs/rules, or the tests with SALLYPORT_ACCEPT=1."));
    }

    [Fact]
    public void Every_page_has_the_sections_that_every_rule_has() => Assert.All(RuleCatalogue.All, rule =>
    {
        var text = RulePage.Of(rule).Text;
        Assert.StartsWith($"# {rule.Code}: ", text, StringComparison.Ordinal);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        string[] wanted = ["## What", "## Why", "## Fix", .. rule.IsImplemented ? new[] { "## Fires on", "## Leaves alone" } : []];
        Assert.All(wanted, heading => Assert.Contains($"\n{heading}\n", text, StringComparison.Ordinal));
        Assert.Equal(rule.IsOnByDefault || !rule.IsImplemented, !text.Contains("**Off by default:**", StringComparison.Ordinal));
    });

    [Fact]
    public void Links_between_pages_lead_somewhere()
    {
        var pages = RulePage.All(RuleCatalogue.All).ToDictionary(p => p.Name, p => p.Text);
        var headings = Regex.Matches(pages["README.md"], "^## (.+)$", RegexOptions.Multiline).Select(m => m.Groups[1].Value.ToLowerInvariant().Replace(' ', '-')).ToHashSet();
        var links = pages.Values.SelectMany(t => Regex.Matches(t, @"(?<!\\)\]\(([^)#]+)(?:#([^)]+))?\)")).Select(m => (Page: m.Groups[1].Value, Anchor: m.Groups[2].Value)).ToList();
        Assert.NotEmpty(links);
        Assert.All(links, link =>
        {
            Assert.True(pages.ContainsKey(link.Page), link.Page);
            Assert.True(link.Anchor.Length == 0 || headings.Contains(link.Anchor), link.Anchor);
        });
    }

    [Fact]
    public void Every_rule_has_a_row_among_the_checks_of_other_tools_if_only_an_empty_one()
    {
        Assert.Equal(163, PeerChecks.Rules.Length);
        Assert.Empty(RuleCatalogue.All.Select(r => r.Code).Except(PeerChecks.Rules));
        Assert.All(PeerChecks.Rules.SelectMany(r => PeerChecks.Of(r)), peer => Assert.Matches(new Regex("^[A-Za-z].*[^.;]$"), peer));
        Assert.Contains("Trend Conformity EC2-033", RuleCatalogue.Find("SP-EGR-01")!.Peers);
        Assert.Empty(RuleCatalogue.Find("SP-EGR-07")!.Peers);
    }

    [Theory]
    [InlineData("a_b", "a_b")]
    [InlineData("_a", "\\_a")]
    [InlineData("a*b <c> [d] |`\\", "a\\*b \\<c\\> \\[d\\] \\|\\`\\\\")]
    [InlineData("plain, text.", "plain, text.")]
    public void Text_is_no_markup(string text, string markdown) => Assert.Equal(markdown, MarkdownText.Escape(text));
}

using System.Text;
using System.Text.RegularExpressions;
using Sallyport.Auditing;
using Sallyport.Reports.Markdown;
using Sallyport.Reports.Text;

namespace Sallyport.Tests.Reports;

public sealed partial class MarkdownTests
{
    private static readonly string[] Inert = ["text", "softbreak", "code_inline", "html_block", "strong_open", "strong_close", "text_special"];

    [Fact]
    public async Task Rendered_the_counts_are_a_table_and_the_rest_is_folded()
    {
        NodeConsumer.Require();
        var tokens = await TokensAsync(FixedReport.Plain);
        Assert.Equal(["Critical", "1", "High", "1", "Medium", "2", "Low", "1", "Info", "1"], Between(tokens, "tbody_open", "tbody_close").Where(t => t.Type == "text").Select(t => t.Content));
        Assert.Equal(["1.3.1", "unknown", "0", "SP-ING-02", "1.3.2", "fail", "1", "SP-EGR-02*"], Cells(Between([.. tokens.SkipWhile(t => t.Type != "tbody_close").Skip(1)], "tbody_open", "tbody_close")));
        var html = string.Concat(tokens.Where(t => t.Type == "html_block").Select(t => t.Content));
        Assert.Equal(Count(html, "<details"), Count(html, "</details>"));
        Assert.Contains("<b>SP-PAIR-02</b> One-sided: ingress without egress: 2 findings", html, StringComparison.Ordinal);
        var code = tokens.Where(t => t.Type == "code_inline").Select(t => t.Content).ToList();
        Assert.All(FixedReport.Plain.Findings, f => Assert.Contains(f.Message, code));
        Assert.Contains("Instances of 111122223333/eu-west-1. UnauthorizedOperation when reading.", code);
    }

    [Fact]
    public void Unknown_verdicts_are_counted_as_the_summary_counts_them()
    {
        var open = FixedReport.Plain.Unknown[0];
        var report = FixedReport.Plain with { Unknown = [open, .. Enumerable.Range(0, 3).Select(n => open with { Resource = open.Resource with { Id = $"sg-{n}" } })], Summary = FixedReport.Plain.Summary with { Unknown = 4 } };
        Assert.Contains("<summary><b>Verdicts unknown</b>: 4</summary>\n\n- ", ReportText.Of("markdown", report), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_hostile_name_becomes_mark_up()
    {
        NodeConsumer.Require();
        foreach (var names in HostileNames.All.Chunk(12))
        {
            var report = FixedReport.OfNames([.. names]);
            var tokens = await TokensAsync(report);
            Assert.All(tokens.Select(t => t.Type).Distinct(), t => Assert.True(Inert.Contains(t) || Structure().IsMatch(t), t));
            Assert.All(tokens.Where(t => t.Type == "html_block"), t => Assert.Matches(OwnHtml(), t.Content));
            var code = tokens.Where(t => t.Type == "code_inline").Select(t => t.Content).ToHashSet();
            Assert.All(names.Where(n => n.Length is > 0 and <= 300 && n.Trim().Length > 0), n => Assert.Contains(TerminalText.Escape(n), code));

            // Whatever is not ours is in code: mentions, references and emoji work everywhere else.
            var text = string.Concat(tokens.Where(t => t.Type == "text").Select(t => t.Content));
            Assert.DoesNotMatch(Reference(), text);
        }
    }

    [Theory]
    [InlineData("a", "`a`")]
    [InlineData("a`b", "``a`b``")]
    [InlineData("`", "`` ` ``")]
    [InlineData("``x", "``` ``x ```")]
    [InlineData(" x ", "`  x  `")]
    [InlineData("", "")]
    [InlineData("a\nb", "`a\\u{000A}b`")]
    public void A_code_span_holds_any_text(string text, string span) => Assert.Equal(span, MarkdownText.Code(text, 100));

    [Fact]
    public async Task Our_own_words_are_words_only()
    {
        NodeConsumer.Require();
        foreach (var rule in RuleCatalogue.All)
        {
            foreach (var words in new[] { rule.Guide.What, rule.Guide.Why, rule.Guide.Fix })
            {
                var read = await Task.FromResult(MarkdownText.Prose(words));
                Assert.DoesNotContain("](", read, StringComparison.Ordinal);
            }
        }

        var hostile = await NodeConsumer.ReadAsync("markdown", string.Join("\n\n", HostileNames.All.Where(n => n.Length < 1_000).Select(n => "What to do: " + MarkdownText.Prose(n))));
        Assert.Empty(hostile.EnumerateArray().Select(t => t.GetProperty("type").GetString()!).Distinct().Except(["paragraph_open", "text", "text_special", "code_inline", "paragraph_close"]));
    }

    [Fact]
    public async Task What_is_too_long_is_cut_and_counted()
    {
        NodeConsumer.Require();
        var report = FixedReport.OfMany(3_000);
        var text = ReportText.Of("markdown", report);
        Assert.InRange(Encoding.UTF8.GetByteCount(text), 40_000, MarkdownReportWriter.MostBytes);
        var shown = Count(text, "\n- `sg-");
        Assert.Contains($"**{3_000 - shown:N0} more findings are not shown**", text, StringComparison.Ordinal);
        Assert.Equal(Count(text, "<details"), Count(text, "</details>"));
        Assert.Contains("#### High", text, StringComparison.Ordinal);
        Assert.DoesNotContain("not shown", ReportText.Of("markdown", FixedReport.OfMany(20)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_worst_names_still_fit()
    {
        foreach (var c in new[] { '日', '`', '\u202E', 'x' })
        {
            var report = FixedReport.OfNames([.. Enumerable.Repeat(new string(c, 20_000), 60)]);
            Assert.InRange(Encoding.UTF8.GetByteCount(ReportText.Of("markdown", report)), 1, MarkdownReportWriter.MostBytes);
        }
    }

    private static async Task<List<(string Type, string Content)>> TokensAsync(AuditReport report)
    {
        var read = await NodeConsumer.ReadAsync("markdown", ReportText.Of("markdown", report));
        return [.. read.EnumerateArray().Select(t => (t.GetProperty("type").GetString()!, t.GetProperty("content").GetString()!))];
    }

    private static IEnumerable<(string Type, string Content)> Between(List<(string Type, string Content)> tokens, string start, string end) =>
        tokens.SkipWhile(t => t.Type != start).TakeWhile(t => t.Type != end);

    private static IEnumerable<string> Cells(IEnumerable<(string Type, string Content)> tokens)
    {
        var cell = new StringBuilder();
        foreach (var (type, content) in tokens)
        {
            if (type == "td_open") cell.Clear();
            else if (type == "td_close") yield return cell.ToString();
            else cell.Append(content);
        }
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    [GeneratedRegex("^(heading|paragraph|table|thead|tbody|tr|th|td|bullet_list|list_item)_(open|close)$")]
    private static partial Regex Structure();

    // Titles of rules and frameworks stand in the summary; nothing that an estate brought does.
    [GeneratedRegex(@"^(<details( open)?><summary><b>[A-Za-z0-9 -]+</b>[^<>]*</summary>|</details>)\n?$")]
    private static partial Regex OwnHtml();

    [GeneratedRegex(@"@\w|#\d|://|www\.|:\w+:")]
    private static partial Regex Reference();
}

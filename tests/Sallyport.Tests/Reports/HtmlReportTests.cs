using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sallyport.Auditing;
using Sallyport.Auditing.Baselines;
using Sallyport.Auditing.Compliance;
using Sallyport.Auditing.Waivers;
using Sallyport.Estates;
using Sallyport.Reports;
using Sallyport.Reports.Html;
using Sallyport.Tests.Auditing;

namespace Sallyport.Tests.Reports;

/// <summary>What holds of the page before any browser opens it; HtmlPageTests opens it.</summary>
public sealed class HtmlReportTests
{
    private const string Estate = """
        group web
          ingress tcp/22 from 0.0.0.0/0
          egress any to 0.0.0.0/0
        interface eni-1 web 10.1.0.5
        """;

    [Fact]
    public void The_policy_names_the_very_style_and_script_of_the_page()
    {
        var page = Print(Audit.Of(Estate));
        var policy = Regex.Match(page, "Content-Security-Policy\" content=\"([^\"]+)\"").Groups[1].Value.Replace("&#39;", "'", StringComparison.Ordinal);
        var style = Regex.Match(page, "<style>(.*?)</style>", RegexOptions.Singleline).Groups[1].Value;
        var script = Regex.Match(page, "<script>(.*?)</script>", RegexOptions.Singleline).Groups[1].Value;
        Assert.NotEmpty(style);
        Assert.NotEmpty(script);
        Assert.Equal(
            $"default-src 'none'; style-src '{Hash(style)}'; script-src '{Hash(script)}'; img-src data:; base-uri 'none'; form-action 'none'", policy);

        static string Hash(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";
    }

    [Fact]
    public void Nothing_on_the_page_points_outside_it()
    {
        var page = Print(Audit.Of(Estate));
        var targets = Regex.Matches(page, """\b(?:href|src|action|srcset|data|poster)="([^"]*)" """.TrimEnd()).Select(m => m.Groups[1].Value).ToList();
        Assert.NotEmpty(targets);
        Assert.All(targets, t => Assert.True(t.StartsWith('#') || t.StartsWith("data:image/svg+xml,", StringComparison.Ordinal), t));
        Assert.DoesNotContain("style=\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("innerHTML", page, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_data_of_the_page_are_the_findings_and_cannot_end_their_element()
    {
        var report = Audit.Of(Estate);
        report = report with { Findings = [.. report.Findings.SelectMany(f => HostileNames.All.Select(n => f with { Message = n, Resource = f.Resource with { Name = n, Id = n } }))] };
        var text = Regex.Match(Print(report), "<script type=\"application/json\" id=\"data\">([^<]*)</script>").Groups[1].Value;
        using var json = JsonDocument.Parse(text);
        var findings = json.RootElement.GetProperty("findings");
        Assert.Equal(report.Findings.Length, findings.GetArrayLength());
        Assert.Equal(report.Findings.Select(f => f.Fingerprint), findings.EnumerateArray().Select(f => f.GetProperty("k").GetString()));
        Assert.All(findings.EnumerateArray(), f => Assert.True(json.RootElement.GetProperty("rules").TryGetProperty(f.GetProperty("r").GetString()!, out _)));
    }

    [Fact]
    public void Every_id_is_there_once_and_every_inner_link_has_its_target()
    {
        var page = Print(Audit.Of(Estate));
        var ids = Regex.Matches(page, " id=\"([^\"]+)\"").Select(m => m.Groups[1].Value).ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.Empty(Regex.Matches(page, "href=\"#([^\"]+)\"").Select(m => m.Groups[1].Value).Except(ids));
    }

    [Theory]
    [InlineData(0, 0, 0, "No open findings.")]
    [InlineData(0, 0, 2, "No open findings; 2 findings waived.")]
    [InlineData(0, 1, 0, "1 open finding, 1 high.")]
    [InlineData(1, 2, 0, "3 open findings, 1 critical.")]
    [InlineData(0, 3, 0, "3 open findings, all high.")]
    public void The_verdict_is_one_sentence(int critical, int high, int waived, string verdict)
    {
        var report = Audit.Of(Estate);
        Assert.Equal(verdict, SummarySection.Verdict(report with { Summary = new AuditSummary(critical, high, 0, 0, 0, waived, 0) }));
    }

    [Fact]
    public void What_a_baseline_and_a_least_severity_leave_out_is_said_in_the_verdict()
    {
        var report = Audit.Of(Estate) with { Findings = [], Summary = new AuditSummary(0, 0, 0, 0, 0, 0, 0), BelowLeast = 3, Baseline = new BaselineComparison("<old>.json", 12, 0, 4, 5) };
        Assert.Equal("No new findings; 3 less severe findings not listed.", SummarySection.Verdict(report));
        var page = Print(report);
        Assert.Contains("Against the baseline &lt;old&gt;.json: 12 findings known and not listed, 4 gone, 5 not checked this time.", page, StringComparison.Ordinal);
        Assert.Contains("There is nothing to list.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("No rule that ran objects", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Waivers_are_listed_with_what_became_of_them_and_an_expired_one_is_said_at_the_top()
    {
        var waiver = new Waiver("SP-EGR-*", "web<1>", "a & b", "team", new DateOnly(2026, 1, 31));
        var report = Audit.Of(Estate) with { Waivers = [new WaiverUse(waiver, WaiverState.Unused, 0), new WaiverUse(waiver with { Owner = "other" }, WaiverState.Expired, 2)] };
        var page = Print(report);
        Assert.Contains("2 findings that they covered count again.", page, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">SP-EGR-*</th><td>web&lt;1&gt;</td><td class=\"n\">2</td><td>2026-01-31</td><td>other</td><td>a &amp; b</td>", page, StringComparison.Ordinal);
        Assert.True(page.IndexOf(">expired<", StringComparison.Ordinal) < page.IndexOf(">unused<", StringComparison.Ordinal));
    }

    [Fact]
    public void A_framework_is_a_table_of_its_clauses_with_links_to_rules_that_have_a_text_here()
    {
        var report = Audit.Of(Estate, AuditOptions.Default with { Frameworks = [FrameworkCatalogue.Find("PCI-DSS-4.0", out _)!] });
        var framework = Assert.Single(report.Compliance);
        var page = Print(report);
        var rows = Regex.Matches(page[page.IndexOf("id=\"compliance\"", StringComparison.Ordinal)..page.IndexOf("id=\"coverage\"", StringComparison.Ordinal)], "<th scope=\"row\">([^<]+)</th><td><span class=\"sev state-([a-z-]+)\">");
        Assert.Equal(framework.Controls.Select(c => c.Id), rows.Select(m => m.Groups[1].Value));
        Assert.Equal(framework.Controls.Count(c => c.State == ControlState.Fail), rows.Count(m => m.Groups[2].Value == "fail"));
        Assert.Contains(rows, m => m.Groups[2].Value == "fail");
        var ids = Regex.Matches(page, " id=\"([^\"]+)\"").Select(m => m.Groups[1].Value).ToHashSet();
        Assert.Empty(Regex.Matches(page, "href=\"#([^\"]+)\"").Select(m => m.Groups[1].Value).Except(ids));
    }

    [Fact]
    public void An_empty_read_is_never_clean() =>
        Assert.Equal("Nothing was audited: no security group was read.", SummarySection.Verdict(Auditor.Audit(new EstateBuilder().Build(), AuditOptions.Default)));

    [Theory]
    [InlineData("gaps")]
    [InlineData("unknown")]
    [InlineData("notAssessed")]
    public void What_was_not_seen_is_said_at_the_top_and_listed(string missing)
    {
        var whole = Audit.Of(Estate) with { Gaps = [], Unknown = [], NotAssessed = [] };
        whole = whole with { Summary = whole.Summary with { Unknown = 0 } };
        Assert.DoesNotContain("does not see everything", Print(whole), StringComparison.Ordinal);
        var report = missing switch
        {
            "gaps" => whole with { Gaps = [new EstateGap(GapKind.Subnets, "here", "Only the wind knows.")] },
            "unknown" => whole with { Unknown = [new UnknownVerdict("SP-USE-01", whole.Findings[0].Resource, "Only the wind knows.")], Summary = whole.Summary with { Unknown = 1 } },
            _ => whole with { NotAssessed = [new UnassessedRule(whole.Rules[0], "Only the wind knows")] },
        };
        var page = Print(report);
        Assert.Contains("This audit does not see everything.", page, StringComparison.Ordinal);
        Assert.Contains("Only the wind knows.", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_finding_over_more_rules_than_the_page_shows_says_how_many_are_left_out()
    {
        var report = Audit.Of(Estate);
        var finding = report.Findings.First(f => f.Rule == "SP-EGR-01");
        var many = Enumerable.Repeat(finding.Evidence[0], 130).ToImmutableArray();
        Assert.Contains("And 30 more; the JSON report holds them all.", Print(report with { Findings = [finding with { Evidence = many }] }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_list_of_doubts_is_cut_with_a_count()
    {
        var report = Audit.Of(Estate);
        var doubts = Enumerable.Range(0, 310).Select(i => new UnknownVerdict("SP-USE-01", report.Findings[0].Resource, $"gap {i}"));
        var page = Print(report with { Unknown = [.. doubts], Summary = report.Summary with { Unknown = 310 } });
        Assert.Contains("And 10 lines more; the JSON report holds them all.", page, StringComparison.Ordinal);
        Assert.Contains("310 verdicts are unknown", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_that_leaves_findings_out_is_told_beside_it_too()
    {
        var writer = new HtmlReportWriter();
        var finding = Audit.Of(Estate).Findings[0];
        Assert.Empty(writer.Shortfalls(Many(HtmlReportWriter.MostFindings)));
        var told = Assert.Single(writer.Shortfalls(Many(HtmlReportWriter.MostFindings + 1)));
        Assert.Equal(("SPD6105", "The page holds the 20,000 most severe of 20,001 findings; -o json=FILE holds them all."), (told.Code, told.Message));

        AuditReport Many(int count) => Audit.Of(Estate) with { Findings = [.. Enumerable.Repeat(finding, count)] };
    }

    [Fact]
    public void A_rule_that_this_version_does_not_know_is_shown_all_the_same()
    {
        var report = Audit.Of(Estate);
        var page = Print(report with { Findings = [report.Findings[0] with { Rule = "ACME-<1>", Title = "House rule & more" }] });
        Assert.Contains("<span class=\"code\">ACME-&lt;1&gt;</span> House rule &amp; more", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_of_several_severities_says_how_many_of_its_open_findings_have_each()
    {
        var finding = Audit.Of(Estate).Findings[0];
        var waiver = new Waiver(finding.Rule, "*", "Until the move.", "network team", new DateOnly(2027, 3, 31));
        FindingSeverity[] severities = [FindingSeverity.High, FindingSeverity.Low, FindingSeverity.Low, FindingSeverity.Critical];
        var page = Print(Audit.Of(Estate) with { Findings = [.. severities.Select(s => finding with { Severity = s, Waiver = s == FindingSeverity.Critical ? waiver : null })] });
        var row = Regex.Match(page, "<caption>By rule</caption>.*?<tbody>\n(.*?)</tbody>", RegexOptions.Singleline).Groups[1].Value;

        // The waived one is no longer the worst.
        Assert.StartsWith("<tr><td><span class=\"sev s-high\">high</span></td>", row, StringComparison.Ordinal);
        Assert.Contains("<span class=\"mix\">1 high, 2 low</span></th><td class=\"n\">3</td>", row, StringComparison.Ordinal);
        Assert.Equal(["s-high", "s-low"], Regex.Matches(row, "<rect class=\"([^\"]+)\"").Select(m => m.Groups[1].Value));
    }

    [Fact]
    public void A_rule_of_one_severity_has_its_badge_alone() =>
        Assert.DoesNotContain("class=\"mix\"", Print(Audit.Of(Estate)), StringComparison.Ordinal);

    private static string Print(AuditReport report)
    {
        using var stream = new MemoryStream();
        new HtmlReportWriter().Write(report, new ReportOptions("0.0.0"), stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}

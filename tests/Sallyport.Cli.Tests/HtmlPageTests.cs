using System.Collections.Immutable;
using System.Globalization;
using Sallyport.Auditing;
using Sallyport.Auditing.Baselines;
using Sallyport.Auditing.Compliance;
using Sallyport.Auditing.Waivers;
using Sallyport.Cli.Tests.Browser;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Lab.Estates;
using Sallyport.Packets;
using Sallyport.Reports;
using Sallyport.Reports.Html;

namespace Sallyport.Cli.Tests;

/// <summary>The HTML report in a real browser, opened from a file as its readers do.</summary>
public sealed class HtmlPageTests(Chromium browser) : IClassFixture<Chromium>, IDisposable
{
    private const string Rows = "document.querySelectorAll('#list > li').length";

    private static readonly string[] Hostile =
    [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(2)>", "</script><script>alert(3)</script>", "<!--<script>", "' onclick='alert(4)", "]]>", "&lt;b&gt;",
        "${alert(5)}", "javascript:alert(6)", "\u202Egnp.exe", "nul\0byte", "lone\uD800surrogate", "\u001b[31mred",
    ];

    private static readonly Lazy<AuditReport> Acme = new(() => Auditor.Audit(AcmeEstate.Create(), AuditOptions.Default));

    private static readonly Lazy<ImmutableArray<FrameworkReport>> Frameworks = new(() => Auditor.Audit(
        AcmeEstate.Create(), AuditOptions.Default with { Frameworks = [FrameworkCatalogue.Find("CIS-AWS-3.0", out _)!, FrameworkCatalogue.Find("PCI-DSS-4.0", out _)!] }).Compliance);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sallyport-page-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_page_of_the_command_opens_from_a_file_without_a_request_or_a_complaint()
    {
        await using var tab = await NewTabAsync();
        var snapshot = Path.Combine(_folder.FullName, "groups.json");
        await File.WriteAllTextAsync(snapshot, """
            {"SecurityGroups": [{"GroupId": "sg-0123456789abcdef0", "GroupName": "web", "Description": "", "OwnerId": "111122223333", "VpcId": "vpc-1",
              "IpPermissions": [{"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}], "IpPermissionsEgress": []}]}
            """);
        var page = Path.Combine(_folder.FullName, "report.html");
        var run = await Run.Sallyport(["audit", snapshot, "--region", "eu-west-1", "--rule", "SP-ING-06", "--rule", "SP-USE-01", "--fail-on", "none", "-o", $"html={page}"]);
        Assert.Equal(ExitCode.Done, run.Code);
        await tab.OpenFileAsync(page);
        Assert.Equal("1", await tab.AskAsync(Rows));
        Assert.Contains("This audit does not see everything.", await tab.AskAsync("document.body.innerText"), StringComparison.Ordinal);
        AssertQuiet(tab, page);
    }

    [Fact]
    public async Task Filters_narrow_the_list_and_say_so()
    {
        var report = Marked(Acme.Value);
        await using var tab = await NewTabAsync();
        await OpenAsync(tab, report);
        var all = report.Findings.Length;
        Assert.Equal("100", await tab.AskAsync(Rows));
        Assert.Equal($"{all} findings, the first 100 shown", await tab.AskAsync("document.getElementById('status-line').textContent"));

        await ChooseAsync(tab, "rule", "SP-EGR-01");
        await ExpectAsync(tab, report.Findings.Count(f => f.Rule == "SP-EGR-01"), all);
        await ChooseAsync(tab, "region", "us-east-1");
        await ExpectAsync(tab, report.Findings.Count(f => f.Rule == "SP-EGR-01" && f.Resource.Scope.Region == "us-east-1"), all);
        await ClickAsync(tab, "#filters [type=reset]");
        Assert.Equal("100", await tab.AwaitAsync(Rows, "100"));

        await ChooseAsync(tab, "family", "Default group");
        await ExpectAsync(tab, report.Findings.Count(f => f.Rule.StartsWith("SP-DEF-", StringComparison.Ordinal)), all);
        await ClickAsync(tab, "#filters [type=reset]");
        await ChooseAsync(tab, "status", "waived");
        await ExpectAsync(tab, report.Findings.Count(f => f.Waiver is not null), all);
        await ChooseAsync(tab, "status", "new");
        await ExpectAsync(tab, report.Findings.Count(f => f is { IsNew: true, Waiver: null }), all);
        await ClickAsync(tab, "#filters [type=reset]");

        foreach (var level in new[] { "high", "medium", "low", "info" }) await ClickAsync(tab, $"[name=severity][value={level}]");
        await ExpectAsync(tab, report.Findings.Count(f => f.Severity == FindingSeverity.Critical), all);
        await ClickAsync(tab, "#filters [type=reset]");

        var account = report.Findings[^1].Resource.Scope.Account;
        await ChooseAsync(tab, "account", account);
        await tab.AskAsync("document.getElementById('text').focus()");
        await tab.TypeAsync(report.Findings[^1].Fingerprint);
        await ExpectAsync(tab, 1, all);
        Assert.Equal("status", await tab.AskAsync("document.getElementById('status-line').getAttribute('role')"));
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task A_tile_and_a_rule_of_the_summary_lead_to_their_findings()
    {
        var report = Acme.Value;
        await using var tab = await NewTabAsync();
        await OpenAsync(tab, report);
        await ClickAsync(tab, ".tile a[data-severity=critical]");
        await ExpectAsync(tab, report.Summary.Critical, report.Findings.Length);
        await ClickAsync(tab, ".overview a[data-rule=SP-DEF-01]");
        await ExpectAsync(tab, report.Findings.Count(f => f.Rule == "SP-DEF-01"), report.Findings.Length);
        await ClickAsync(tab, "#list details > summary");
        await ClickAsync(tab, "#list details[open] .about a");
        Assert.Equal("true", await tab.AwaitAsync("document.querySelector('details[id=rule-SP-DEF-01]').open", "true"));
    }

    [Fact]
    public async Task The_keyboard_alone_reaches_a_finding_and_opens_and_closes_it()
    {
        await using var tab = await NewTabAsync();
        await OpenAsync(tab, Acme.Value);
        await tab.PressAsync("Tab");
        Assert.Equal("Skip to the findings", await tab.AskAsync("document.activeElement.textContent"));
        await tab.PressAsync("Enter");
        Assert.Equal("#findings", await tab.AwaitAsync("location.hash", "#findings"));
        const string OnSummary = "document.activeElement.matches('#f1 > details > summary')";
        for (var i = 0; i < 40 && await tab.AskAsync(OnSummary) != "true"; i++)
        {
            await tab.PressAsync("Tab");
            Assert.NotEqual("none", await tab.AskAsync("getComputedStyle(document.activeElement).outlineStyle"));
        }

        Assert.Equal("true", await tab.AskAsync(OnSummary));
        await tab.PressAsync("Enter");
        Assert.Equal("true", await tab.AskAsync("document.querySelector('#f1 > details').open"));
        await tab.PressAsync("Tab");
        Assert.Equal("Copy command", await tab.AskAsync("document.activeElement.getAttribute('aria-label')"));
        await tab.AskAsync("document.querySelector('#f1 summary').focus()");
        await tab.PressAsync("Space");
        Assert.Equal("false", await tab.AskAsync("document.querySelector('#f1 > details').open"));
    }

    /// <summary>With <c>SALLYPORT_PICTURES=DIR</c> it leaves a picture of each there, for people who work on the page.</summary>
    [Theory]
    [InlineData(1280, false)]
    [InlineData(1280, true)]
    [InlineData(360, false)]
    public async Task Axe_finds_nothing_serious(int width, bool isDark)
    {
        await using var tab = await NewTabAsync(width);
        if (isDark) await tab.PreferDarkAsync();
        await OpenAsync(tab, Marked(Doubtful(Acme.Value)));
        await tab.AskAsync("document.querySelectorAll('#list > li:nth-child(-n+6) > details, details.rule').forEach(d => { d.open = true; })");
        if (Environment.GetEnvironmentVariable("SALLYPORT_PICTURES") is { Length: > 0 } album)
        {
            await File.WriteAllBytesAsync(Path.Combine(album, $"page-{width}{(isDark ? "-dark" : "")}.png"), await tab.PictureAsync());
        }

        Assert.Equal("", await tab.AxeAsync());
        Assert.Equal("true", await tab.AskAsync("document.documentElement.scrollWidth <= innerWidth"));
    }

    [Fact]
    public async Task A_fingerprint_is_copied_by_key_and_that_is_announced()
    {
        await using var tab = await NewTabAsync();
        await tab.AllowClipboardAsync();
        await OpenAsync(tab, Acme.Value);
        await tab.AskAsync("(document.querySelector('#f1 > details').open = true, document.querySelector('#f1 .fingerprint + .copy').focus())");
        await tab.PressAsync("Enter");
        Assert.Equal("Copied.", await tab.AwaitAsync("document.getElementById('status-line').textContent", "Copied."));
        Assert.Equal(Acme.Value.Findings[0].Fingerprint, await tab.AskAsync("navigator.clipboard.readText()"));
    }

    [Fact]
    public async Task More_findings_come_on_demand_and_the_focus_goes_to_the_first_of_them()
    {
        await using var tab = await NewTabAsync();
        await OpenAsync(tab, Acme.Value);
        var all = Acme.Value.Findings.Length;
        await ClickAsync(tab, "#more");
        Assert.Equal("200", await tab.AskAsync(Rows));
        Assert.Equal("f101", await tab.AskAsync("document.activeElement.closest('li').id"));
        await ClickAsync(tab, "#more");
        Assert.Equal($"{all} true", await tab.AskAsync($"{Rows} + ' ' + document.getElementById('paging').hidden"));
    }

    [Fact]
    public async Task Axe_would_find_something_serious()
    {
        await using var tab = await NewTabAsync();
        await OpenAsync(tab, Acme.Value);
        await tab.AskAsync("document.getElementById('text').closest('label').replaceWith(document.getElementById('text')), document.getElementById('text').placeholder = ''");
        Assert.Contains("label", await tab.AxeAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_scripts_everything_but_the_filters_is_there()
    {
        var report = Acme.Value;
        await using var tab = await NewTabAsync();
        await tab.WithoutScriptsAsync();
        await OpenAsync(tab, report);
        Assert.Equal($"{report.Findings.Length}", await tab.AskAtOnceAsync(Rows));
        Assert.Equal("none", await tab.AskAtOnceAsync("getComputedStyle(document.getElementById('filters')).display"));
        Assert.Contains("Filters need a script.", await tab.AskAtOnceAsync("document.body.innerText"), StringComparison.Ordinal);
        await tab.AskAtOnceAsync("document.querySelector('#f1 summary').focus()");
        await tab.PressAsync("Enter");
        Assert.Equal("true", await tab.AskAtOnceAsync("document.querySelector('#f1 > details').open"));
        Assert.Contains(report.Findings[0].Message, await tab.AskAtOnceAsync("document.querySelector('#f1').innerText"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_names_are_text()
    {
        await using var tab = await NewTabAsync();
        var findings = Hostile.Select((name, i) => Odd(name, i)).ToImmutableArray();
        // Once as the page came, once as the script writes them, behind five hundred others.
        var filler = Enumerable.Range(0, 500).Select(i => Odd("plain", 1_000 + i));
        var report = With(Doubtful(Acme.Value), [.. findings, .. filler, .. findings]) with
        {
            Gaps = [.. Hostile.Select(h => new EstateGap(GapKind.PrefixLists, h, h, IsReadFailure: true))],
            Waivers = [.. Hostile.Select(h => new WaiverUse(new Waiver(h, h, h, h, new DateOnly(2030, 1, 1)), WaiverState.Expired, 1))],
            Baseline = new BaselineComparison(Hostile[0], 0, 0, 0, 0),
            Unknown = [.. Hostile.Select(h => new UnknownVerdict("SP-EGR-01", findings[0].Resource with { Id = h }, h))],
            Scope = new AuditScope([.. Hostile], [.. Hostile], 1, 1, 1),
        };
        await OpenAsync(tab, report);
        await ClickAsync(tab, "#all");
        await ClickAsync(tab, "#expand");
        await tab.AwaitAsync(Rows, $"{report.Findings.Length}");
        Assert.Equal("0", await tab.AskAsync("document.querySelectorAll('img, [onclick], [onerror], iframe, form:not(#filters)').length"));
        Assert.Equal("2", await tab.AskAsync("document.scripts.length"));
        foreach (var at in new[] { 0, findings.Length + 500 })
        {
            for (var i = 0; i < Hostile.Length; i++)
            {
                var shown = await tab.AskAsync($"document.querySelector('#f{at + i + 1} .on .name').textContent");
                Assert.Equal(Sallyport.Reports.Text.TerminalText.Escape(Hostile[i]), shown);
            }
        }

        Assert.Empty(tab.Dialogs);
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task What_the_script_writes_is_what_the_page_came_with()
    {
        await using var tab = await NewTabAsync();
        var findings = Marked(Acme.Value).Findings.Take(150).Concat(Hostile.Select((name, i) => Odd(name, i))).ToImmutableArray();
        var filler = Enumerable.Range(0, 500).Select(i => Odd("plain", 1_000 + i)).ToImmutableArray();
        await OpenAsync(tab, With(Acme.Value, [.. findings, .. filler.Skip(findings.Length), .. findings]));
        await ClickAsync(tab, "#all");
        const string Differences = """
            (() => {
              const rows = [...document.querySelectorAll("#list > li")];
              const bare = li => { const copy = li.cloneNode(true); copy.removeAttribute("id"); return copy.outerHTML; };
              const differing = [];
              for (let i = 0; i < COUNT; i++) if (bare(rows[i]) !== bare(rows[500 + i])) differing.push(bare(rows[i]) + "\n" + bare(rows[500 + i]));
              return rows.length + " rows, " + differing.length + " differ\n" + differing.slice(0, 1).join("\n");
            })()
            """;
        Assert.Equal($"{500 + findings.Length} rows, 0 differ\n", await tab.AskAsync(Differences.Replace("COUNT", $"{findings.Length}", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Ten_thousand_findings_keep_the_page_small_and_answering()
    {
        await using var tab = await NewTabAsync();
        var some = Acme.Value.Findings;
        var many = Enumerable.Range(0, 10_000).Select(i => some[i % some.Length] with { Fingerprint = i.ToString("x32", CultureInfo.InvariantCulture) }).ToImmutableArray();
        var page = await OpenAsync(tab, With(Acme.Value, many));
        Assert.InRange(new FileInfo(page).Length, 1_000_000, 12_000_000);
        Assert.Equal("100", await tab.AskAsync(Rows));
        await ChooseAsync(tab, "rule", "SP-EGR-02");
        var matching = many.Count(f => f.Rule == "SP-EGR-02");
        Assert.StartsWith($"{matching:N0} of 10,000 findings", await tab.AskAsync("document.getElementById('status-line').textContent"), StringComparison.Ordinal);
        await ClickAsync(tab, "#filters [type=reset]");
        await tab.AskAsync("document.getElementById('text').focus()");
        await tab.TypeAsync(many[9_999].Fingerprint);
        Assert.Equal("1", await tab.AwaitAsync(Rows, "1"));
        Assert.Contains(many[9_999].Resource.Id, await tab.AskAsync("document.querySelector('#list').innerText"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_cannot_hold_all_says_how_many_are_left_out()
    {
        await using var tab = await NewTabAsync();
        await OpenAsync(tab, With(Acme.Value, [.. Enumerable.Range(0, 20_001).Select(i => Odd("plain", i))]));
        Assert.Contains("This page holds the 20,000 most severe findings of 20,001 findings.", await tab.AskAsync("document.body.innerText"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Print_opens_the_findings_and_leaves_the_filters_out()
    {
        await using var tab = await NewTabAsync();
        await OpenAsync(tab, Acme.Value);
        await tab.PrintMediaAsync();
        Assert.Equal("none,none", await tab.AskAsync("['.fields', '#filters fieldset'].map(s => getComputedStyle(document.querySelector(s)).display)"));
        Assert.Contains($"{Acme.Value.Findings.Length} findings, the first 100 shown", await tab.AskAsync("document.body.innerText"), StringComparison.Ordinal);
        Assert.Equal("true", await tab.AskAsync("document.querySelector('#f1 .message').getBoundingClientRect().height > 0"));
        Assert.StartsWith("%PDF", System.Text.Encoding.ASCII.GetString(await tab.PdfAsync(), 0, 4), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_policy_of_the_page_stops_a_script_that_is_not_its_own()
    {
        await using var tab = await NewTabAsync();
        var page = await OpenAsync(tab, Acme.Value);
        var text = await File.ReadAllTextAsync(page);
        await File.WriteAllTextAsync(page, text.Replace("<footer>", "<script>alert(1)</script><img src=\"http://127.0.0.1:9/x\"><footer>", StringComparison.Ordinal));
        await tab.OpenFileAsync(page);
        Assert.Empty(tab.Dialogs);
        Assert.Equal(2, tab.Complaints.Count(c => c.Contains("Content Security Policy", StringComparison.Ordinal)));
    }

    private async Task<Tab> NewTabAsync(int width = 1280)
    {
        if (browser.Missing is { } why) Assert.Skip($"{why}: the page was opened in no browser");
        return await browser.OpenAsync(width);
    }

    private async Task<string> OpenAsync(Tab tab, AuditReport report)
    {
        var path = Path.Combine(_folder.FullName, "page.html");
        await using (var file = File.Create(path)) new HtmlReportWriter().Write(report, new ReportOptions("0.0.0"), file);
        await tab.OpenFileAsync(path);
        return path;
    }

    private static void AssertQuiet(Tab tab, string page)
    {
        Assert.Empty(tab.Complaints);
        Assert.Equal([new Uri(page).AbsoluteUri], tab.Requests.Where(r => !r.StartsWith("data:", StringComparison.Ordinal) && r != "about:blank"));
    }

    private static async Task ExpectAsync(Tab tab, int matching, int all)
    {
        Assert.InRange(matching, 1, 100);
        Assert.Equal($"{matching}", await tab.AwaitAsync(Rows, $"{matching}"));
        Assert.Equal($"{matching} of {all} findings", await tab.AskAsync("document.getElementById('status-line').textContent"));
    }

    private static Task<string> ChooseAsync(Tab tab, string id, string value) => tab.AskAsync(
        $"(document.getElementById('{id}').value = '{value}', document.getElementById('{id}').dispatchEvent(new Event('change', {{ bubbles: true }})))");

    private static Task<string> ClickAsync(Tab tab, string selector) => tab.AskAsync($"document.querySelector('{selector}').click()");

    /// <summary>Every tenth finding waived, every fourth new since a baseline.</summary>
    private static AuditReport Marked(AuditReport report)
    {
        var waiver = new Waiver("SP-EGR-01", "*", "moving out in spring", "team-net", new DateOnly(2030, 1, 1));
        return With(report, [.. report.Findings.Select((f, i) => f with { Waiver = i % 10 == 3 ? waiver : null, IsNew = i % 4 == 0 })]);
    }

    private static AuditReport Doubtful(AuditReport report) => report with
    {
        Gaps = [new EstateGap(GapKind.Instances, "111122223333/eu-west-1", "UnauthorizedOperation when reading.", IsReadFailure: true)],
        Unknown = [.. report.Findings.Take(30).Select(f => new UnknownVerdict("SP-USE-01", f.Resource, "the instances were not read"))],
        Waivers = [.. Enum.GetValues<WaiverState>().Select(state => new WaiverUse(new Waiver("SP-EGR-*", "web-*", "moving out", "team-net", new DateOnly(2030, 1, 1)), state, 1))],
        Compliance = Frameworks.Value,
        Baseline = new BaselineComparison("before.json", 3, 1, 2, 4),
        NotAssessed = [new UnassessedRule(report.Rules[0], "needs a connections file")],
        Summary = report.Summary with { Unknown = 30 },
    };

    private static AuditReport With(AuditReport report, ImmutableArray<Finding> findings) => report with
    {
        Findings = findings,
        Summary = report.Summary with { Critical = 0, High = 0, Medium = findings.Count(f => f.Waiver is null), Low = 0, Info = 0, Waived = findings.Count(f => f.Waiver is not null) },
    };

    private static Finding Odd(string name, int i) => new()
    {
        Rule = "SP-EGR-01",
        Severity = FindingSeverity.Medium,
        Title = "Unrestricted egress",
        Message = $"The group {name} is open.",
        Resource = new FindingResource(FindingResource.SecurityGroupType, $"sg-{i}", name, new Scope(name, name), new VpcId(name)),
        Evidence = [new EvidenceAtom(new SecurityGroupRuleId(name), Direction.Egress, Service.Any, new PrefixListPeer(new PrefixListId(name)))],
        Related = [name],
        Aliases = [name],
        Location = new SourceSpan(name, 3),
        Fingerprint = i.ToString("x32", CultureInfo.InvariantCulture),
        Waiver = new Waiver("SP-EGR-01", name, name, name, new DateOnly(2030, 1, 1)),
    };
}

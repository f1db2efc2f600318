using System.Net;
using System.Text;
using Sallyport.Auditing;
using Sallyport.Auditing.Compliance;
using Sallyport.Reports.Text;

namespace Sallyport.Reports.Markdown;

/// <summary>
/// A comment on a change under review: counts open, the rest folded by rule, worst first. GitHub takes 65,536 characters; what does
/// not fit is counted. Here they are bytes of UTF-8, which are never fewer.
/// </summary>
public sealed class MarkdownReportWriter : IReportWriter
{
    /// <summary>Bytes that the whole report may take.</summary>
    internal const int MostBytes = 65_536;

    private const int Reserve = 512;
    private const int MostNotes = 10;
    private const int MostEvidence = 10;
    private const int MostName = 300;
    private const int MostMessage = 1_000;
    private const string End = "\n</details>\n";

    /// <inheritdoc/>
    public void Write(AuditReport report, ReportOptions options, Stream output)
    {
        var page = new Page(MostBytes - Reserve);
        page.Add(Head(report));
        foreach (var framework in report.Compliance) AddFramework(page, framework);
        var rules = new RuleTable(report);
        var open = report.Findings.Where(f => f.Waiver is null).ToList();
        var shown = 0;
        foreach (var severity in open.GroupBy(f => f.Severity))
        {
            var heading = $"\n#### {TextColour.Word(severity.Key)[..1]}{TextColour.Word(severity.Key)[1..].ToLowerInvariant()}\n";
            foreach (var rule in severity.GroupBy(f => f.Rule))
            {
                shown += AddRule(page, heading, [.. rule], rules.Find(rule.Key));
                heading = string.Empty;
            }
        }

        var waived = report.Findings.Where(f => f.Waiver is not null).ToList();
        if (waived.Count > 0) shown += AddFolded(page, string.Empty, $"<b>Waived</b>: {ReportWords.Count(waived.Count, "finding")}", string.Empty, waived);
        var left = report.Findings.Length - shown;
        if (left > 0) page.Add($"\n**{ReportWords.Count(left, "more finding")} {(left == 1 ? "is" : "are")} not shown**: a comment holds 65,536 characters. Run `sallyport audit` with `-o html=report.html` for all of them.\n");
        output.Write(Encoding.UTF8.GetBytes(page.ToString()));
    }

    private static string Head(AuditReport report)
    {
        var text = new StringBuilder();
        var scope = report.Scope;
        text.Append("### Sallyport audit\n\n");
        text.Append(ReportWords.Summary(report)).Append('\n');
        text.Append("\n| Severity | Findings |\n| --- | ---: |\n");
        foreach (var (word, count) in new[] { ("Critical", report.Summary.Critical), ("High", report.Summary.High), ("Medium", report.Summary.Medium), ("Low", report.Summary.Low), ("Info", report.Summary.Info) })
        {
            text.Append($"| {word} | {count:N0} |\n");
        }

        text.Append($"\nAudited {ReportWords.Count(scope.Groups, "security group")}, {ReportWords.Count(scope.Rules, "rule")} and {ReportWords.Count(scope.Interfaces, "interface")}");
        if (!scope.Accounts.IsEmpty || !scope.Regions.IsEmpty) text.Append($" in {Names(scope.Accounts.Concat(scope.Regions))}");
        text.Append(".\n");
        if (scope.Groups == 0) text.Append("\n**No security group was read: an empty inventory is not a clean one.**\n");
        Notes(text, "Waivers to look at", [.. WaiverText.Asked(report).Select(WaiverText.Clause)], isOpen: false);
        Notes(text, "Not read", [.. report.Gaps.OrderByDescending(g => g.IsReadFailure).Select(ReportWords.Clause)], report.Gaps.Any(g => g.IsReadFailure));
        Notes(text, "Verdicts unknown", [.. Undecided.Of(report).Select(u => $"{u.Rule} for {u.Clause}")], isOpen: false, report.Summary.Unknown);
        Notes(text, "Not assessed", [.. report.NotAssessed.GroupBy(n => n.Why).Select(g => $"{g.Key}: {string.Join(", ", g.Select(n => n.Rule.Code))}")], isOpen: false);
        return text.ToString();
    }

    private static string Names(IEnumerable<string> values)
    {
        var all = values.ToList();
        var more = all.Count > MostNotes ? $" and {all.Count - MostNotes} more" : string.Empty;
        return string.Join(", ", all.Take(MostNotes).Select(v => Name(v))) + more;
    }

    private static void Notes(StringBuilder text, string title, List<string> notes, bool isOpen, int? count = null)
    {
        if (notes.Count == 0) return;
        text.Append($"\n<details{(isOpen ? " open" : "")}><summary><b>{title}</b>: {count ?? notes.Count:N0}</summary>\n\n");
        foreach (var note in notes.Take(MostNotes)) text.Append("- ").Append(Name(note)).Append('\n');
        if (notes.Count > MostNotes) text.Append($"- and {notes.Count - MostNotes:N0} more\n");
        text.Append(End);
    }

    // The clauses that fail or are open; the others are only counted.
    private static void AddFramework(Page page, FrameworkReport report)
    {
        var title = WebUtility.HtmlEncode(TerminalText.Line(ComplianceText.Heading(report.Framework)));
        var start = $"\n<details><summary><b>Compliance</b> {title}: {ComplianceText.Counts(report)}</summary>\n\n{MarkdownText.Prose(ComplianceText.About(report))}\n\n| Clause | State | Findings | Rules |\n| --- | --- | ---: | --- |\n";
        if (!page.TryAdd(start, End)) return;
        foreach (var control in report.Controls.Where(c => c.State is ControlState.Fail or ControlState.Unknown))
        {
            var rules = string.Join(", ", control.Rules.Where(r => r.State == control.State).Select(r => MarkdownText.Prose(r.Code + (r.IsOurs ? "*" : string.Empty))));
            if (!page.TryAdd($"| {MarkdownText.Prose(control.Id)} | {ComplianceText.Word(control.State)} | {control.Findings:N0} | {rules} |\n", End)) break;
        }

        page.Add(End);
    }

    private static int AddRule(Page page, string heading, List<Finding> findings, AuditRule? rule)
    {
        var title = WebUtility.HtmlEncode(TerminalText.Line(findings[0].Title));
        var summary = $"<b>{WebUtility.HtmlEncode(findings[0].Rule)}</b> {title}: {ReportWords.Count(findings.Count, "finding")}";
        var fix = rule is null ? string.Empty : $"What to do: {MarkdownText.Prose(rule.Guide.Fix)}\n\n";
        return AddFolded(page, heading, summary, fix, findings);
    }

    private static int AddFolded(Page page, string heading, string summary, string introduction, List<Finding> findings)
    {
        var start = $"{heading}\n<details><summary>{summary}</summary>\n\n{introduction}";
        var shown = 0;
        foreach (var finding in findings)
        {
            var item = Item(finding);
            var text = shown == 0 ? start + item : item;
            if (!page.TryAdd(text, End)) break;
            shown++;
        }

        if (shown > 0) page.Add(End);
        return shown;
    }

    private static string Item(Finding finding)
    {
        var text = new StringBuilder("- ");
        text.Append(Name(finding.Resource.Id));
        if (finding.Resource.Name.Length > 0) text.Append(' ').Append(Name(finding.Resource.Name));
        string[] places = [.. finding.Resource.Scope.IsUnknown ? Array.Empty<string>() : [finding.Resource.Scope.ToString()], .. finding.Resource.Vpc is { } vpc ? [vpc.Value] : Array.Empty<string>()];
        if (places.Length > 0) text.Append(" in ").AppendJoin(", ", places.Select(Name));
        if (finding.IsNew == true) text.Append(" **new**");
        text.Append("\n  ").Append(MarkdownText.Code(finding.Message, MostMessage)).Append('\n');
        foreach (var atom in finding.Evidence.Take(MostEvidence)) text.Append("  - ").Append(Name(atom.ToString())).Append('\n');
        if (finding.Evidence.Length > MostEvidence) text.Append($"  - and {ReportWords.Count(finding.Evidence.Length - MostEvidence, "more rule")}\n");
        if (finding.Location is { } at) text.Append("  - at ").Append(Name(at.ToString())).Append('\n');
        if (finding.Waiver is { } waiver) text.Append("  - ").Append(MarkdownText.Code(ReportWords.Of(waiver), MostMessage)).Append('\n');
        return text.ToString();
    }

    private static string Name(string text) => MarkdownText.Code(text, MostName);

    /// <summary>A text that knows how many bytes it has left. Once something did not fit, nothing later does: what is left out is the least severe.</summary>
    private sealed class Page(int most)
    {
        private readonly StringBuilder _text = new();
        private int _bytes;
        private bool _isFull;

        /// <summary>Adds the text if it fits together with what must end it.</summary>
        public bool TryAdd(string text, string end)
        {
            _isFull |= _bytes + Encoding.UTF8.GetByteCount(text) + Encoding.UTF8.GetByteCount(end) > most;
            if (!_isFull) Add(text);
            return !_isFull;
        }

        /// <summary>Adds what is bounded or was counted before.</summary>
        public void Add(string text)
        {
            _text.Append(text);
            _bytes += Encoding.UTF8.GetByteCount(text);
        }

        public override string ToString() => _text.ToString();
    }
}

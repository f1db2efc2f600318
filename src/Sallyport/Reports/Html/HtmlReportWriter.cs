using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Sallyport.Auditing;
using Sallyport.Diagnostics;

namespace Sallyport.Reports.Html;

/// <summary>
/// The report as one page that needs nothing else: no request leaves it, and without a script it still shows everything but the
/// filters. The first findings are markup; of a large audit the rest are data that the page's script turns into markup when
/// somebody looks, so that ten thousand findings stay as quick as ten.
/// </summary>
public sealed class HtmlReportWriter : IReportWriter
{
    /// <summary>Findings that a page holds at most, most severe first. A page that leaves some out says how many.</summary>
    internal const int MostFindings = 20_000;

    private readonly int _mostStatic;

    /// <summary>A writer of pages.</summary>
    public HtmlReportWriter()
        : this(mostStatic: 500)
    {
    }

    /// <summary>A writer of pages with so many findings as markup.</summary>
    internal HtmlReportWriter(int mostStatic) => _mostStatic = mostStatic;

    /// <inheritdoc/>
    public void Write(AuditReport report, ReportOptions options, Stream output)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        var html = new HtmlOutput(writer);
        var page = new PageModel(report, MostFindings);
        WriteHead(html, page);
        SummarySection.Write(html, page);
        FindingsSection.Write(html, page, _mostStatic);
        ComplianceSection.Write(html, page);
        WaiversSection.Write(html, page);
        CoverageSection.Write(html, page);
        RulesSection.Write(html, page);
        html.Write($"</main>\n<footer><p>Written by sallyport {options.Version}. Everything on this page is in the file itself; it asks no server for anything.</p></footer>\n");
        html.Write($"<script type=\"application/json\" id=\"data\">");
        writer.Flush();
        FindingData.Write(page, output);
        html.Write($"</script>\n<script>");
        html.Trusted(PageAssets.Script);
        html.Write($"</script>\n</body>\n</html>\n");
    }

    /// <inheritdoc/>
    public ImmutableArray<Diagnostic> Shortfalls(AuditReport report) =>
        report.Findings.Length > MostFindings ? [ReportDiagnostics.HtmlIsCut(report.Findings.Length, MostFindings)] : [];

    /// <summary><c>1 finding</c>, <c>1,234 findings</c>.</summary>
    internal static string Count(int count, string noun, string? plural = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? noun : plural ?? $"{noun}s")}");

    /// <summary><c>1,234</c>.</summary>
    internal static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static void WriteHead(HtmlOutput html, PageModel page)
    {
        var scope = page.Report.Scope;
        html.Write($"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"{PageAssets.Policy}\">\n");
        html.Write($"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n");
        html.Write($"<title>{SummarySection.Verdict(page.Report)} Security group audit</title>\n");
        html.Write($"<link rel=\"icon\" href=\"data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 viewBox=%220 0 16 16%22%3E%3Cpath fill=%22%232463a6%22 d=%22M1 15V8a7 7 0 0 1 14 0v7h-4V8a3 3 0 0 0-6 0v7z%22/%3E%3C/svg%3E\">\n<style>");
        html.Trusted(PageAssets.Style);
        html.Write($"</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#findings\">Skip to the findings</a>\n<header>\n");
        html.Write($"<p class=\"brand\"><svg viewBox=\"0 0 16 16\" width=\"20\" height=\"20\" aria-hidden=\"true\"><path d=\"M1 15V8a7 7 0 0 1 14 0v7h-4V8a3 3 0 0 0-6 0v7z\"/></svg> Sallyport</p>\n");
        html.Write($"<nav aria-label=\"Sections\"><ul><li><a href=\"#summary\">Summary</a></li><li><a href=\"#findings\">Findings</a></li>");
        if (page.Report.Compliance.Length > 0) html.Write($"<li><a href=\"#compliance\">Compliance</a></li>");
        if (page.Report.Waivers.Length > 0) html.Write($"<li><a href=\"#waivers\">Waivers</a></li>");
        html.Write($"<li><a href=\"#coverage\">Coverage</a></li><li><a href=\"#rules\">Rules</a></li></ul></nav>\n");
        html.Write($"</header>\n<main>\n<div class=\"title\"><h1>Security group audit</h1>\n<p class=\"scope\">{Count(scope.Groups, "security group")}, {Count(scope.Rules, "rule")} and {Count(scope.Interfaces, "interface")}");
        if (scope.Accounts.Length > 0) html.Write($" in {Named(scope.Accounts, "account")}");
        if (scope.Regions.Length > 0) html.Write($"{(scope.Accounts.Length > 0 ? ", " : " in ")}{Named(scope.Regions, "Region")}");
        html.Write($".</p></div>\n");
    }

    private static string Named(IReadOnlyList<string> names, string noun) =>
        names.Count > 4 ? Count(names.Count, noun) : $"{noun}{(names.Count == 1 ? "" : "s")} {string.Join(" and ", names)}";
}

using System.Collections.Immutable;
using Sallyport.Reports.Asff;
using Sallyport.Reports.Csv;
using Sallyport.Reports.GitHub;
using Sallyport.Reports.Html;
using Sallyport.Reports.Json;
using Sallyport.Reports.JUnit;
using Sallyport.Reports.Markdown;
using Sallyport.Reports.Ocsf;
using Sallyport.Reports.Sarif;
using Sallyport.Reports.Text;

namespace Sallyport.Reports;

/// <summary>Every format an audit can be written in. A new one is a folder beside this file and a line here.</summary>
public static class ReportFormats
{
    /// <summary>In the order help shows them.</summary>
    public static ImmutableArray<ReportFormat> All { get; } =
    [
        new("text", "text/plain", ".txt", new TextReportWriter()),
        new("json", "application/json", ".json", new JsonReportWriter()),
        new("jsonl", "application/x-ndjson", ".jsonl", new JsonLinesReportWriter()),
        new("html", "text/html", ".html", new HtmlReportWriter()),
        new("sarif", "application/sarif+json", ".sarif", new SarifReportWriter()),
        new("asff", "application/json", ".asff.json", new AsffReportWriter()),
        new("ocsf", "application/x-ndjson", ".ocsf.jsonl", new OcsfReportWriter()),
        new("junit", "application/xml", ".xml", new JUnitReportWriter()),
        new("csv", "text/csv", ".csv", new CsvReportWriter()),
        new("markdown", "text/markdown", ".md", new MarkdownReportWriter()),
        new("github", "text/plain", ".github.txt", new GitHubReportWriter()),
    ];

    /// <summary>The format of that name; null when there is none.</summary>
    public static ReportFormat? Find(string name) => All.FirstOrDefault(f => f.Name == name);
}

using System.Collections.Immutable;
using Sallyport.Reports.Html;
using Sallyport.Reports.Json;
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
    ];

    /// <summary>The format of that name; null when there is none.</summary>
    public static ReportFormat? Find(string name) => All.FirstOrDefault(f => f.Name == name);
}

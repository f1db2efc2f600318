using System.Globalization;
using System.Text;
using System.Text.Json;
using Sallyport.Auditing;
using Sallyport.Reports.Json;

namespace Sallyport.Reports.Csv;

/// <summary>
/// One row a finding, then one a verdict that is unknown, a rule that was not assessed and a thing that was not read; the first
/// column says which. RFC 4180 quoting with <c>\n</c> between rows; a cell that a spreadsheet would compute starts with an apostrophe.
/// </summary>
public sealed class CsvReportWriter : IReportWriter
{
    private static readonly string[] Columns =
    [
        "kind", "severity", "rule", "title", "resource_type", "resource_id", "resource_name", "account", "region", "vpc", "message", "evidence", "basis",
        "related", "aliases", "controls", "file", "line", "fingerprint", "new", "waived_until", "waived_by", "waived_because",
    ];

    /// <inheritdoc/>
    public void Write(AuditReport report, ReportOptions options, Stream output)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(string.Join(',', Columns));
        var rules = new RuleTable(report);
        foreach (var finding in report.Findings) WriteRow(writer, Of(finding));
        foreach (var unknown in report.Unknown)
        {
            var row = Of(unknown.Resource);
            (row["kind"], row["rule"], row["title"], row["message"]) = ("unknown", unknown.Rule, rules.Find(unknown.Rule)?.Title, unknown.Gap);
            WriteRow(writer, row);
        }

        foreach (var unassessed in report.NotAssessed)
        {
            WriteRow(writer, new() { ["kind"] = "not-assessed", ["rule"] = unassessed.Rule.Code, ["title"] = unassessed.Rule.Title, ["message"] = unassessed.Why });
        }

        foreach (var gap in report.Gaps)
        {
            WriteRow(writer, new()
            {
                ["kind"] = gap.IsReadFailure ? "read-failure" : "not-in-source",
                ["title"] = JsonNamingPolicy.KebabCaseLower.ConvertName(gap.What.ToString()),
                ["resource_id"] = gap.Where,
                ["message"] = gap.Why,
            });
        }
    }

    private static Dictionary<string, string?> Of(Finding finding)
    {
        var row = Of(finding.Resource);
        row["kind"] = "finding";
        row["severity"] = FindingJson.Word(finding.Severity);
        row["rule"] = finding.Rule;
        row["title"] = finding.Title;
        row["message"] = finding.Message;
        row["evidence"] = string.Join("; ", finding.Evidence);
        row["basis"] = FindingJson.Word(finding.Basis);
        row["related"] = string.Join("; ", finding.Related);
        row["aliases"] = string.Join("; ", finding.Aliases);
        row["controls"] = string.Join("; ", finding.Controls.Select(c => $"{c.Framework} {c.Id}"));
        row["file"] = finding.Location?.File;
        row["line"] = finding.Location is { Line: > 0 and var line } ? line.ToString(CultureInfo.InvariantCulture) : null;
        row["fingerprint"] = finding.Fingerprint;
        row["new"] = finding.IsNew switch { true => "yes", false => "no", null => null };
        if (finding.Waiver is { } waiver)
        {
            row["waived_until"] = waiver.Expires.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            row["waived_by"] = waiver.Owner;
            row["waived_because"] = waiver.Reason;
        }

        return row;
    }

    private static Dictionary<string, string?> Of(FindingResource resource) => new()
    {
        ["resource_type"] = resource.Type,
        ["resource_id"] = resource.Id,
        ["resource_name"] = resource.Name,
        ["account"] = resource.Scope.Account,
        ["region"] = resource.Scope.Region,
        ["vpc"] = resource.Vpc?.Value,
    };

    private static void WriteRow(StreamWriter writer, Dictionary<string, string?> row) =>
        writer.WriteLine(string.Join(',', Columns.Select(c => row.GetValueOrDefault(c) is { Length: > 0 } text ? CsvCell.Of(text) : string.Empty)));
}

using System.Globalization;
using System.Text;
using Sallyport.Auditing;
using Sallyport.Estates;

namespace Sallyport.Reports.Text;

/// <summary>
/// The report for people: one section a severity, most severe first, in it one block a rule with its fix, and under it each
/// resource with the message and the offending rules; then what could not be judged, what was not read, and the counts. A rule that
/// finds more than <see cref="MostNamed"/> resources names the first of them and counts the others: nobody reads half a million lines.
/// </summary>
public sealed class TextReportWriter : IReportWriter
{
    /// <summary>Resources that one rule names.</summary>
    public const int MostNamed = 50;

    private const int MostUnknownNamed = 5;

    // Fewer findings than this need no table: they are all in sight.
    private const int FewFindings = 30;

    /// <inheritdoc/>
    public void Write(AuditReport report, ReportOptions options, Stream output)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        WriteScope(report, writer);
        var rules = report.Rules.ToDictionary(r => r.Code);
        foreach (var severity in report.Findings.GroupBy(f => f.Severity)) WriteSeverity(severity.Key, [.. severity], rules, options, writer);
        foreach (var framework in report.Compliance) ComplianceText.Write(framework, options, writer);
        WaiverText.Write(report, options, writer);
        WriteUnknown(report, options, writer);
        GapText.Write(report, options, writer);
        WriteUnassessed(report, options, writer);
        WriteRules(report, options, writer);
        WriteSummary(report, options, writer);
    }

    private static void WriteScope(AuditReport report, StreamWriter writer)
    {
        var scope = report.Scope;
        writer.Write($"Audited {Count(scope.Groups, "security group")} with {Count(scope.Rules, "rule")} and {Count(scope.Interfaces, "interface")}");
        if (!scope.Accounts.IsEmpty) writer.Write($" in account{(scope.Accounts.Length == 1 ? "" : "s")} {Names(scope.Accounts)}");
        if (!scope.Regions.IsEmpty) writer.Write($"{(scope.Accounts.IsEmpty ? " in" : ",")} {Names(scope.Regions)}");
        writer.WriteLine(".");
    }

    private static void WriteSeverity(FindingSeverity severity, List<Finding> findings, Dictionary<string, AuditRule> rules, ReportOptions options, StreamWriter writer)
    {
        writer.WriteLine();
        var heading = $"{TextColour.Word(severity)} {TextColour.Sign(severity)} {Count(findings.Count, "finding")}";
        writer.WriteLine(TextColour.Paint(severity, heading, options.UseColour));
        foreach (var rule in findings.GroupBy(f => f.Rule))
        {
            var first = rule.First();
            var aliases = rule.SelectMany(f => f.Aliases).Distinct().ToList();
            writer.WriteLine();
            writer.WriteLine($"  {TextColour.Bold($"{first.Rule} {TerminalText.Line(first.Title)}", options.UseColour)}{(aliases.Count > 0 ? $" ({string.Join(", ", aliases)})" : "")}");
            var number = rule.Count();
            foreach (var finding in rule.Take(MostNamed)) WriteFinding(finding, writer);
            if (number > MostNamed) writer.WriteLine($"    and {Count(number - MostNamed, "more finding")} of this rule; -o json, csv and html list all");
            if (rules.GetValueOrDefault(first.Rule)?.Guide.Fix is { Length: > 0 } fix) writer.WriteLine($"    fix: {TerminalText.Escape(fix)}");
        }
    }

    private static void WriteFinding(Finding finding, StreamWriter writer)
    {
        writer.WriteLine($"    {Name(finding.Resource)}");
        writer.WriteLine($"      {TerminalText.Line(finding.Message)}");
        foreach (var atom in finding.Evidence) writer.WriteLine($"      {TerminalText.Escape(atom.ToString())}");
        if (finding.Related.Length > 0) writer.WriteLine($"      see also {string.Join(", ", finding.Related)}");
        if (finding.Location is { } at) writer.WriteLine($"      at {TerminalText.Escape(at.ToString())}");
        if (finding.Waiver is { } waiver)
        {
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"      waived until {waiver.Expires:yyyy-MM-dd} by {TerminalText.Line(waiver.Owner)}: {TerminalText.Line(waiver.Reason)}"));
        }
    }

    private static void WriteUnknown(AuditReport report, ReportOptions options, StreamWriter writer)
    {
        if (report.Unknown.IsEmpty) return;
        writer.WriteLine();
        writer.WriteLine(TextColour.Bold($"UNKNOWN ? {Count(report.Unknown.Length, "verdict")} that what was read does not decide", options.UseColour));
        foreach (var group in report.Unknown.GroupBy(u => (u.Rule, u.Gap)))
        {
            var ids = group.Select(u => u.Resource.Id).Where(id => id.Length > 0).Distinct().ToList();
            var more = ids.Count > MostUnknownNamed ? $" and {ids.Count - MostUnknownNamed} more" : "";
            writer.WriteLine($"  {group.Key.Rule}  {TerminalText.Line(group.Key.Gap)}{(ids.Count > 0 ? ": " : "")}{TerminalText.Escape(string.Join(", ", ids.Take(MostUnknownNamed)))}{more}");
        }
    }

    private static void WriteUnassessed(AuditReport report, ReportOptions options, StreamWriter writer)
    {
        if (report.NotAssessed.IsEmpty) return;
        writer.WriteLine();
        writer.WriteLine(TextColour.Bold($"NOT ASSESSED {Count(report.NotAssessed.Length, "rule")}", options.UseColour));
        foreach (var group in report.NotAssessed.GroupBy(n => n.Why))
        {
            writer.WriteLine($"  {TerminalText.Line(group.Key)}: {string.Join(", ", group.Select(n => n.Rule.Code))}");
        }
    }

    private static void WriteRules(AuditReport report, ReportOptions options, StreamWriter writer)
    {
        if (report.Findings.Length < FewFindings) return;
        writer.WriteLine();
        writer.WriteLine(TextColour.Bold("BY RULE", options.UseColour));
        var table = new TextTable("", ">", "", "");
        foreach (var rule in report.Findings.GroupBy(f => (f.Rule, f.Severity)))
        {
            table.Add(TextColour.Word(rule.Key.Severity).ToLowerInvariant(), rule.Count().ToString("N0", CultureInfo.InvariantCulture), rule.Key.Rule, rule.First().Title);
        }

        table.Write(writer, indent: 2);
    }

    private static void WriteSummary(AuditReport report, ReportOptions options, StreamWriter writer)
    {
        var summary = report.Summary;
        var parts = new List<string>();
        Add(FindingSeverity.Critical, summary.Critical);
        Add(FindingSeverity.High, summary.High);
        Add(FindingSeverity.Medium, summary.Medium);
        Add(FindingSeverity.Low, summary.Low);
        Add(FindingSeverity.Info, summary.Info);
        writer.WriteLine();
        writer.Write(parts.Count == 0 ? "No open findings" : $"{Count(summary.Open, "finding")}: {string.Join(", ", parts)}");
        if (summary.Waived > 0) writer.Write($"; {summary.Waived} waived");
        if (summary.Unknown > 0) writer.Write($"; {Count(summary.Unknown, "verdict")} unknown");
        if (report.BelowLeast > 0) writer.Write($"; {Count(report.BelowLeast, "less severe finding")} not listed");
        writer.WriteLine(".");
        if (report.Baseline is not { } baseline) return;
        writer.Write($"Against {TerminalText.Escape(baseline.File)}: {baseline.Known:N0} known and not listed, {baseline.Gone:N0} gone");
        if (baseline.Worse > 0) writer.Write($", {baseline.Worse:N0} known but more severe now");
        if (baseline.NotChecked > 0) writer.Write($", {baseline.NotChecked:N0} not checked this time");
        writer.WriteLine(".");

        void Add(FindingSeverity severity, int count)
        {
            if (count > 0) parts.Add(TextColour.Paint(severity, $"{count} {TextColour.Word(severity).ToLowerInvariant()}", options.UseColour));
        }
    }

    private static string Name(FindingResource resource)
    {
        var parts = new List<string> { TerminalText.Escape(resource.Id) };
        if (resource.Name.Length > 0) parts.Add($"\"{TerminalText.Name(resource.Name)}\"");
        if (resource.Scope != new Scope(string.Empty, string.Empty)) parts.Add(TerminalText.Escape(resource.Scope.ToString()));
        if (resource.Vpc is { } vpc) parts.Add(TerminalText.Escape(vpc.Value));
        return string.Join("  ", parts);
    }

    private static string Names(IEnumerable<string> values) => TerminalText.Escape(string.Join(", ", values));

    private static string Count(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");
}

using System.Collections.Immutable;
using System.Text.Json;
using Sallyport.Auditing;
using Sallyport.Diagnostics;
using Sallyport.Estates;

namespace Sallyport.Reports.Asff;

/// <summary>
/// AWS Security Finding Format 2018-10-08: one JSON array, a finding a line, most severe first, as
/// <c>aws securityhub batch-import-findings --findings file://…</c> takes it (100 at a time). What is not decided or not read becomes
/// findings whose compliance status is <c>NOT_AVAILABLE</c>.
/// </summary>
public sealed class AsffReportWriter : IReportWriter
{
    /// <summary>Findings that Security Hub takes in one call.</summary>
    internal const int BatchSize = 100;

    private const int AccountDigits = 12;

    /// <inheritdoc/>
    public void Write(AuditReport report, ReportOptions options, Stream output)
    {
        var rules = new RuleTable(report);
        var time = options.RequireTime("asff");
        using var json = new Utf8JsonWriter(output);
        var isFirst = true;
        output.Write("["u8);
        foreach (var finding in report.Findings.Where(f => HasPlace(f.Resource.Scope))) Line(() => AsffFinding.Write(json, finding, rules, options, time));
        foreach (var open in Undecided.Of(report).Where(u => HasPlace(u.Scope))) Line(() => AsffFinding.Write(json, open, rules, options, time));
        foreach (var (scope, gaps) in ReadFailures(report)) Line(() => AsffFinding.Write(json, scope, gaps, options, time));
        output.Write("\n]\n"u8);

        void Line(Action write)
        {
            output.Write(isFirst ? "\n"u8 : ",\n"u8);
            isFirst = false;
            write();
            json.Flush();
            json.Reset();
        }
    }

    /// <inheritdoc/>
    public ImmutableArray<Diagnostic> Shortfalls(AuditReport report)
    {
        var placed = report.Findings.Count(f => HasPlace(f.Resource.Scope));
        var notes = ImmutableArray.CreateBuilder<Diagnostic>();
        var left = report.Findings.Length - placed;
        if (left > 0) notes.Add(ReportDiagnostics.AsffHasNoPlace(left));
        var written = placed + Undecided.Of(report).Count(u => HasPlace(u.Scope)) + ReadFailures(report).Count();
        if (written > BatchSize) notes.Add(ReportDiagnostics.AsffNeedsBatches(written, BatchSize));
        return notes.ToImmutable();
    }

    private static bool HasPlace(Scope scope) => scope.Region.Length > 0 && scope.Account.Length == AccountDigits && scope.Account.All(char.IsAsciiDigit);

    // A gap is told where it is, or, when it names a resource, in the first account and Region of the report.
    private static IEnumerable<(Scope Scope, ImmutableArray<EstateGap> Gaps)> ReadFailures(AuditReport report)
    {
        var home = new Scope(report.Scope.Accounts.FirstOrDefault() ?? string.Empty, report.Scope.Regions.FirstOrDefault() ?? string.Empty);
        return report.Gaps.Where(g => g.IsReadFailure)
            .GroupBy(g => g.Where.Split('/') is [var account, var region] && HasPlace(new Scope(account, region)) ? new Scope(account, region) : home)
            .Where(g => HasPlace(g.Key))
            .OrderBy(g => g.Key)
            .Select(g => (g.Key, g.ToImmutableArray()));
    }
}

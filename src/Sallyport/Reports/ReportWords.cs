using System.Globalization;
using Sallyport.Auditing;
using Sallyport.Estates;

namespace Sallyport.Reports;

/// <summary>Sentences that several formats share. They quote untrusted text: escape when printing.</summary>
internal static class ReportWords
{
    /// <summary>What was not read, with its reason.</summary>
    public static string Of(EstateGap gap) => $"Not read: {Clause(gap)}";

    /// <summary>The same without saying that it was not read.</summary>
    public static string Clause(EstateGap gap) => $"{gap.What}{(gap.Where.Length == 0 ? string.Empty : $" of {gap.Where}")}. {gap.Why}";

    /// <summary>Why a rule was not judged.</summary>
    public static string Of(UnassessedRule unassessed) => $"{unassessed.Rule.Code} was not assessed: {unassessed.Why}.";

    /// <summary>The counts, on one line, and what a baseline or a least severity keeps out of them.</summary>
    public static string Summary(AuditReport report)
    {
        var summary = report.Summary;
        var parts = new List<string>();
        Add(summary.Critical, "critical");
        Add(summary.High, "high");
        Add(summary.Medium, "medium");
        Add(summary.Low, "low");
        Add(summary.Info, "info");
        var text = summary.Open == 0 ? "No open findings" : $"{Count(summary.Open, "finding")}: {string.Join(", ", parts)}";
        if (summary.Waived > 0) text += $"; {summary.Waived:N0} waived";
        if (summary.Unknown > 0) text += $"; {Count(summary.Unknown, "verdict")} unknown";
        if (report.BelowLeast > 0) text += $"; {Count(report.BelowLeast, "less severe finding")} not listed";
        if (report.Baseline is { } baseline) text += $"; {baseline.Known:N0} known to the baseline and not listed, {baseline.Gone:N0} gone";
        return text + ".";

        void Add(int count, string word)
        {
            if (count > 0) parts.Add($"{count:N0} {word}");
        }
    }

    /// <summary>What the exception says.</summary>
    public static string Of(Waiver waiver) =>
        string.Create(CultureInfo.InvariantCulture, $"Waived until {waiver.Expires:yyyy-MM-dd} by {waiver.Owner}: {waiver.Reason}");

    /// <summary><c>1 finding</c>, <c>1,234 findings</c>.</summary>
    public static string Count(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");
}

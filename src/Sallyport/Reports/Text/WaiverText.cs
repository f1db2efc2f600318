using System.Globalization;
using Sallyport.Auditing;
using Sallyport.Auditing.Waivers;

namespace Sallyport.Reports.Text;

/// <summary>What is to be done about waivers: the expired ones, whose findings count again, and the unused ones.</summary>
internal static class WaiverText
{
    /// <summary>Writes nothing when every waiver is used or was not asked.</summary>
    public static void Write(AuditReport report, ReportOptions options, TextWriter writer)
    {
        var asked = Asked(report).ToList();
        if (asked.Count == 0) return;
        writer.Write('\n');
        writer.WriteLine(TextColour.Bold("WAIVERS", options.UseColour));
        foreach (var use in asked) writer.WriteLine(TerminalText.Line("  " + Clause(use)));
    }

    /// <summary>The waivers that somebody should look at.</summary>
    public static IEnumerable<WaiverUse> Asked(AuditReport report) => report.Waivers.Where(w => w.State is WaiverState.Expired or WaiverState.Unused);

    /// <summary>An expired or unused waiver, and what that means; quotes untrusted text.</summary>
    public static string Clause(WaiverUse use)
    {
        var waiver = use.Waiver;
        var what = use.State == WaiverState.Unused
            ? "unused: it covers nothing that was found"
            : string.Create(CultureInfo.InvariantCulture, $"expired on {waiver.Expires:yyyy-MM-dd}: {(use.Findings == 0 ? "nothing it covers is in this report" : $"{use.Findings} of its findings {(use.Findings == 1 ? "counts" : "count")} again")}");
        var place = waiver.At is { } at ? $", {at}" : string.Empty;
        return $"{waiver.Rule} on {waiver.Resource} ({waiver.Owner}{place}) {what}";
    }
}

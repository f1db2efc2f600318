using System.Collections.Immutable;
using Sallyport.Connectivity.Differences;
using Sallyport.Reports.Text;

namespace Sallyport.Reports.Connectivity;

/// <summary>A difference as people read it: the relation first, then what a reviewer acts on, then the flows.</summary>
public static class DiffTextWriter
{
    /// <summary>Writes the report; of each list the first <paramref name="most"/> boxes.</summary>
    public static void Write(DiffReport report, TextWriter output, int most = int.MaxValue)
    {
        output.WriteLine(DiffWords.Sentence(report));
        if (report.LatentRelation != report.Relation) output.WriteLine($"latent: the rules alone, whoever carries the groups, compare as \"{DiffWords.Of(report.LatentRelation)}\"");
        foreach (var line in Summary(report)) output.WriteLine($"  {line}");
        WriteBoxes(output, "added", "+", report.Added, most);
        WriteBoxes(output, "removed", "-", report.Removed, most);
        WriteBoxes(output, "not known", "?", report.Unknown, most);
        if (report.LatentRelation != report.Relation)
        {
            WriteBoxes(output, "latent, added", "(+)", report.LatentAdded, most);
            WriteBoxes(output, "latent, removed", "(-)", report.LatentRemoved, most);
        }

        if (report.Omitted > 0) output.WriteLine($"at least {report.Omitted} more are left out (--limit); the relation counts them");
        foreach (var note in report.Notes) output.WriteLine(TerminalText.Line($"note: {note}"));
    }

    /// <summary>The lines that a reviewer acts on.</summary>
    internal static IEnumerable<string> Summary(DiffReport report)
    {
        var summary = report.Summary;
        if (summary.InterfacesOpenedToInternet > 0) yield return $"newly reachable from the internet: {Count(summary.InterfacesOpenedToInternet, "interface")}";
        if (summary.InterfacesClosedToInternet > 0) yield return $"no longer reachable from the internet: {Count(summary.InterfacesClosedToInternet, "interface")}";
        if (summary.NewGroupPairs > 0) yield return $"new group pairs: {summary.NewGroupPairs}";
        if (summary.ClosedGroupPairs > 0) yield return $"closed group pairs: {summary.ClosedGroupPairs}";
        if (summary.EndsAdded + summary.EndsRemoved > 0) yield return $"addresses of interfaces: {summary.EndsAdded} came, {summary.EndsRemoved} went";
        if (summary.TextualChanges > 0 && report.Relation == DiffRelation.Equal) yield return $"unchanged despite {Count(summary.TextualChanges, "textual change")}";
        else if (summary.TextualChanges > 0) yield return $"{Count(summary.RulesAdded, "rule")} came, {summary.RulesRemoved} went";
    }

    private static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    private static void WriteBoxes(TextWriter output, string title, string mark, ImmutableArray<DiffBox> boxes, int most)
    {
        if (boxes.IsEmpty) return;
        output.WriteLine($"{title}:");
        foreach (var box in boxes.Take(most))
        {
            output.WriteLine(TerminalText.Escape($"  {mark} {box.From} -> {box.To}: {DiffWords.Of(box.Services)}{Families(box)}"));
            if (box.Witness is { } witness) output.WriteLine(TerminalText.Escape($"      packet: {witness}"));
            foreach (var cause in box.Because) output.WriteLine(TerminalText.Line($"      because: {cause.Text}{(cause.IsCombined ? " (with others)" : "")}"));
            foreach (var gap in box.Gaps) output.WriteLine(TerminalText.Line($"      not read: {gap.What} {gap.Where}: {gap.Why}"));
        }

        if (boxes.Length > most) output.WriteLine($"  … and {boxes.Length - most} more");
    }

    private static string Families(DiffBox box) =>
        box.Families is [var only] ? only == Packets.IpFamily.V4 ? " (IPv4)" : " (IPv6)" : "";
}

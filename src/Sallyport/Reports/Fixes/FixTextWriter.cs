using Sallyport.Auditing;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Fixing;
using Sallyport.Reports.Json;
using Sallyport.Reports.Text;

namespace Sallyport.Reports.Fixes;

/// <summary>A fix for people: what changes and for which findings, what only they can answer, then the counts and the next command.</summary>
public static class FixTextWriter
{
    // Of each rule; -o json tells them all.
    private const int MostRevealed = 3;

    /// <summary>Writes it; <paramref name="nextCommand"/> is printed when there is something to apply.</summary>
    public static void Write(FixReport report, TextWriter output, string? nextCommand = null)
    {
        var names = report.After.SecurityGroups.Where(g => g.Name.Length > 0).ToDictionary(g => g.Id, g => ShownText.NameOf(g.Name));
        if (!report.Remedies.IsEmpty) output.Write("Fixed\n");
        var along = report.Remedies.Where(r => r.Changes.IsEmpty).ToLookup(r => r.Finding.Resource);
        var changed = report.Remedies.Where(r => !r.Changes.IsEmpty).Select(r => r.Finding.Resource).ToHashSet();
        foreach (var same in report.Remedies.Where(r => !r.Changes.IsEmpty || !changed.Contains(r.Finding.Resource)).GroupBy(r => (r.Finding.Resource, r.What)).ToList())
        {
            // What goes along with a change is told once, with the first change of its group.
            var more = changed.Remove(same.Key.Resource) ? along[same.Key.Resource] : [];
            WriteHead(output, same.Concat(more).Select(r => r.Finding), same.Key.What);
            foreach (var change in same.First().Changes)
            {
                foreach (var rule in change.Add) output.Write($"      + {Line(change.Group, rule.Key, names)}\n");
                foreach (var rule in change.Remove) output.Write($"      - {Line(change.Group, rule, names)}\n");
            }

            foreach (var note in same.SelectMany(r => r.Notes).Distinct()) output.Write($"      ? {TerminalText.Line(note)}\n");
        }

        if (!report.Questions.IsEmpty) output.Write($"{(report.Remedies.IsEmpty ? string.Empty : "\n")}Left for you to decide\n");
        foreach (var same in report.Questions.GroupBy(q => (q.Finding.Resource, q.Question)))
        {
            WriteHead(output, same.Select(q => q.Finding), same.Key.Question);
            foreach (var option in same.First().Options) output.Write($"      o {TerminalText.Line(option)}\n");
        }

        if (!report.Revealed.IsEmpty) output.Write("\nSeen only when this is done (the estate allowed it before)\n");
        foreach (var same in report.Revealed.GroupBy(f => f.Rule))
        {
            foreach (var finding in same.Take(MostRevealed)) WriteHead(output, [finding], finding.Message);
            if (same.Count() > MostRevealed) output.Write($"  {same.Key}   and {same.Count() - MostRevealed} more\n");
        }

        if (!report.NotAssessed.IsEmpty) output.Write("\nNot judged\n");
        foreach (var rule in report.NotAssessed) output.Write($"  {rule.Rule.Code}   {TerminalText.Line(rule.Why)}\n");
        WriteEnd(report, output, nextCommand);
    }

    private static void WriteHead(TextWriter output, IEnumerable<Finding> findings, string sentence)
    {
        var all = findings.ToList();
        var resource = all[0].Resource;
        var name = resource.Name.Length > 0 ? $" ({ShownText.NameOf(resource.Name)})" : string.Empty;
        var codes = string.Join(", ", all.Select(f => $"{f.Rule} {FindingJson.Word(f.Severity)}").Distinct());
        output.Write(TerminalText.Escape($"  {codes}   {resource.Id}{name}"));
        output.Write($"\n    {TerminalText.Line(sentence)}\n");
    }

    private static string Line(SecurityGroupId group, RuleKey key, Dictionary<SecurityGroupId, string> names)
    {
        var peer = key.Peer is GroupPeer to ? names.TryGetValue(to.Group, out var known) ? $" ({known})" : string.Empty : string.Empty;
        return TerminalText.Escape($"{group}{(names.TryGetValue(group, out var name) ? $" ({name})" : string.Empty)}   {key}{peer}");
    }

    private static void WriteEnd(FixReport report, TextWriter output, string? nextCommand)
    {
        var summary = report.Plan.Summary;
        if (!report.Remedies.IsEmpty || !report.Questions.IsEmpty) output.Write('\n');
        output.Write(report.IsClean
            ? "Nothing to fix.\n"
            : $"{Count(report.Remedies.Length, "finding")} fixed, {report.Questions.Length} left for you to decide; {summary.Add} to add, {summary.Change} to change, {summary.Remove} to remove, in {Count(report.Plan.Steps.Length, "call")}\n");
        if (nextCommand is not null && !report.Plan.Steps.IsEmpty) output.Write($"To apply: {TerminalText.Line(nextCommand)}\n");
    }

    private static string Count(int count, string noun) => $"{count} {noun}{(count == 1 ? string.Empty : "s")}";
}

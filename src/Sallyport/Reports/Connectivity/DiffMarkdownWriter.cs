using System.Collections.Immutable;
using Sallyport.Connectivity.Differences;
using Sallyport.Reports.Text;

namespace Sallyport.Reports.Connectivity;

/// <summary>A difference as Markdown, for a comment on a change under review.</summary>
public static class DiffMarkdownWriter
{
    /// <summary>The first line, which nobody sees: by it the comment of an earlier run is found, to be edited and not repeated.</summary>
    public const string Marker = "<!-- sallyport:diff -->";

    // GitHub takes 65,536 characters in a comment; some room is left for what a pipeline puts around it.
    private const int MostCharacters = 65_000;

    private const int RoomForCut = 200;

    /// <summary>Writes the report; of each list the first <paramref name="most"/> boxes, and fewer where a comment would not take them.</summary>
    public static void Write(DiffReport report, TextWriter output, int most = int.MaxValue)
    {
        var text = new StringWriter { NewLine = output.NewLine };
        WriteWhole(report, text, most);
        var whole = text.ToString();
        output.WriteLine(Marker);
        if (whole.Length + Marker.Length < MostCharacters)
        {
            output.Write(whole);
            return;
        }

        // Whole lines only: half a row would break its table.
        var end = whole.LastIndexOf('\n', MostCharacters - RoomForCut) + 1;
        var lines = whole.AsSpan(end).Count('\n');
        output.Write(whole.AsSpan(0, end));
        output.WriteLine();
        output.WriteLine($"… and {lines} more lines, which a comment has no room for; `sallyport diff -o json` has them all");
    }

    private static void WriteWhole(DiffReport report, TextWriter output, int most)
    {
        output.WriteLine($"### Traffic: {Cell(DiffWords.Sentence(report))}");
        output.WriteLine();
        if (report.LatentRelation != report.Relation) output.WriteLine($"- latent: the rules alone, whoever carries the groups, are {DiffWords.Of(report.LatentRelation)}");
        foreach (var line in DiffTextWriter.Summary(report)) output.WriteLine($"- {line}");
        foreach (var note in report.Notes) output.WriteLine($"- {Cell(note)}");
        if (report.Omitted > 0) output.WriteLine($"- at least {report.Omitted} more are left out; the relation counts them");
        WriteTable(output, "Added", report.Added, most);
        WriteTable(output, "Removed", report.Removed, most);
        WriteTable(output, "Not known", report.Unknown, most);
        if (report.LatentRelation == report.Relation) return;
        WriteTable(output, "Latent, added", report.LatentAdded, most);
        WriteTable(output, "Latent, removed", report.LatentRemoved, most);
    }

    private static void WriteTable(TextWriter output, string title, ImmutableArray<DiffBox> boxes, int most)
    {
        if (boxes.IsEmpty) return;
        output.WriteLine();
        output.WriteLine($"**{title}**");
        output.WriteLine();
        output.WriteLine("| from | to | services | packet | because |");
        output.WriteLine("| --- | --- | --- | --- | --- |");
        foreach (var box in boxes.Take(most))
        {
            var why = box.Because.Select(c => c.Text).Concat(box.Gaps.Select(g => $"not read: {g.What} {g.Where}"));
            output.WriteLine($"| {Cell(box.From.ToString())} | {Cell(box.To.ToString())} | {Cell(DiffWords.Of(box.Services))} | {Cell(box.Witness?.ToString() ?? "")} | {string.Join("<br>", why.Select(Cell))} |");
        }

        if (boxes.Length > most)
        {
            output.WriteLine();
            output.WriteLine($"… and {boxes.Length - most} more");
        }
    }

    // Names come from outside: they may neither end a cell nor become mark-up.
    private static string Cell(string text)
    {
        var result = new System.Text.StringBuilder(text.Length);
        foreach (var c in TerminalText.Line(text))
        {
            if (c is '|' or '<' or '>' or '&') result.Append($"&#{(int)c};");
            else if (c is '\\' or '`' or '*' or '_' or '[' or ']' or '#' or '~' or '!' or '@') result.Append('\\').Append(c);
            else result.Append(c);
        }

        return result.ToString();
    }
}

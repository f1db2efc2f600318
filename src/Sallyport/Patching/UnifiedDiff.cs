using System.Collections.Immutable;

namespace Sallyport.Patching;

/// <summary>Edits of files as a patch in the form that <c>git apply</c> and <c>patch -p1</c> take.</summary>
public static class UnifiedDiff
{
    private const int Context = 3;

    /// <summary>Writes one file's part; nothing when it does not change.</summary>
    /// <param name="path">Relative, with slashes.</param>
    /// <param name="file">The file.</param>
    /// <param name="output">Where to.</param>
    public static void Write(string path, PatchedFile file, TextWriter output)
    {
        var lines = LinesOf(file.Text);
        var changes = ChangesOf(file, lines);
        if (changes.Count == 0) return;
        output.Write($"diff --git {Quoted("a/" + path)} {Quoted("b/" + path)}\n--- {Named("a/" + path)}\n+++ {Named("b/" + path)}\n");
        var shift = 0;
        for (var first = 0; first < changes.Count;)
        {
            var last = first;
            while (last + 1 < changes.Count && changes[last + 1].First - changes[last].End <= 2 * Context) last++;
            shift += WriteHunk(output, lines, changes[first..(last + 1)], shift);
            first = last + 1;
        }
    }

    private static int WriteHunk(TextWriter output, ImmutableArray<string> lines, List<LineChange> changes, int shift)
    {
        var from = Math.Max(0, changes[0].First - Context);
        var to = Math.Min(lines.Length, changes[^1].End + Context);
        var added = changes.Sum(c => c.Lines.Length - (c.End - c.First));
        output.Write($"@@ -{Range(from, to - from)} +{Range(from + shift, to - from + added)} @@\n");
        var at = from;
        foreach (var change in changes)
        {
            for (; at < change.First; at++) WriteLine(output, ' ', lines[at]);
            for (; at < change.End; at++) WriteLine(output, '-', lines[at]);
            foreach (var line in change.Lines) WriteLine(output, '+', line);
        }

        for (; at < to; at++) WriteLine(output, ' ', lines[at]);
        return added;
    }

    // An empty range is named by the line before it.
    private static string Range(int from, int count) => count == 1 ? $"{from + 1}" : $"{(count == 0 ? from : from + 1)},{count}";

    private static void WriteLine(TextWriter output, char sign, string line)
    {
        output.Write(sign);
        output.Write(line);
        if (!line.EndsWith('\n')) output.Write("\n\\ No newline at end of file\n");
    }

    private static List<LineChange> ChangesOf(PatchedFile file, ImmutableArray<string> lines)
    {
        var starts = new int[lines.Length + 1];
        for (var i = 0; i < lines.Length; i++) starts[i + 1] = starts[i] + lines[i].Length;
        var changes = new List<LineChange>();
        var edits = file.Edits;
        for (var i = 0; i < edits.Length;)
        {
            var (first, end) = RangeOf(edits[i]);
            var j = i + 1;
            while (j < edits.Length && RangeOf(edits[j]) is var next && next.First < Math.Max(end, first + 1))
            {
                end = Math.Max(end, next.End);
                j++;
            }

            var shifted = edits[i..j].Select(e => e with { Start = e.Start - starts[first] });
            var after = LinesOf(TextEdit.Apply(file.Text[starts[first]..starts[end]], shifted));
            if (Trimmed(lines, new LineChange(first, end, after)) is { } change) changes.Add(change);
            i = j;
        }

        return changes;

        (int First, int End) RangeOf(TextEdit edit)
        {
            var first = LineOf(edit.Start);
            var end = Array.BinarySearch(starts, edit.End);
            var isWhole = edit.Start == starts[first] && end >= 0 && (edit.Text.Length == 0 || edit.Text.EndsWith('\n'));
            return (first, isWhole ? end : Math.Min(lines.Length, LineOf(edit.End) + 1));
        }

        int LineOf(int position)
        {
            // The end of a last line that nothing ends belongs to that line.
            if (position == file.Text.Length && lines.Length > 0 && !lines[^1].EndsWith('\n')) return lines.Length - 1;
            var line = Array.BinarySearch(starts, position);
            return line >= 0 ? line : ~line - 1;
        }
    }

    private static LineChange? Trimmed(ImmutableArray<string> lines, LineChange change)
    {
        var (first, end, after) = (change.First, change.End, change.Lines);
        while (first < end && after.Length > 0 && lines[first] == after[0]) (first, after) = (first + 1, after[1..]);
        while (first < end && after.Length > 0 && lines[end - 1] == after[^1]) (end, after) = (end - 1, after[..^1]);
        return first == end && after.IsEmpty ? null : new LineChange(first, end, after);
    }

    private static ImmutableArray<string> LinesOf(string text)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        for (var at = 0; at < text.Length;)
        {
            var end = text.IndexOf('\n', at);
            end = end < 0 ? text.Length : end + 1;
            lines.Add(text[at..end]);
            at = end;
        }

        return lines.ToImmutable();
    }

    // A tab ends a name that holds a space; one with stranger characters stands in quotes.
    private static string Named(string path) => Quoted(path) is var quoted && quoted == path && path.Contains(' ', StringComparison.Ordinal) ? path + "\t" : quoted;

    private static string Quoted(string path)
    {
        if (!path.Any(c => c is '"' or '\\' || char.IsControl(c))) return path;
        var text = new System.Text.StringBuilder("\"");
        foreach (var c in path)
        {
            if (c is '"' or '\\') text.Append('\\').Append(c);
            else if (char.IsControl(c) && c < 128) text.Append('\\').Append(Convert.ToString(c, 8).PadLeft(3, '0'));
            else text.Append(c);
        }

        return text.Append('"').ToString();
    }

    private readonly record struct LineChange(int First, int End, ImmutableArray<string> Lines);
}

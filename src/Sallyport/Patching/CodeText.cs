using Sallyport.Diagnostics;

namespace Sallyport.Patching;

/// <summary>A file's text with its lines.</summary>
internal sealed class CodeText
{
    private readonly List<int> _starts = [0];

    public CodeText(string text)
    {
        Text = text;
        for (var i = text.IndexOf('\n', StringComparison.Ordinal); i >= 0; i = text.IndexOf('\n', i + 1)) _starts.Add(i + 1);
        NewLine = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
    }

    /// <summary>All of it.</summary>
    public string Text { get; }

    /// <summary>How its lines end.</summary>
    public string NewLine { get; }

    /// <summary>The position of a place; readers do not count a byte-order mark.</summary>
    public int PositionOf(SourceSpan at) => _starts[at.Line - 1] + at.Column - 1 + (at.Line == 1 && Text.StartsWith('\uFEFF') ? 1 : 0);

    /// <summary>The start of the line of a position.</summary>
    public int LineStart(int position) => _starts[LineIndex(position)];

    /// <summary>The end of the line of a position, before the characters that end it.</summary>
    public int LineEnd(int position)
    {
        var end = NextLine(position);
        if (end > 0 && end <= Text.Length && Text[end - 1] == '\n') end--;
        return end > position && Text[end - 1] == '\r' ? end - 1 : Math.Max(end, position);
    }

    /// <summary>The start of the line after that of a position; the end of the text after the last.</summary>
    public int NextLine(int position) => LineIndex(position) + 1 < _starts.Count ? _starts[LineIndex(position) + 1] : Text.Length;

    /// <summary>1-based line of a position.</summary>
    public int LineOf(int position) => LineIndex(position) + 1;

    /// <summary>The whole lines of a range; null when something else stands on the first or last of them.</summary>
    public (int Start, int End)? WholeLines(int start, int end)
    {
        var (first, last) = (LineStart(start), LineEnd(end));
        if (Text.AsSpan(first, start - first).Trim(" \t-").Length > 0) return null;
        var rest = Text.AsSpan(end, last - end).Trim();
        return rest.Length > 0 && rest[0] is not ('#' or '/') ? null : (first, NextLine(end));
    }

    /// <summary>The white space that a line starts with.</summary>
    public string Indentation(int position)
    {
        var start = LineStart(position);
        var end = start;
        while (end < Text.Length && Text[end] is ' ' or '\t') end++;
        return Text[start..end];
    }

    /// <summary>A deletion of whole lines; of two blank lines that would meet, one goes too.</summary>
    public TextEdit Delete((int Start, int End) lines)
    {
        var before = lines.Start > 0 ? LineStart(lines.Start - 1) : -1;
        var isBlankBefore = before >= 0 && string.IsNullOrWhiteSpace(Text[before..lines.Start]);
        var after = lines.End < Text.Length ? Text[lines.End..NextLine(lines.End)].Trim() : string.Empty;
        var start = isBlankBefore && (after is "" or "}") ? before : lines.Start;
        return new TextEdit(start, lines.End - start, string.Empty);
    }

    private int LineIndex(int position)
    {
        var line = _starts.BinarySearch(position);
        return line >= 0 ? line : ~line - 1;
    }
}

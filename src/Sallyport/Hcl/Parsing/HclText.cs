using Sallyport.Diagnostics;

namespace Sallyport.Hcl.Parsing;

/// <summary>A text with a position in it, and the way back from a position to line and column.</summary>
/// <param name="text">The text.</param>
/// <param name="file">Its file.</param>
/// <param name="linesBefore">Lines of the file before the text, which may be a part of it.</param>
/// <param name="columnsBefore">Characters taken off the start of each line.</param>
internal sealed class HclText(string text, string file, int linesBefore = 0, int columnsBefore = 0)
{
    private readonly Lazy<int[]> _lines = new(() => LinesOf(text));

    /// <summary>After the last character read.</summary>
    public int Position { get; set; }

    public bool IsAtEnd => Position >= text.Length;

    /// <summary>The next character; NUL at the end.</summary>
    public char Current => Position < text.Length ? text[Position] : '\0';

    /// <summary>The character after the next one; NUL beyond the end.</summary>
    public char Following => Position + 1 < text.Length ? text[Position + 1] : '\0';

    public bool StartsWith(string prefix) => string.CompareOrdinal(text, Position, prefix, 0, prefix.Length) == 0;

    /// <summary>The end of the line that the next character is in, without its end-of-line characters.</summary>
    public int EndOfLine
    {
        get
        {
            var end = text.IndexOf('\n', Math.Min(Position, text.Length));
            return end < 0 ? text.Length : end;
        }
    }

    public string Slice(int start, int end) => text[start..end];

    /// <summary>Where a position lies in the file.</summary>
    public SourceSpan At(int position)
    {
        var lines = _lines.Value;
        var line = Array.BinarySearch(lines, position);
        if (line < 0) line = ~line - 1;
        return new SourceSpan(file, linesBefore + line + 1, columnsBefore + position - lines[line] + 1);
    }

    private static int[] LinesOf(string text)
    {
        var starts = new List<int> { 0 };
        for (var i = text.IndexOf('\n', StringComparison.Ordinal); i >= 0; i = text.IndexOf('\n', i + 1)) starts.Add(i + 1);
        return [.. starts];
    }
}

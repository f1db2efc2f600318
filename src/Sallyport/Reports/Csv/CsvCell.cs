using System.Buffers;
using System.Text;
using Sallyport.Reports.Text;

namespace Sallyport.Reports.Csv;

/// <summary>One cell: printable, quoted where RFC 4180 asks for it, and text for every spreadsheet.</summary>
internal static class CsvCell
{
    // The full-width forms too: spreadsheets take them for the plain ones.
    private static readonly SearchValues<char> Formula = SearchValues.Create("=+-@＝＋－＠");
    private static readonly SearchValues<char> Quoted = SearchValues.Create("\",;|\t ");

    /// <summary>The cell of a text.</summary>
    public static string Of(string text)
    {
        var cell = Defused(TerminalText.Escape(text));
        return cell.AsSpan().ContainsAny(Quoted) || cell[0] == '\'' ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
    }

    // A spreadsheet that splits at semicolons ends our cell there, quotes or not, and computes what comes next.
    private static string Defused(string text)
    {
        var result = new StringBuilder(text.Length + 1);
        var isStart = true;
        foreach (var c in text)
        {
            if (isStart && Formula.Contains(c)) result.Append('\'');
            result.Append(c);
            isStart = c == ';' || (isStart && c is (' ' or '"' or '\u00A0' or '\u3000'));
        }

        return result.ToString();
    }
}

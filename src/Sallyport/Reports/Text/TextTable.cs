using System.Text;

namespace Sallyport.Reports.Text;

/// <summary>Columns of text, as wide as their widest cell and two spaces apart. Nothing is cut but what no id or name is as long as: an id that lacks its end is no id.</summary>
public sealed class TextTable
{
    private const string Gap = "  ";

    private readonly List<string[]> _rows = [];
    private readonly bool[] _alignRight;
    private readonly bool _hasHeader;

    /// <summary>A table with a header; a name that starts with <c>&gt;</c> aligns its column right.</summary>
    public TextTable(params string[] columns)
    {
        _alignRight = [.. columns.Select(c => c.StartsWith('>'))];
        _hasHeader = columns.Any(c => c.TrimStart('>').Length > 0);
        _rows.Add([.. columns.Select(c => c.TrimStart('>'))]);
    }

    /// <summary>Number of rows without the header.</summary>
    public int Count => _rows.Count - 1;

    /// <summary>Adds a row of as many cells as there are columns; cells are escaped for the terminal here.</summary>
    public void Add(params string[] cells)
    {
        if (cells.Length != _alignRight.Length) throw new ArgumentException($"A row of {_alignRight.Length} cells is needed, not {cells.Length}.", nameof(cells));
        _rows.Add([.. cells.Select(TerminalText.Line)]);
    }

    /// <summary>Writes the rows, each ended by <c>\n</c>; trailing spaces are left out.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="indent">Spaces before each row.</param>
    public void Write(TextWriter output, int indent = 0)
    {
        var rows = _hasHeader ? _rows : _rows.Skip(1).ToList();
        var widths = Enumerable.Range(0, _alignRight.Length).Select(c => rows.Select(r => TerminalText.Width(r[c])).DefaultIfEmpty().Max()).ToArray();
        var line = new StringBuilder();
        foreach (var row in rows)
        {
            line.Clear().Append(' ', indent);
            for (var c = 0; c < row.Length; c++)
            {
                var padding = widths[c] - TerminalText.Width(row[c]);
                if (_alignRight[c]) line.Append(' ', padding).Append(row[c]);
                else line.Append(row[c]).Append(' ', padding);
                line.Append(Gap);
            }

            output.Write(line.ToString().TrimEnd(' '));
            output.Write('\n');
        }
    }
}

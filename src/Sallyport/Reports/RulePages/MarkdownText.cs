using System.Text;

namespace Sallyport.Reports.RulePages;

/// <summary>Blocks of Markdown, an empty line between them.</summary>
internal sealed class MarkdownText
{
    private const string Special = "\\`*<>[]|";

    private readonly StringBuilder _text = new();

    /// <summary>Our own words with everything that means something in Markdown escaped; an underscore inside a word means nothing.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var isLoose = text[i] == '_' && (i == 0 || i == text.Length - 1 || !char.IsLetterOrDigit(text[i - 1]) || !char.IsLetterOrDigit(text[i + 1]));
            if (isLoose || Special.Contains(text[i], StringComparison.Ordinal)) escaped.Append('\\');
            escaped.Append(text[i]);
        }

        return escaped.ToString();
    }

    /// <summary>Escaped text on one line.</summary>
    public static string Cell(string text) => Escape(text.ReplaceLineEndings(" "));

    /// <summary>One block as it is.</summary>
    public void Line(string markdown)
    {
        if (_text.Length > 0) _text.Append('\n');
        _text.Append(markdown).Append('\n');
    }

    /// <summary>A heading and a paragraph of text.</summary>
    public void Section(string heading, string text)
    {
        Line($"## {heading}");
        Line(Escape(text));
    }

    /// <summary>A fenced block, its fence longer than any inside.</summary>
    public void Code(string code, string language)
    {
        var fence = "```";
        while (code.Contains(fence, StringComparison.Ordinal)) fence += "`";
        Line($"{fence}{language}\n{code.TrimEnd('\n')}\n{fence}");
    }

    /// <summary>Items, already Markdown.</summary>
    public void List(IEnumerable<string> items) => Line(string.Join('\n', items.Select(i => $"- {i}")));

    /// <summary>A table of cells that are already Markdown.</summary>
    public void Table(string[] columns, IEnumerable<string[]> rows) =>
        Line(string.Join('\n', [Row(columns), Row([.. columns.Select(_ => "---")]), .. rows.Select(Row)]));

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private static string Row(string[] cells) => $"| {string.Join(" | ", cells)} |".Replace("|  |", "| |", StringComparison.Ordinal);
}

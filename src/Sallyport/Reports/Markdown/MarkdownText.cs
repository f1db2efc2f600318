using System.Text;
using Sallyport.Reports.Text;

namespace Sallyport.Reports.Markdown;

/// <summary>
/// Text that no Markdown reader takes for mark-up. Names from outside go into code spans: nothing in a code span is a link, a
/// mention, an emoji or HTML, here or on GitHub.
/// </summary>
internal static class MarkdownText
{
    /// <summary>A code span that shows the text, on one line, cut to <paramref name="most"/> characters; empty for empty text.</summary>
    public static string Code(string text, int most)
    {
        if (text.Length == 0) return string.Empty;
        var safe = CutText.Of(TerminalText.Escape(text), most);
        var fence = new string('`', LongestRun(safe) + 1);
        var pad = safe.StartsWith('`') || safe.EndsWith('`') || (safe.StartsWith(' ') && safe.EndsWith(' ') && safe.Trim().Length > 0) ? " " : string.Empty;
        return fence + pad + safe + pad + fence;
    }

    /// <summary>A fenced block of the text's lines.</summary>
    public static string Block(string text)
    {
        var safe = string.Join('\n', text.Split('\n').Select(TerminalText.Escape));
        var fence = new string('`', Math.Max(3, LongestRun(safe) + 1));
        return $"{fence}text\n{safe}\n{fence}";
    }

    /// <summary>A paragraph of our own words, escaped all the same: a user's own rule brings its own.</summary>
    public static string Prose(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var c in TerminalText.Line(text))
        {
            if (c is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '&' or '#' or '~' or '|' or '!' or '$') result.Append('\\').Append(c);
            else if (c == '@') result.Append("`@`");
            else result.Append(c);
        }

        return result.Replace("://", "`:`//").ToString().Replace("www.", "`www`.", StringComparison.OrdinalIgnoreCase);
    }

    private static int LongestRun(string text)
    {
        var (longest, run) = (0, 0);
        foreach (var c in text)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}

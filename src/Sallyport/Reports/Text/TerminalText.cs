using System.Globalization;
using System.Text;
using Sallyport.Diagnostics;

namespace Sallyport.Reports.Text;

/// <summary>Untrusted text made safe to print: a group's name must not move the cursor, change colours or turn a line around.</summary>
public static class TerminalText
{
    /// <summary>
    /// The text with control characters, line separators, bidirectional and invisible formatting and lone surrogates written as
    /// <c>\u{202E}</c>, and so is the first character of what a CI runner that reads our output would take for a command
    /// (<c>##[error]</c>, <c>##vso[…]</c> anywhere, <c>::error::</c> at the start). Everything else stays as it is; text that needs
    /// nothing is returned itself.
    /// </summary>
    public static string Escape(string text)
    {
        StringBuilder? escaped = null;
        for (var i = 0; i < text.Length;)
        {
            var isWhole = Rune.TryGetRuneAt(text, i, out var rune);
            var length = isWhole ? rune.Utf16SequenceLength : 1;
            if (isWhole && !IsHarmful(rune) && !StartsCommand(text, i))
            {
                escaped?.Append(text, i, length);
            }
            else
            {
                escaped ??= new StringBuilder().Append(text, 0, i);
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{{{(isWhole ? rune.Value : text[i]):X4}}}");
            }

            i += length;
        }

        return escaped?.ToString() ?? text;
    }

    /// <summary>A sentence on its way to people: escaped, and of a length that can be read.</summary>
    public static string Line(string text) => Escape(ShownText.Of(text));

    /// <summary>A name on its way to people: escaped, and no longer than names are.</summary>
    public static string Name(string text) => Escape(ShownText.NameOf(text));

    /// <summary>Columns that escaped text takes on a terminal: wide East Asian characters and emoji take two, combining marks none.</summary>
    public static int Width(string text)
    {
        var width = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            width += Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? 0 : IsWide(rune.Value) ? 2 : 1;
        }

        return width;
    }

    private static bool IsHarmful(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;

    // Group names may hold every character of these: a name must not mask a value or fail a build that prints it.
    private static bool StartsCommand(string text, int at) => text[at] switch
    {
        '#' => StartsBracketCommand(text.AsSpan(at)),
        ':' => StartsColonCommand(text.AsSpan(at)) && text.AsSpan(0, at).IsWhiteSpace(),
        _ => false,
    };

    private static bool StartsBracketCommand(ReadOnlySpan<char> text)
    {
        if (!text.StartsWith("##")) return false;
        var end = 2;
        while (end < text.Length && char.IsAsciiLetter(text[end])) end++;
        return end < text.Length && text[end] == '[';
    }

    // A word, maybe its properties, and a second "::", which no single IPv6 address has.
    private static bool StartsColonCommand(ReadOnlySpan<char> text)
    {
        if (!text.StartsWith("::")) return false;
        var end = 2;
        while (end < text.Length && (char.IsAsciiLetter(text[end]) || text[end] is '-' or '_')) end++;
        return end > 2 && (text[end..].StartsWith("::") || (text[end..].StartsWith(" ") && text[end..].Contains("::", StringComparison.Ordinal)));
    }

    private static bool IsWide(int value) => value is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3)
        or (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6)
        or (>= 0x1F300 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD);
}

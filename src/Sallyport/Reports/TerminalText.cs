using System.Globalization;
using System.Text;

namespace Sallyport.Reports;

/// <summary>Makes untrusted text harmless to print: names, descriptions and tags can hold escape sequences and bidi marks.</summary>
public static class TerminalText
{
    /// <summary>
    /// The text on one line, with control, format (bidi, zero-width), surrogate and line-separator characters written as
    /// <c>\u{hex}</c>. Text without any comes back as it is.
    /// </summary>
    public static string Escape(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsUnsafe(rune)) return EscapeAll(text);
        }

        return text;
    }

    private static string EscapeAll(string text)
    {
        var result = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsUnsafe(rune)) result.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
            else result.Append(rune);
        }

        return result.ToString();
    }

    private static bool IsUnsafe(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        || rune == Rune.ReplacementChar;
}

using System.Globalization;
using System.Text;

namespace Sallyport.Connections.Writing;

/// <summary>
/// Writes one text as a YAML scalar that every YAML 1.1 and 1.2 reader takes for that text: plain when that is certain (in flow
/// context too), else double-quoted with escapes, always on one line.
/// </summary>
internal static class YamlScalar
{
    /// <summary>The scalar. Lone surrogates, which are no text, become U+FFFD.</summary>
    public static string Of(string text) => IsPlain(text) ? text : Quoted(text);

    /// <summary>Double-quoted, whatever the text.</summary>
    public static string Quoted(string text)
    {
        var result = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '"': result.Append("\\\""); break;
                case '\\': result.Append("\\\\"); break;
                case '\n': result.Append("\\n"); break;
                case '\r': result.Append("\\r"); break;
                case '\t': result.Append("\\t"); break;
                default: Append(result, rune); break;
            }
        }

        return result.Append('"').ToString();
    }

    private static void Append(StringBuilder result, Rune rune)
    {
        if (rune.Value is >= ' ' and <= '~' || (rune.IsBmp && !rune.IsAscii && IsPrintable(rune))) result.Append((char)rune.Value);
        else if (rune.Value <= 0xFF) result.Append(CultureInfo.InvariantCulture, $"\\x{rune.Value:X2}");
        else if (rune.IsBmp) result.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
        else result.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:X8}");
    }

    /// <summary>Letters, digits, marks and symbols; nothing that hides, reorders or breaks lines.</summary>
    private static bool IsPrintable(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);

    private static bool IsPlain(string text)
    {
        if (text.Length is 0 or > 200 || !char.IsAsciiLetterOrDigit(text[0])) return false;
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_' or '-' or '/')) return false;
        }

        return !IsWord(text) && !LooksLikeNumber(text);
    }

    private static bool IsWord(string text) => text.ToLowerInvariant() is
        "y" or "n" or "yes" or "no" or "on" or "off" or "true" or "false" or "null" or "nan" or "inf";

    /// <summary>
    /// Numbers of any YAML version start with a digit and hold nothing but digits, hexadecimal letters, exponents and punctuation:
    /// whatever looks so and is no address block and no date is quoted.
    /// </summary>
    private static bool LooksLikeNumber(string text) =>
        char.IsAsciiDigit(text[0]) && !text.Contains('/', StringComparison.Ordinal)
        && text.All(c => char.IsAsciiHexDigit(c) || c is 'x' or 'X' or 'o' or 'O' or '.' or '_' or '-');
}

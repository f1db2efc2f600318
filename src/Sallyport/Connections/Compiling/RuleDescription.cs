using System.Collections.Immutable;
using System.Text;

namespace Sallyport.Connections.Compiling;

/// <summary>
/// What EC2 shows beside a rule: <c>reason [id]</c>, or <c>reason [id id +n]</c> when several connections own it. Only characters
/// that EC2 permits, at most 255 of them. (EC2 API: IpRange.Description; <c>&amp;</c> is left out because group pairs refuse it)
/// </summary>
public static class RuleDescription
{
    /// <summary>Characters that EC2 permits in a rule's description.</summary>
    public const int MaxLength = 255;

    /// <summary>Room that is never taken from a reason to show further ids.</summary>
    private const int ReasonRoom = 80;

    private const string QuotationMarks = "'\"`‘’“”„«»";

    private const string Punctuation = " ._-:/()#,@[]+=;{}!$*";

    /// <summary>The text for a rule: the reason is cut before an id is; ids are given in any order.</summary>
    public static string Of(string reason, IEnumerable<string> origins)
    {
        var ids = origins.Distinct().Order(StringComparer.Ordinal).ToImmutableArray();
        var text = Sanitise(reason);
        if (ids.IsEmpty) return Cut(text, MaxLength);
        var room = MaxLength - Math.Min(text.Length, ReasonRoom) - " []".Length;
        var fitting = OwnershipTag.Fitting(ids, room);
        var shown = string.Join(' ', ids.Take(fitting)) + (fitting == ids.Length ? string.Empty : $" +{ids.Length - fitting}");
        var cut = Cut(text, MaxLength - shown.Length - " []".Length);
        return cut.Length == 0 ? $"[{shown}]" : $"{cut} [{shown}]";
    }

    /// <summary>
    /// The text with white space joined to single spaces, quotation marks left out, dashes as hyphens, <c>&amp;</c> as <c>+</c>, and
    /// every other character EC2 refuses as <c>_</c>.
    /// </summary>
    public static string Sanitise(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
            {
                if (result.Length > 0 && result[^1] != ' ') result.Append(' ');
            }
            else if (!rune.IsBmp || !QuotationMarks.Contains((char)rune.Value, StringComparison.Ordinal))
            {
                result.Append(IsPermitted(rune) ? (char)rune.Value : rune.Value switch { '&' => '+', '–' or '—' or '‑' => '-', _ => '_' });
            }
        }

        return result.ToString().TrimEnd(' ');
    }

    private static bool IsPermitted(Rune rune) =>
        rune.IsAscii && (char.IsAsciiLetterOrDigit((char)rune.Value) || Punctuation.Contains((char)rune.Value, StringComparison.Ordinal));

    private static string Cut(string text, int length) =>
        text.Length <= length ? text : length <= 3 ? string.Empty : text[..(length - 3)].TrimEnd(' ') + "...";
}

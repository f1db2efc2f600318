using System.Text;
using Sallyport.Estates;

namespace Sallyport.Connections.Importing;

/// <summary>Turns a rule's description into the reason of a connection.</summary>
internal static class ReasonText
{
    private const int MostCharacters = 200;

    /// <summary>
    /// One line without control characters, and without the <c>[ids]</c> that Sallyport itself appends: known by the rule's tag,
    /// or by their look when the source tells no tags. Empty when nothing is left.
    /// </summary>
    public static string Of(SecurityGroupRule rule)
    {
        var text = Clean(rule.Description);
        var isOurs = rule.Tags?["sallyport:connections"] is not null;
        while (text.EndsWith(']') && text.LastIndexOf('[') is var open and >= 0
            && (isOurs || text.AsSpan(open).Contains("-to-", StringComparison.Ordinal)))
        {
            text = text[..open].TrimEnd();
        }

        return text;
    }

    private static string Clean(string description)
    {
        var text = new StringBuilder();
        foreach (var rune in description.EnumerateRunes())
        {
            if (Rune.IsControl(rune) || Rune.IsWhiteSpace(rune) || rune == Rune.ReplacementChar)
            {
                if (text.Length > 0 && text[^1] != ' ') text.Append(' ');
            }
            else if (text.Length < MostCharacters)
            {
                text.Append(rune.ToString());
            }
        }

        return text.ToString().Trim();
    }
}

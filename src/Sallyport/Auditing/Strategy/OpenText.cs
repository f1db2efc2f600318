using System.Text;

namespace Sallyport.Auditing.Strategy;

/// <summary>Text of which parts are not known: these are written <c>${…}</c>, and text of which nothing is known is empty.</summary>
internal static class OpenText
{
    /// <summary>True unless a part that is known says something.</summary>
    public static bool MayBeEmpty(string text) => PatternOf(text).Trim('*').Length == 0;

    /// <summary>True unless the parts that are known tell it from the other text, in any letter case and without spaces around it.</summary>
    public static bool MayBe(string text, string other) => Wildcard.IsMatch(PatternOf(text).ToUpperInvariant(), other.Trim().ToUpperInvariant());

    // What is not known may be empty: spaces beside it may then be at an end.
    private static string PatternOf(string text)
    {
        if (text.Length == 0) return "*";
        var pattern = new StringBuilder();
        for (var at = 0; at < text.Length;)
        {
            if (text.AsSpan(at).StartsWith("${"))
            {
                while (pattern.Length > 0 && char.IsWhiteSpace(pattern[^1])) pattern.Length--;
                if (pattern.Length == 0 || pattern[^1] != '*') pattern.Append('*');
                at = text.IndexOf('}', at) is var end && end < 0 ? text.Length : end + 1;
                while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
            }
            else
            {
                pattern.Append(text[at++]);
            }
        }

        return pattern.ToString().Trim();
    }
}

namespace Sallyport.Auditing.Strategy;

/// <summary>A name in which <c>*</c> stands for any text. Letter case counts, as it does in EC2's own filters.</summary>
internal static class Wildcard
{
    /// <summary>Never slower than pattern length times text length, whatever they hold.</summary>
    public static bool IsMatch(string pattern, string text)
    {
        var (p, t, star, retry) = (0, 0, -1, 0);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, retry) = (p++, t);
            }
            else if (p < pattern.Length && pattern[p] == text[t])
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                (p, t) = (star + 1, ++retry);
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*') p++;
        return p == pattern.Length;
    }
}

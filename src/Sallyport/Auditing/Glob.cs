namespace Sallyport.Auditing;

/// <summary>
/// A pattern over a whole text: <c>*</c> is any number of characters, <c>?</c> is one, everything else is itself, letter case
/// included. Matching takes at most pattern × text steps, whatever an untrusted text holds.
/// </summary>
internal sealed class Glob(string pattern)
{
    /// <summary>As written.</summary>
    public string Pattern => pattern;

    /// <summary>True when only one text matches.</summary>
    public bool IsLiteral { get; } = pattern.AsSpan().IndexOfAny('*', '?') < 0;

    /// <summary>Does the whole text match?</summary>
    public bool Matches(ReadOnlySpan<char> text)
    {
        int at = 0, next = 0, star = -1, resume = 0;
        while (next < text.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                star = at++;
                resume = next;
            }
            else if (at < pattern.Length && (pattern[at] == '?' || pattern[at] == text[next]))
            {
                at++;
                next++;
            }
            else if (star >= 0)
            {
                // Only the last star need ever take more: an earlier one taking more could not match what this one cannot.
                at = star + 1;
                next = ++resume;
            }
            else
            {
                return false;
            }
        }

        while (at < pattern.Length && pattern[at] == '*') at++;
        return at == pattern.Length;
    }
}

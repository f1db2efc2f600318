namespace Sallyport.Diagnostics;

/// <summary>
/// How much of a text people are shown: names in files may be of any length, and nobody reads a megabyte. What goes is the middle, so that
/// the id after a name stays. Ids by themselves, and JSON, are never cut.
/// </summary>
public static class ShownText
{
    /// <summary>Characters of a name; no name in AWS has more.</summary>
    public const int MostOfName = 256;

    /// <summary>Characters of a sentence.</summary>
    public const int MostOfSentence = 4_000;

    private const char Mark = '…';

    /// <summary>A sentence, which may quote names.</summary>
    public static string Of(string text) => Within(text, MostOfSentence);

    /// <summary>A name by itself.</summary>
    public static string NameOf(string text) => Within(text, MostOfName);

    // Never half a character.
    private static string Within(string text, int most)
    {
        if (text.Length <= most) return text;
        var head = (most * 3 / 4) - 1;
        if (char.IsHighSurrogate(text[head - 1])) head--;
        var tail = text.Length - (most / 4);
        if (char.IsLowSurrogate(text[tail])) tail++;
        return string.Concat(text.AsSpan(0, head), [Mark], text.AsSpan(tail));
    }
}

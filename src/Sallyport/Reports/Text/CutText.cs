namespace Sallyport.Reports.Text;

/// <summary>Text of a bounded length, for formats that refuse more.</summary>
internal static class CutText
{
    private const char Mark = '…';

    /// <summary>The text itself, or its beginning and an ellipsis: at most <paramref name="most"/> UTF-16 units, never half a character.</summary>
    public static string Of(string text, int most)
    {
        if (text.Length <= most) return text;
        var end = most - 1;
        if (char.IsHighSurrogate(text[end - 1])) end--;
        return text[..end] + Mark;
    }
}

namespace Sallyport.Lab.Estates.Drafting;

/// <summary>
/// Ids of lab estates: a prefix and 17 hex digits made from a text or a number, so that the same estate has the same ids on
/// every machine. The leading 0 is what AWS's own ids of this length have.
/// </summary>
internal static class LabId
{
    /// <summary>The id of the thing a text names; another text gives another id, but for a chance of 2^-64.</summary>
    public static string Of(string prefix, string text)
    {
        ulong hash = 14695981039346656037;
        foreach (var c in text) hash = (hash ^ c) * 1099511628211;
        return Of(prefix, hash);
    }

    /// <summary>The id of a number; other numbers always give other ids, because the mix is a bijection.</summary>
    public static string Of(string prefix, ulong number) => $"{prefix}-0{SplitMix64.Mix(number):x16}";
}

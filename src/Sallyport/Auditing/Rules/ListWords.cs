using System.Globalization;

namespace Sallyport.Auditing.Rules;

/// <summary>Lists inside sentences.</summary>
internal static class ListWords
{
    /// <summary>The items joined by commas, cut short with a count where there are more than <paramref name="most"/>.</summary>
    public static string Of(IEnumerable<string> items, int most = 5, string separator = ", ")
    {
        var list = items.ToList();
        if (list.Count <= most) return string.Join(separator, list);
        return string.Create(CultureInfo.InvariantCulture, $"{string.Join(separator, list.Take(most))} and {list.Count - most} more");
    }

    /// <summary><c>1 rule</c>, <c>2 rules</c>.</summary>
    public static string Count(int count, string one) => string.Create(CultureInfo.InvariantCulture, $"{count} {one}{(count == 1 ? "" : "s")}");
}

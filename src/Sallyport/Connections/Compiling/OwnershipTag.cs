using System.Collections.Immutable;

namespace Sallyport.Connections.Compiling;

/// <summary>
/// The tag that says which connections own a rule: ids sorted and space-separated, at most 256 characters; when they do not fit,
/// the value ends in <c>+n</c>, the number of ids left out. (contract: "The connections file")
/// </summary>
public static class OwnershipTag
{
    /// <summary>The tag's key. A rule that carries it was made by Sallyport.</summary>
    public const string Key = "sallyport:connections";

    private const int MaxLength = 256;

    /// <summary>The value for a set of ids, in any order.</summary>
    public static string ValueOf(IEnumerable<string> ids)
    {
        var sorted = ids.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var value = string.Join(' ', sorted);
        for (var kept = sorted.Length - 1; value.Length > MaxLength; kept--)
        {
            value = string.Join(' ', sorted.Take(kept).Append($"+{sorted.Length - kept}"));
        }

        return value;
    }

    /// <summary>The ids of a value, sorted; a trailing <c>+n</c> is left out.</summary>
    public static ImmutableArray<string> Parse(string value) =>
        [.. value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(id => id[0] != '+').Order(StringComparer.Ordinal)];
}

using System.Collections.Immutable;
using Sallyport.Estates;

namespace Sallyport.Auditing.Strategy;

/// <summary>Tag keys that mean one thing: the first that is there wins. People write <c>Owner</c> and <c>owner</c>, so letter case does not count.</summary>
internal static class TagKeys
{
    /// <summary>The value, trimmed; null when no key is there or the value is empty.</summary>
    public static string? ValueIn(this ImmutableArray<string> keys, Tags tags)
    {
        foreach (var key in keys)
        {
            foreach (var pair in tags.Pairs)
            {
                if (!pair.Key.Equals(key, StringComparison.OrdinalIgnoreCase)) continue;
                var value = pair.Value.Trim();
                if (value.Length > 0) return value;
            }
        }

        return null;
    }
}

using System.Collections.Immutable;
using Sallyport.Estates;

namespace Sallyport.Auditing.Strategy;

/// <summary>Tag keys that mean one thing: the first that is there wins. People write <c>Owner</c> and <c>owner</c>, so letter case does not count.</summary>
internal static class TagKeys
{
    /// <summary>The value, trimmed; null when no key is there, or the value is empty or not known (<see cref="DoubtIn"/>).</summary>
    public static string? ValueIn(this ImmutableArray<string> keys, Tags tags)
    {
        foreach (var key in keys)
        {
            foreach (var pair in tags.Pairs)
            {
                if (!pair.Key.Equals(key, StringComparison.OrdinalIgnoreCase) || tags.DoubtOf(pair.Key) is not null) continue;
                var value = pair.Value.Trim();
                if (value.Length > 0) return value;
            }
        }

        return null;
    }

    /// <summary>A clause: why it is not known which value the keys have, if any; null when that is known.</summary>
    public static string? DoubtIn(this ImmutableArray<string> keys, Tags tags)
    {
        if (tags.Unknown.IsEmpty) return null;
        foreach (var key in keys)
        {
            if (tags.DoubtOf(key, StringComparison.OrdinalIgnoreCase) is { } doubt) return doubt;
            if (ImmutableArray.Create(key).ValueIn(tags) is not null) return null;
        }

        return null;
    }
}

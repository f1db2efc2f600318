using Sallyport.Lab.Estates.Drafting;

namespace Sallyport.Lab.Estates.Large;

/// <summary>Shares a number of rules among groups as real estates do: most groups have few, some have many.</summary>
internal static class RuleCounts
{
    /// <summary>Rules of one group that fit EC2's default quota of 60 a direction with room for a prefix list's weight.</summary>
    private const int Comfortable = 110;

    /// <summary>One count a group; they add up to <paramref name="total"/> exactly. The quota is exceeded only when it has to be.</summary>
    public static int[] Share(int total, int groups, SplitMix64 random)
    {
        var counts = new int[groups];
        if (groups == 0) return counts;
        var cap = Math.Max(Comfortable, (total + groups - 1) / groups);
        var weights = new long[groups];
        for (var i = 0; i < groups; i++) weights[i] = Weight(random.Below(100));
        var sum = weights.Sum();
        var left = total;
        for (var i = 0; i < groups; i++) left -= counts[i] = (int)Math.Min(cap, total * weights[i] / sum);
        for (var i = 0; left > 0; i = (i + 1) % groups)
        {
            if (counts[i] >= cap) continue;
            counts[i]++;
            left--;
        }

        return counts;
    }

    private static int Weight(int percentile) => percentile switch { < 45 => 2, < 75 => 4, < 92 => 8, < 98 => 16, _ => 40 };
}

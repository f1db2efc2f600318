using Sallyport.Estates;

namespace Sallyport.Applying;

/// <summary>Whether a rule is as it was left. A tag that somebody put on top is no difference; a lost or changed one is.</summary>
internal static class RuleState
{
    public static bool IsAs(this SecurityGroupRule? now, SecurityGroupRule? expected)
    {
        if (now is null || expected is null) return now is null && expected is null;
        return now.Key == expected.Key && now.Description == expected.Description && Holds(now.Tags, expected.Tags);
    }

    private static bool Holds(Tags? now, Tags? expected) =>
        now is null || expected is null || expected.Pairs.All(p => now[p.Key] == p.Value);
}

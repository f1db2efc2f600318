using System.Collections.Immutable;
using Sallyport.Connections.Compiling;
using Sallyport.Estates;

namespace Sallyport.Planning;

/// <summary>
/// One group against its declared rules, by content. A rule that exists is adopted silently, whoever made it; its text is compared
/// only when its tag says that Sallyport made it. Where the tags of rules are unknown, text is not compared at all.
/// </summary>
/// <param name="Group">The group as it is.</param>
/// <param name="Missing">Declared and not there.</param>
/// <param name="Undeclared">There and not declared.</param>
/// <param name="Text">There and declared, ours, with stale description or owners.</param>
internal sealed record GroupDifference(
    SecurityGroup Group, ImmutableArray<DesiredRule> Missing, ImmutableArray<SecurityGroupRule> Undeclared, ImmutableArray<TextChange> Text)
{
    public static GroupDifference Of(SecurityGroup group, IReadOnlyList<DesiredRule> desired)
    {
        var wanted = new Dictionary<RuleKey, DesiredRule>(desired.Count);
        foreach (var rule in desired) wanted.TryAdd(rule.Key, rule);
        var undeclared = ImmutableArray.CreateBuilder<SecurityGroupRule>();
        var text = ImmutableArray.CreateBuilder<TextChange>();
        foreach (var rule in group.Rules)
        {
            if (!wanted.Remove(rule.Key, out var declared)) undeclared.Add(rule);
            else if (TextOf(rule, declared) is { } change) text.Add(change);
        }

        // What no existing rule took is missing; the order of the input is kept where it is sorted already.
        ImmutableArray<DesiredRule> missing = wanted.Count == 0 ? [] : [.. wanted.Values.OrderBy(r => r.Key)];
        undeclared.Sort((a, b) => a.Key.CompareTo(b.Key));
        return new GroupDifference(group, missing, undeclared.DrainToImmutable(), text.DrainToImmutable());
    }

    private static TextChange? TextOf(SecurityGroupRule rule, DesiredRule declared)
    {
        // Code marks nothing that it makes: what it says about a rule holds whoever made it, and what it leaves out is no matter.
        if (declared.Origins.IsEmpty)
        {
            return declared.Description.Length == 0 || rule.Description == declared.Description ? null : new TextChange(rule, []) { Description = declared.Description };
        }

        if (rule.Tags?[OwnershipTag.Key] is not { } owners) return null;
        var value = OwnershipTag.Of(declared.Origins).Value;
        var description = rule.Description == declared.Description ? null : declared.Description;
        if (owners == value && description is null) return null;
        return new TextChange(rule, declared.Origins)
        {
            Description = description,
            SetTags = owners == value ? Tags.None : Tags.None.With(OwnershipTag.Key, value),
        };
    }
}

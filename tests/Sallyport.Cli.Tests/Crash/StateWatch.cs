using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Reachability;

namespace Sallyport.Cli.Tests.Crash;

/// <summary>
/// What must hold of every state on the way: <c>old ∩ new ⊆ now ⊆ old ∪ new</c> for each group and direction (§5.7 of the
/// synthesis), foreign groups exactly as they were, and rules of the plan's groups that stay keep their ids.
/// </summary>
internal sealed class StateWatch
{
    private readonly Dictionary<(SecurityGroupId Group, Direction Direction), (AllowedTraffic Least, AllowedTraffic Most)> _bounds = [];
    private readonly Dictionary<(SecurityGroupId Group, RuleKey Rule), SecurityGroupRuleId?> _staying = [];
    private readonly string _foreign;
    private readonly SecurityGroupRule? _others;

    /// <summary>Watches between two states. <paramref name="others"/>: a rule that somebody else adds meanwhile, not ours to judge.</summary>
    public StateWatch(ImmutableArray<SecurityGroup> before, Func<SecurityGroup, IEnumerable<RuleKey>> endOf, SecurityGroupRule? others = null)
    {
        _others = others;
        _foreign = Text(Foreign(before), withIds: true);
        foreach (var group in before)
        {
            var end = endOf(group).ToHashSet();
            foreach (var rule in group.Rules.Where(r => end.Contains(r.Key))) _staying[(group.Id, rule.Key)] = rule.Id;
            foreach (var direction in new[] { Direction.Ingress, Direction.Egress })
            {
                var old = AllowedTraffic.Of(group.RulesOf(direction).Select(r => r.Key));
                var @new = AllowedTraffic.Of(end.Where(k => k.Direction == direction));
                _bounds[(group.Id, direction)] = (old.Intersect(@new), old.Union(@new));
            }
        }
    }

    /// <summary>What does not hold, as a sentence; null when all does.</summary>
    public string? Problem(ImmutableArray<SecurityGroup> now)
    {
        foreach (var group in now)
        {
            foreach (var direction in new[] { Direction.Ingress, Direction.Egress })
            {
                var (least, most) = _bounds[(group.Id, direction)];
                var traffic = AllowedTraffic.Of(group.RulesOf(direction).Select(r => r.Key).Where(k => k != _others?.Key));
                if (!least.IsSubsetOf(traffic)) return $"{group.Id} {direction}: wanted traffic was cut: {least.Subtract(traffic)}";
                if (!traffic.IsSubsetOf(most)) return $"{group.Id} {direction}: more is open than before or after: {traffic.Subtract(most)}";
            }
        }

        if (now.Length * 2 != _bounds.Count) return $"{now.Length} groups are left";
        if (Text(Foreign(now), withIds: true) is var foreign && foreign != _foreign) return $"a foreign group was changed:\n{_foreign}\nis now\n{foreign}";
        var rules = now.SelectMany(g => g.Rules.Select(r => (g.Id, Rule: r))).ToDictionary(r => (r.Id, r.Rule.Key), r => r.Rule.Id);
        return _staying.FirstOrDefault(s => rules.GetValueOrDefault(s.Key) != s.Value) is { Key.Group.Value: not null } lost ? $"{lost.Key} is not the rule it was" : null;
    }

    /// <summary>Groups with everything a user sees, one line a rule; ids of rules only when asked for.</summary>
    public static string Text(IEnumerable<SecurityGroup> groups, bool withIds = false) => string.Join('\n', groups.OrderBy(g => g.Id).SelectMany(g =>
        g.Rules.OrderBy(r => r.Key).Select(r => $"  {r.Key} \"{r.Description}\" {{{r.Tags}}}{(withIds ? $" {r.Id}" : "")}").Prepend($"{g.Id} {g.Name} \"{g.Description}\" {{{g.Tags}}}")));

    private static IEnumerable<SecurityGroup> Foreign(IEnumerable<SecurityGroup> groups) => groups.Where(g => ThirtySteps.Foreign.Contains(g.Id));
}

using System.Collections.Immutable;
using Sallyport.Connections.Compiling;
using Sallyport.Estates;
using Sallyport.Planning;

namespace Sallyport.Fixing;

/// <summary>An estate while changes are put together: what goes and what comes, group by group.</summary>
internal sealed class FixDraft(Estate estate)
{
    private readonly SortedDictionary<SecurityGroupId, GroupDraft> _groups = [];
    private readonly Dictionary<SecurityGroupId, HashSet<RuleKey>> _present = [];

    /// <summary>Keys of a group's rules of one direction with every change so far, sorted.</summary>
    public IReadOnlyList<RuleKey> RulesOf(SecurityGroupId group, Direction direction)
    {
        IReadOnlyList<RuleKey> keys = [.. KeysOf(group, direction)];
        return _groups.ContainsKey(group) ? [.. keys.Order()] : keys;
    }

    /// <summary>The same in no order: what is asked for each of a thousand findings.</summary>
    public IEnumerable<RuleKey> KeysOf(SecurityGroupId group, Direction direction)
    {
        var own = estate.Index.Groups.TryGetValue(group, out var found) ? found.RulesOf(direction).Select(r => r.Key) : [];
        return _groups.TryGetValue(group, out var draft)
            ? own.Where(k => !draft.Removed.Contains(k)).Concat(draft.Added.Keys.Where(k => k.Direction == direction))
            : own;
    }

    /// <summary>True when the group has the rule with every change so far.</summary>
    public bool Has(SecurityGroup group, RuleKey key)
    {
        if (_groups.TryGetValue(group.Id, out var draft)) return draft.Added.ContainsKey(key) || (draft.Present.Contains(key) && !draft.Removed.Contains(key));
        if (!_present.TryGetValue(group.Id, out var present)) _present.Add(group.Id, present = [.. group.Rules.Select(r => r.Key)]);
        return present.Contains(key);
    }

    public void Apply(IEnumerable<RuleChange> changes)
    {
        foreach (var change in changes)
        {
            if (!estate.Index.Groups.TryGetValue(change.Group, out var group)) continue;
            if (!_groups.TryGetValue(change.Group, out var draft)) _groups.Add(change.Group, draft = new GroupDraft(group));
            draft.Removed.UnionWith(change.Remove.Where(draft.Present.Contains));
            foreach (var rule in change.Add)
            {
                // A rule that one finding objects to is not kept because another remedy would like it: it was never added.
                if (draft.Present.Contains(rule.Key)) continue;
                draft.Added[rule.Key] = draft.Added.TryGetValue(rule.Key, out var known)
                    ? known with { Origins = [.. known.Origins.Union(rule.Origins).Order(StringComparer.Ordinal)] }
                    : rule;
            }
        }
    }

    /// <summary>Groups that change, each with what it loses and gets; sorted by id.</summary>
    public IReadOnlyList<GroupChange> Changes() =>
    [
        .. _groups.Values.Select(d => new GroupChange(d.Group)
        {
            Add = [.. d.Added.Values.Select(ToTarget)],
            Remove = [.. d.Group.Rules.Where(r => d.Removed.Contains(r.Key))],
        }).Where(c => !c.IsEmpty),
    ];

    /// <summary>The estate as it would be.</summary>
    public Estate ToEstate() => _groups.Count == 0 ? estate : estate.With([.. estate.SecurityGroups.Select(g => _groups.TryGetValue(g.Id, out var d) ? d.After() : g)]);

    private static TargetRule ToTarget(AddedRule rule) =>
        new(rule.Key, RuleDescription.Of(rule.Reason, rule.Origins), Tags.None.With(OwnershipTag.Key, OwnershipTag.Of(rule.Origins).Value), rule.Origins);

    private sealed class GroupDraft(SecurityGroup group)
    {
        public SecurityGroup Group { get; } = group;

        public HashSet<RuleKey> Present { get; } = [.. group.Rules.Select(r => r.Key)];

        public HashSet<RuleKey> Removed { get; } = [];

        public SortedDictionary<RuleKey, AddedRule> Added { get; } = [];

        public SecurityGroup After() => Group with
        {
            Rules = [.. Group.Rules.Where(r => !Removed.Contains(r.Key)).Concat(Added.Values.Select(a => ToRule(ToTarget(a)))).OrderBy(r => r.Key)],
        };

        private static SecurityGroupRule ToRule(TargetRule rule) =>
            new(rule.Key.Direction, rule.Key.Service, rule.Key.Peer) { Description = rule.Description, Tags = rule.Tags };
    }
}

using Sallyport.Estates;

namespace Sallyport.Applying;

/// <summary>Reads groups, again and again with growing waits where the estate may show a change late.</summary>
internal sealed class GroupReader(IEstateTarget target, TimeProvider time, ApplierOptions options, Action rereading)
{
    /// <summary>All of the groups, those that do not exist left out.</summary>
    public async Task<Dictionary<SecurityGroupId, SecurityGroup>> ReadAsync(
        IEnumerable<(Scope Scope, SecurityGroupId Group)> groups, CancellationToken cancellationToken)
    {
        var found = new Dictionary<SecurityGroupId, SecurityGroup>();
        foreach (var scope in groups.GroupBy(g => g.Scope))
        {
            foreach (var group in await target.ReadGroupsAsync(scope.Key, [.. scope.Select(s => s.Group)], cancellationToken)) found[group.Id] = group;
        }

        return found;
    }

    /// <summary>
    /// Reads until the reading satisfies, or patience ends; gives the last reading in either case. A failing read is one reading
    /// that does not satisfy; when the last one fails, its exception is thrown.
    /// </summary>
    public async Task<Dictionary<SecurityGroupId, SecurityGroup>> ReadUntilAsync(
        IReadOnlyCollection<(Scope Scope, SecurityGroupId Group)> groups, Func<Dictionary<SecurityGroupId, SecurityGroup>, bool> satisfies,
        int readings, CancellationToken cancellationToken)
    {
        var wait = options.FirstWait;
        for (var reading = 1; ; reading++)
        {
            try
            {
                var found = await ReadAsync(groups, cancellationToken);
                if (satisfies(found) || reading >= readings) return found;
            }
            catch (TargetException) when (reading < readings)
            {
                // Counted as a reading that shows nothing; the last one is allowed to throw.
            }

            rereading();
            await Task.Delay(wait, time, cancellationToken);
            wait = wait * 2 < options.LongestWait ? wait * 2 : options.LongestWait;
        }
    }

    /// <summary>One group's rules by key; null when the group does not exist.</summary>
    public async Task<Dictionary<RuleKey, SecurityGroupRule>?> RulesUntilAsync(
        Scope scope, SecurityGroupId group, Func<Dictionary<RuleKey, SecurityGroupRule>, bool> satisfies, CancellationToken cancellationToken)
    {
        var found = await ReadUntilAsync([(scope, group)], f => f.TryGetValue(group, out var g) && satisfies(RulesOf(g)), options.Readings, cancellationToken);
        return found.TryGetValue(group, out var read) ? RulesOf(read) : null;
    }

    public static Dictionary<RuleKey, SecurityGroupRule> RulesOf(SecurityGroup group)
    {
        var rules = new Dictionary<RuleKey, SecurityGroupRule>(group.Rules.Length);
        foreach (var rule in group.Rules) rules[rule.Key] = rule;
        return rules;
    }
}

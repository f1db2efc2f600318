using System.Collections.Immutable;
using Sallyport.Applying;
using Sallyport.Estates;
using Sallyport.Estates.Quotas;
using Sallyport.Packets;
using static Sallyport.Tests.Applying.FaultSchedule;

namespace Sallyport.Tests.Applying;

/// <summary>
/// EC2 in memory, as strict as EC2: calls are atomic, duplicates and unknown rules are errors with EC2's codes, the quota has
/// AWS's weights, readings may lag, answers may get lost before or after the change. Written apart from the product: it shares
/// no code with planner or applier except the quota's weights of a single rule.
/// </summary>
internal sealed class SimulatedTarget : IEstateTarget
{
    private readonly SortedDictionary<SecurityGroupId, SecurityGroup> _groups = [];
    private readonly Dictionary<SecurityGroupId, (SecurityGroup Old, int Readings)> _late = [];
    private readonly FaultSchedule _faults;
    private readonly RuleQuota _quota;
    private readonly int _limit;
    private ulong _nextRule = 0xF00000;

    public SimulatedTarget(Estate estate, int limit = 60, FaultSchedule? faults = null)
    {
        _faults = faults ?? FaultSchedule.None;
        _quota = new RuleQuota(estate);
        _limit = limit;
        foreach (var group in estate.SecurityGroups) _groups[group.Id] = group;
    }

    /// <summary>Groups as they truly are.</summary>
    public IReadOnlyDictionary<SecurityGroupId, SecurityGroup> Groups => _groups;

    /// <summary>Called after every change that was really made.</summary>
    public Action<SecurityGroup>? Changed { get; set; }

    /// <summary>Every mutating call that arrived, whatever became of it.</summary>
    public List<(string Call, SecurityGroupId Group, int Rules)> Calls { get; } = [];

    /// <summary>Changes denied to the caller.</summary>
    public HashSet<TargetChange> Denied { get; } = [];

    /// <summary>Rules that a call actually changed, by group.</summary>
    public HashSet<(SecurityGroupId Group, RuleKey Key)> Touched { get; } = [];

    public int Reads { get; private set; }

    /// <summary>A change made by somebody else.</summary>
    public void Interfere(SecurityGroupId group, Func<SecurityGroup, SecurityGroup> change) => _groups[group] = change(_groups[group]);

    public Task<ImmutableArray<SecurityGroup>> ReadGroupsAsync(Scope scope, IReadOnlyCollection<SecurityGroupId> groups, CancellationToken cancellationToken)
    {
        Reads++;
        if (_faults.NextReadFails()) throw new TargetException(TargetOutcome.Refused, "RequestLimitExceeded", "Request limit exceeded.", "req-read");
        return Task.FromResult(groups.Where(_groups.ContainsKey).Select(Seen).ToImmutableArray());
    }

    public Task<ImmutableArray<SecurityGroupRule>> AuthorizeAsync(Scope scope, SecurityGroupId group, Direction direction, IReadOnlyList<SecurityGroupRule> rules, Tags tags, CancellationToken cancellationToken)
    {
        var created = ImmutableArray<SecurityGroupRule>.Empty;
        Call("authorize", group, rules.Count, now =>
        {
            if (rules.Select(r => r.Key).Distinct().Count() != rules.Count) throw Refused("InvalidParameterValue", "The same permission must not appear multiple times");
            if (rules.FirstOrDefault(r => now.Rules.Any(n => n.Key == r.Key)) is { } twice) throw Refused("InvalidPermission.Duplicate", $"the specified rule \"{twice.Key}\" already exists");
            created = [.. rules.Select(r => r with { Id = new SecurityGroupRuleId($"sgr-{_nextRule++:x17}"), Tags = tags })];
            ImmutableArray<SecurityGroupRule> all = [.. now.Rules, .. created];
            var weight = _quota.WeightOf(all.Where(r => r.Direction == direction).Select(r => r.Key));
            if (!weight.FitsIn(_limit)) throw Refused("RulesPerSecurityGroupLimitExceeded", "The maximum number of rules per security group has been reached.");
            return now with { Rules = all };
        });
        return Task.FromResult(created);
    }

    public Task RevokeAsync(Scope scope, SecurityGroupId group, Direction direction, IReadOnlyList<SecurityGroupRule> rules, CancellationToken cancellationToken)
    {
        Call("revoke", group, rules.Count, now =>
        {
            foreach (var rule in rules)
            {
                if (rule.Id is null ? now.Rules.All(n => n.Key != rule.Key) : now.Rules.All(n => n.Id != rule.Id || n.Direction != direction)) throw Refused(rule.Id is null ? "InvalidPermission.NotFound" : "InvalidSecurityGroupRuleId.NotFound", $"The security group rule ID '{rule.Id}' does not exist");
            }

            return now with { Rules = [.. now.Rules.Where(n => rules.All(r => r.Id is null ? r.Key != n.Key : r.Id != n.Id))] };
        });
        return Task.CompletedTask;
    }

    public Task ModifyAsync(Scope scope, SecurityGroupId group, IReadOnlyList<SecurityGroupRule> rules, CancellationToken cancellationToken)
    {
        Call("modify", group, rules.Count, now =>
        {
            var after = now.Rules;
            foreach (var rule in rules)
            {
                var old = now.Rules.FirstOrDefault(n => n.Id == rule.Id) ?? throw Refused("InvalidSecurityGroupRuleId.NotFound", "no such rule");
                if (KindOf(old.Peer) != KindOf(rule.Peer)) throw Refused("InvalidParameterValue", $"Invalid rule type for security group rule '{rule.Id}'.");
                after = after.Replace(old, old with { Service = rule.Service, Peer = rule.Peer, Description = rule.Description });
            }

            if (after.Select(a => a.Key).Distinct().Count() != after.Length) throw Refused("InvalidPermission.Duplicate", "already exists");
            var direction = rules[0].Direction;
            if (!_quota.WeightOf(after.Where(r => r.Direction == direction).Select(r => r.Key)).FitsIn(_limit)) throw Refused("RulesPerSecurityGroupLimitExceeded", "quota");
            return now with { Rules = after };
        });
        return Task.CompletedTask;
    }

    public Task DescribeAsync(Scope scope, SecurityGroupId group, Direction direction, IReadOnlyList<SecurityGroupRule> rules, CancellationToken cancellationToken)
    {
        Call("describe", group, rules.Count, now =>
        {
            if (rules.Any(r => now.Rules.All(n => n.Key != r.Key))) throw Refused("InvalidPermission.NotFound", "no such rule");
            return now with { Rules = [.. now.Rules.Select(n => rules.FirstOrDefault(r => r.Key == n.Key) is { } r ? n with { Description = r.Description } : n)] };
        });
        return Task.CompletedTask;
    }

    public Task TagAsync(Scope scope, IReadOnlyList<string> resources, Tags tags, CancellationToken cancellationToken)
    {
        Retag("tag", resources, r => r with { Tags = tags.Pairs.Aggregate(r.Tags ?? Tags.None, (t, p) => t.With(p.Key, p.Value)) });
        return Task.CompletedTask;
    }

    public Task UntagAsync(Scope scope, IReadOnlyList<string> resources, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        Retag("untag", resources, r => r with { Tags = keys.Aggregate(r.Tags ?? Tags.None, (t, k) => t.Without(k)) });
        return Task.CompletedTask;
    }

    public Task CheckPermissionAsync(Scope scope, SecurityGroupId group, TargetChange change, CancellationToken cancellationToken)
    {
        if (Denied.Contains(change)) throw new TargetException(TargetOutcome.Refused, "UnauthorizedOperation", "You are not authorized to perform this operation.", "req-dry");
        return Task.CompletedTask;
    }

    private void Retag(string call, IReadOnlyList<string> resources, Func<SecurityGroupRule, SecurityGroupRule> change)
    {
        var owner = _groups.Values.FirstOrDefault(g => g.Rules.Any(r => r.Id?.Value == resources[0]))?.Id ?? throw Refused("InvalidSecurityGroupRuleId.NotFound", "no such rule");
        Call(call, owner, resources.Count, now =>
        {
            if (resources.Any(id => now.Rules.All(n => n.Id?.Value != id))) throw Refused("InvalidSecurityGroupRuleId.NotFound", "no such rule");
            return now with { Rules = [.. now.Rules.Select(n => resources.Contains(n.Id?.Value) ? change(n) : n)] };
        });
    }

    private void Call(string call, SecurityGroupId group, int rules, Func<SecurityGroup, SecurityGroup> change)
    {
        Calls.Add((call, group, rules));
        var fault = _faults.NextCall();
        if (fault == CallFault.Refused) throw Refused("RequestLimitExceeded", "Request limit exceeded.");
        if (fault == CallFault.LostBeforeCommit) throw new TargetException(TargetOutcome.Unknown, "Timeout", "No answer came in time.");
        if (!_groups.TryGetValue(group, out var now)) throw Refused("InvalidGroup.NotFound", $"The security group '{group}' does not exist");
        var after = change(now);
        after = after with { Rules = [.. after.Rules.OrderBy(r => r.Key)] };
        foreach (var rule in now.Rules.Where(r => !after.Rules.Contains(r)).Concat(after.Rules.Where(r => !now.Rules.Contains(r)))) Touched.Add((group, rule.Key));
        var lateness = _faults.NextLateness();
        if (lateness > 0) _late[group] = (_late.TryGetValue(group, out var older) ? older.Old : now, lateness);
        else _late.Remove(group);
        _groups[group] = after;
        Changed?.Invoke(after);
        if (fault == CallFault.LostAfterCommit) throw new TargetException(TargetOutcome.Unknown, "Timeout", "No answer came in time.");
    }

    private SecurityGroup Seen(SecurityGroupId group)
    {
        if (!_late.TryGetValue(group, out var late)) return _groups[group];
        if (late.Readings <= 1) _late.Remove(group);
        else _late[group] = (late.Old, late.Readings - 1);
        return late.Old;
    }

    private static int KindOf(Peer peer) => peer switch { CidrPeer c => c.Cidr.Family == IpFamily.V4 ? 0 : 1, GroupPeer => 2, _ => 3 };

    private static TargetException Refused(string code, string message) => new(TargetOutcome.Refused, code, message, "req-1");
}

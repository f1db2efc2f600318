using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Planning;

namespace Sallyport.Applying;

/// <summary>
/// What is left of one step, given the group's rules as they are: the rules still to be called for, or a rule that somebody
/// else changed so that the step has lost its meaning. Steps are carried out by asking this again and again, never by counting.
/// </summary>
internal sealed record StepWork(ImmutableArray<PlanRule> Pending, RuleKey? Conflict)
{
    public bool IsDone => Pending.IsEmpty && Conflict is null;

    /// <summary>The rules a step may touch; nothing else of the group is its business.</summary>
    public static HashSet<RuleKey> FootprintOf(PlanStep step)
    {
        var keys = step.Rules.Select(r => r.Key).ToHashSet();
        if (step.Action == PlanAction.Modify) keys.UnionWith(step.Rules.Select(r => r.Before!.Key));
        return keys;
    }

    public static StepWork Of(PlanStep step, IReadOnlyDictionary<RuleKey, SecurityGroupRule> now)
    {
        var pending = ImmutableArray.CreateBuilder<PlanRule>();
        RuleKey? conflict = null;
        foreach (var rule in step.Rules)
        {
            var isThere = now.TryGetValue(rule.Key, out var known);
            switch (step.Action)
            {
                case PlanAction.Authorize when !isThere:
                case PlanAction.Revoke when isThere:
                    pending.Add(rule);
                    break;
                case PlanAction.Modify:
                    var oldIsThere = now.TryGetValue(rule.Before!.Key, out _);
                    if (oldIsThere == isThere) conflict ??= isThere ? rule.Key : rule.Before.Key;
                    else if (oldIsThere) pending.Add(rule);
                    break;
                case PlanAction.Describe or PlanAction.Tag when !isThere:
                    conflict ??= rule.Key;
                    break;
                case PlanAction.Describe when known!.Description != rule.Description:
                case PlanAction.Tag when !HasTags(step, known!):
                    pending.Add(rule);
                    break;
            }
        }

        return new StepWork(pending.ToImmutable(), conflict);
    }

    /// <summary>Carries out what is pending in one call (a tag step: one call to set, one to remove) and returns the group's rules afterwards.</summary>
    public async Task<Dictionary<RuleKey, SecurityGroupRule>> CallAsync(
        IEstateTarget target, PlanStep step, IReadOnlyDictionary<RuleKey, SecurityGroupRule> now, CancellationToken cancellationToken)
    {
        var after = new Dictionary<RuleKey, SecurityGroupRule>(now);
        switch (step.Action)
        {
            case PlanAction.Authorize:
                var asked = Pending.Select(p => p.ToRule()).ToList();
                var created = await target.AuthorizeAsync(step.Scope, step.Group, step.Direction, asked, step.Tags, cancellationToken);
                foreach (var rule in asked) after[rule.Key] = rule with { Tags = step.Tags };
                foreach (var rule in created.Where(c => after.ContainsKey(c.Key))) after[rule.Key] = rule with { Tags = rule.Tags ?? step.Tags };
                break;
            case PlanAction.Revoke:
                await target.RevokeAsync(step.Scope, step.Group, step.Direction, [.. Pending.Select(p => now[p.Key])], cancellationToken);
                foreach (var rule in Pending) after.Remove(rule.Key);
                break;
            case PlanAction.Modify:
                var swapped = Pending.Select(p => p.ToRule() with { Id = now[p.Before!.Key].Id, Tags = now[p.Before.Key].Tags }).ToList();
                await target.ModifyAsync(step.Scope, step.Group, swapped, cancellationToken);
                foreach (var rule in Pending) after.Remove(rule.Before!.Key);
                foreach (var rule in swapped) after[rule.Key] = rule;
                break;
            case PlanAction.Describe:
                var described = Pending.Select(p => now[p.Key] with { Description = p.Description }).ToList();
                await target.DescribeAsync(step.Scope, step.Group, step.Direction, described, cancellationToken);
                foreach (var rule in described) after[rule.Key] = rule;
                break;
            case PlanAction.Tag:
                var ids = Pending.Select(p => now[p.Key].Id!.Value.Value).ToList();
                if (!step.Tags.IsEmpty) await target.TagAsync(step.Scope, ids, step.Tags, cancellationToken);
                if (!step.RemovedTags.IsEmpty) await target.UntagAsync(step.Scope, ids, step.RemovedTags, cancellationToken);
                foreach (var rule in Pending) after[rule.Key] = now[rule.Key] with { Tags = TagsAfter(step, now[rule.Key].Tags) };
                break;
            default:
                throw new InvalidOperationException("An action of a new kind: teach the applier.");
        }

        return after;
    }

    /// <summary>True when the call needs ids that the reading does not have yet.</summary>
    public bool NeedsIds(PlanStep step, IReadOnlyDictionary<RuleKey, SecurityGroupRule> now) => step.Action switch
    {
        PlanAction.Tag => Pending.Any(p => now[p.Key].Id is null),
        PlanAction.Modify => Pending.Any(p => now[p.Before!.Key].Id is null),
        _ => false,
    };

    /// <summary>The kinds of change whose permission a step needs.</summary>
    public static IEnumerable<TargetChange> ChangesOf(PlanStep step)
    {
        var ingress = step.Direction == Direction.Ingress;
        switch (step.Action)
        {
            case PlanAction.Authorize:
                yield return ingress ? TargetChange.AuthorizeIngress : TargetChange.AuthorizeEgress;
                if (!step.Tags.IsEmpty) yield return TargetChange.Tag;
                break;
            case PlanAction.Revoke:
                yield return ingress ? TargetChange.RevokeIngress : TargetChange.RevokeEgress;
                break;
            case PlanAction.Modify:
                yield return TargetChange.Modify;
                break;
            case PlanAction.Describe:
                yield return ingress ? TargetChange.DescribeIngress : TargetChange.DescribeEgress;
                break;
            default:
                if (!step.Tags.IsEmpty) yield return TargetChange.Tag;
                if (!step.RemovedTags.IsEmpty) yield return TargetChange.Untag;
                break;
        }
    }

    /// <summary>
    /// Refusals that may only mean that an earlier call, or somebody else, has done it: read again before believing them.
    /// </summary>
    public static bool MayMeanDone(string code) => code is "InvalidPermission.Duplicate" or "InvalidPermission.NotFound"
        or "InvalidSecurityGroupRuleId.NotFound" or "InvalidSecurityGroupRuleID.NotFound" or "InvalidID";

    private static bool HasTags(PlanStep step, SecurityGroupRule rule) =>
        rule.Tags is { } tags && step.Tags.Pairs.All(p => tags[p.Key] == p.Value) && step.RemovedTags.All(k => tags[k] is null);

    private static Tags TagsAfter(PlanStep step, Tags? tags) =>
        Tags.Of((tags ?? Tags.None).Pairs.Where(p => !step.RemovedTags.Contains(p.Key)).Concat(step.Tags.Pairs));
}

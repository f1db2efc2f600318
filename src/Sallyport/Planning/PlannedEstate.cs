using Sallyport.Estates;

namespace Sallyport.Planning;

/// <summary>An estate as a plan leaves it, worked out in memory: what tests and differences look at before any call is made.</summary>
public static class PlannedEstate
{
    /// <summary>
    /// The estate with every step carried out. Groups that no step touches, and everything that is no group, are shared with the
    /// estate given. New rules have no id. A step on a group that the estate does not have changes nothing: apply refuses such a
    /// plan by its digest.
    /// </summary>
    public static Estate After(Estate estate, Plan plan)
    {
        var steps = plan.Steps.ToLookup(s => s.Group);
        return steps.Count == 0 ? estate : estate.With([.. estate.SecurityGroups.Select(g => steps.Contains(g.Id) ? After(g, steps[g.Id]) : g)]);
    }

    private static SecurityGroup After(SecurityGroup group, IEnumerable<PlanStep> steps)
    {
        var rules = new SortedDictionary<RuleKey, SecurityGroupRule>();
        foreach (var rule in group.Rules) rules[rule.Key] = rule;
        foreach (var step in steps.OrderBy(s => s.Id))
        {
            foreach (var rule in step.Rules) Carry(step, rule, rules);
        }

        return group with { Rules = [.. rules.Values] };
    }

    private static void Carry(PlanStep step, PlanRule rule, SortedDictionary<RuleKey, SecurityGroupRule> rules)
    {
        var known = rules.GetValueOrDefault(rule.Key);
        switch (step.Action)
        {
            case PlanAction.Authorize:
                rules[rule.Key] = rule.ToRule() with { Id = known?.Id, Tags = step.Tags };
                break;
            case PlanAction.Modify when rule.Before is { } before:
                rules.Remove(before.Key, out var replaced);
                rules[rule.Key] = rule.ToRule() with { Id = replaced?.Id, Tags = replaced?.Tags };
                break;
            case PlanAction.Describe when known is not null:
                rules[rule.Key] = known with { Description = rule.Description };
                break;
            case PlanAction.Tag when known is not null:
                rules[rule.Key] = known with { Tags = TagsAfter(known.Tags ?? Tags.None, step) };
                break;
            case PlanAction.Revoke:
                rules.Remove(rule.Key);
                break;
        }
    }

    private static Tags TagsAfter(Tags tags, PlanStep step) =>
        Tags.Of(tags.Pairs.Concat(step.Tags.Pairs).Where(p => !step.RemovedTags.Contains(p.Key)));
}

using System.Collections.Immutable;
using Sallyport.Estates;

namespace Sallyport.Planning;

/// <summary>One rule of a step. What it means depends on the action: the rule to add, to leave behind, or to remove.</summary>
public sealed record PlanRule(RuleKey Key)
{
    /// <summary>The description after the step; for a revoke, the one it has.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>Connections that own the rule, sorted; for a revoke, those its tag names.</summary>
    public ImmutableArray<string> Origins { get; init; } = [];

    /// <summary>Id of the existing rule when the source told it. For people: apply finds the rule by content.</summary>
    public SecurityGroupRuleId? Id { get; init; }

    /// <summary>For modify, the rule that is replaced; for describe, the rule as it was. Null for the other actions.</summary>
    public SecurityGroupRule? Before { get; init; }

    /// <summary>The rule as the target shall have it.</summary>
    public SecurityGroupRule ToRule() => new(Key.Direction, Key.Service, Key.Peer) { Description = Description };
}

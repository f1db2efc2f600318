using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Estates.Quotas;
using Sallyport.Policies;

namespace Sallyport.Planning;

/// <summary>
/// Ordered changes from an estate to its declared state: every addition before any removal, except where the quota leaves no
/// room; then a rule goes early only when nothing that stays allowed depends on it. At every point between two steps the
/// traffic of each group and direction holds <c>old ∩ new ⊆ now ⊆ old ∪ new</c>.
/// (reference: reachability-and-synthesis §5.7)
/// </summary>
public sealed record Plan
{
    /// <summary>The only version there is.</summary>
    public const int SchemaVersion = 1;

    /// <summary>What the touched groups looked like; see <see cref="PlanDigest"/>.</summary>
    public required string EstateDigest { get; init; }

    /// <summary>In order of execution; empty when nothing is pending.</summary>
    public ImmutableArray<PlanStep> Steps { get; init; } = [];

    /// <summary>One entry for each touched group, direction and family that changes or is used, sorted.</summary>
    public ImmutableArray<QuotaUse> Quota { get; init; } = [];

    /// <summary>Rules per group, direction and family that the plan was checked against.</summary>
    public int RulesPerGroup { get; init; } = 60;

    /// <summary>Known costs of the prefix lists that rules of touched groups name, sorted.</summary>
    public ImmutableArray<PrefixListCost> PrefixLists { get; init; } = [];

    /// <summary>What a person should know before approving.</summary>
    public ImmutableArray<Diagnostic> Warnings { get; init; } = [];

    /// <summary>Rules that nothing declares and that stay, because the file says so.</summary>
    public ImmutableArray<GroupRule> Unmanaged { get; init; } = [];

    /// <summary>Declared rules that are there already and share a connection with a rule that is added: the other half.</summary>
    public ImmutableArray<GroupRule> Standing { get; init; } = [];

    /// <summary>Names and places of the groups in steps and lists above, sorted by id.</summary>
    public ImmutableArray<PlanGroup> Groups { get; init; } = [];

    /// <summary>Tests of the connections file: what must hold when the plan is carried out, or nothing of it is.</summary>
    public BoundTests Tests { get; init; } = BoundTests.None;

    /// <summary>Rules added, changed in place (each once, whatever the number of steps) and removed.</summary>
    public PlanSummary Summary
    {
        get
        {
            var added = Steps.Where(s => s.Action == PlanAction.Authorize).SelectMany(KeysOf).ToHashSet();
            var changed = Steps.Where(s => s.Action is PlanAction.Modify or PlanAction.Describe or PlanAction.Tag).SelectMany(KeysOf).ToHashSet();
            changed.ExceptWith(added);
            return new PlanSummary(added.Count, changed.Count, Steps.Where(s => s.Action == PlanAction.Revoke).Sum(s => s.Rules.Length));
        }
    }

    /// <summary>The groups whose rules change, by scope; what the digest covers.</summary>
    public IEnumerable<(Scope Scope, SecurityGroupId Group)> Touched => Steps.Select(s => (s.Scope, s.Group)).Distinct().Order();

    private static IEnumerable<(SecurityGroupId Group, RuleKey Key)> KeysOf(PlanStep step) => step.Rules.Select(r => (step.Group, r.Key));
}

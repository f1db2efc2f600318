using System.Collections.Immutable;
using Sallyport.Estates;

namespace Sallyport.Planning;

/// <summary>One call to EC2: one group, one direction, one action.</summary>
/// <param name="Id">1-based position; steps run in this order.</param>
/// <param name="Action">What is done.</param>
/// <param name="Scope">Account and Region of the group; empty parts when the source did not say.</param>
/// <param name="Group">The group whose rules change.</param>
/// <param name="Direction">Direction of every rule of the step.</param>
/// <param name="Rules">Sorted by key; never empty, no key twice.</param>
public sealed record PlanStep(
    int Id, PlanAction Action, Scope Scope, SecurityGroupId Group, Direction Direction, ImmutableArray<PlanRule> Rules)
{
    /// <summary>Tags that every rule of an authorize gets at birth, or that a tag step sets.</summary>
    public Tags Tags { get; init; } = Tags.None;

    /// <summary>Tag keys that a tag step removes, sorted.</summary>
    public ImmutableArray<string> RemovedTags { get; init; } = [];

    /// <summary>Ids of the connections behind the step, sorted.</summary>
    public ImmutableArray<string> Because { get; init; } = [];

    /// <summary>When traffic notices.</summary>
    public TakesEffect TakesEffect { get; init; }
}

using System.Collections.Immutable;
using Sallyport.Estates;

namespace Sallyport.Fixing;

/// <summary>What a fix does to one group.</summary>
/// <param name="Group">The group.</param>
public sealed record RuleChange(SecurityGroupId Group)
{
    /// <summary>Rules to add, sorted; some may be there already.</summary>
    public ImmutableArray<AddedRule> Add { get; init; } = [];

    /// <summary>Rules to remove, sorted; each is evidence of the finding.</summary>
    public ImmutableArray<RuleKey> Remove { get; init; } = [];
}

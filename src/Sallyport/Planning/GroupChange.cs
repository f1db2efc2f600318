using System.Collections.Immutable;
using Sallyport.Estates;

namespace Sallyport.Planning;

/// <summary>Everything that shall change on one group; rules that it does not name stay untouched.</summary>
/// <param name="Group">The group as it is now.</param>
internal sealed record GroupChange(SecurityGroup Group)
{
    /// <summary>Rules to add, sorted by key; none of them exists.</summary>
    public ImmutableArray<TargetRule> Add { get; init; } = [];

    /// <summary>Existing rules to remove, sorted by key.</summary>
    public ImmutableArray<SecurityGroupRule> Remove { get; init; } = [];

    /// <summary>Existing rules whose text changes, sorted by key.</summary>
    public ImmutableArray<TextChange> Text { get; init; } = [];

    /// <summary>True when a rule swapped in place shall lose the tags of the rule it replaces (undo).</summary>
    public bool ExactTags { get; init; }

    public bool IsEmpty => Add.IsEmpty && Remove.IsEmpty && Text.IsEmpty;
}

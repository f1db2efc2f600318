using System.Collections.Immutable;
using Sallyport.Estates;

namespace Sallyport.Planning;

/// <summary>What changes on a rule that stays: its description, some tags, or both. Null and empty mean no change.</summary>
internal sealed record TextChange(SecurityGroupRule Rule, ImmutableArray<string> Origins)
{
    public string? Description { get; init; }

    public Tags SetTags { get; init; } = Tags.None;

    public ImmutableArray<string> RemovedTags { get; init; } = [];
}

using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Estates;

namespace Sallyport.Drift;

/// <summary>Something that could not be compared: neither drift nor the absence of it.</summary>
/// <param name="Group">The group as it is declared.</param>
/// <param name="Why">A sentence. May quote untrusted names: escape when printing.</param>
public sealed record DriftDoubt(SecurityGroupId Group, string Why)
{
    /// <summary>The declared rule that could not be compared; null when the doubt is about the group.</summary>
    public RuleKey? Rule { get; init; }

    /// <summary>Rules of the live group that may or may not be declared, sorted.</summary>
    public ImmutableArray<SecurityGroupRule> Live { get; init; } = [];

    /// <summary>Where the group or rule is declared.</summary>
    public SourceSpan? At { get; init; }
}

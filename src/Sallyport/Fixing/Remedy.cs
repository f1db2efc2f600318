using System.Collections.Immutable;
using Sallyport.Auditing;

namespace Sallyport.Fixing;

/// <summary>How one finding is cleared.</summary>
/// <param name="Finding">The finding.</param>
/// <param name="What">One sentence for people. May quote untrusted names: escape when printing.</param>
public sealed record Remedy(Finding Finding, string What)
{
    /// <summary>What it does; empty when the changes for other findings clear this one too.</summary>
    public ImmutableArray<RuleChange> Changes { get; init; } = [];

    /// <summary>What a person should know or look up, a sentence each.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];
}

using System.Collections.Immutable;
using Sallyport.Auditing;
using Sallyport.Estates;
using Sallyport.Planning;

namespace Sallyport.Fixing;

/// <summary>What can be fixed, what has to be asked, and the plan that carries it out.</summary>
public sealed record FixReport
{
    /// <summary>Findings that the plan clears, in the order of the audit.</summary>
    public ImmutableArray<Remedy> Remedies { get; init; } = [];

    /// <summary>Findings that stay until somebody decides, in the order of the audit.</summary>
    public ImmutableArray<FixQuestion> Questions { get; init; } = [];

    /// <summary>
    /// Findings that only the estate after the plan shows, of rules the estate broke before less visibly: a narrower rule that
    /// names what a wide one hid.
    /// </summary>
    public ImmutableArray<Finding> Revealed { get; init; } = [];

    /// <summary>Rules that were asked for by name and that nothing read so far can judge: no finding of theirs is no good news.</summary>
    public ImmutableArray<UnassessedRule> NotAssessed { get; init; } = [];

    /// <summary>The changes of all remedies together: an ordinary plan.</summary>
    public required Plan Plan { get; init; }

    /// <summary>The estate as the plan leaves it.</summary>
    public required Estate After { get; init; }

    /// <summary>True when there is neither a change nor a question.</summary>
    public bool IsClean => Plan.Steps.IsEmpty && Questions.IsEmpty;
}

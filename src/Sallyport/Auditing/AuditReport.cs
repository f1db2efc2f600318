using System.Collections.Immutable;
using Sallyport.Auditing.Baselines;
using Sallyport.Auditing.Compliance;
using Sallyport.Auditing.Waivers;
using Sallyport.Estates;

namespace Sallyport.Auditing;

/// <summary>Everything an audit found, in an order that depends on nothing but the estate and the options.</summary>
public sealed record AuditReport
{
    /// <summary>What was looked at.</summary>
    public required AuditScope Scope { get; init; }

    /// <summary>The rules that ran, by code; none of <see cref="NotAssessed"/>.</summary>
    public ImmutableArray<AuditRule> Rules { get; init; } = [];

    /// <summary>What the estate lacks.</summary>
    public ImmutableArray<EstateGap> Gaps { get; init; } = [];

    /// <summary>Most severe first, then by rule, scope, resource and evidence; empty when an observer alone took them.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];

    /// <summary>What could not be judged, by rule, scope and resource.</summary>
    public ImmutableArray<UnknownVerdict> Unknown { get; init; } = [];

    /// <summary>Rules that were wanted and could not be judged at all, by code.</summary>
    public ImmutableArray<UnassessedRule> NotAssessed { get; init; } = [];

    /// <summary>Every waiver of the run with what became of it, in the order they were given.</summary>
    public ImmutableArray<WaiverUse> Waivers { get; init; } = [];

    /// <summary>What became of the baseline's findings; null when none was given. Known ones are not in <see cref="Findings"/>.</summary>
    public BaselineComparison? Baseline { get; init; }

    /// <summary>The frameworks that were asked for, clause by clause.</summary>
    public ImmutableArray<FrameworkReport> Compliance { get; init; } = [];

    /// <summary>Findings that are less severe than what was asked for, and so are not in <see cref="Findings"/>.</summary>
    public int BelowLeast { get; init; }

    /// <summary>Counts of what is listed.</summary>
    public required AuditSummary Summary { get; init; }

    /// <summary>True when a listed finding that nobody waived is at or above the threshold; null never fails.</summary>
    public bool FailsAt(FindingSeverity? threshold) => threshold switch
    {
        null => false,
        FindingSeverity.Info => Summary.Open > 0,
        FindingSeverity.Low => Summary.Open > Summary.Info,
        FindingSeverity.Medium => Summary.Critical + Summary.High + Summary.Medium > 0,
        FindingSeverity.High => Summary.Critical + Summary.High > 0,
        _ => Summary.Critical > 0,
    };
}

using System.Collections.Immutable;
using Sallyport.Estates;

namespace Sallyport.Drift;

/// <summary>An estate against its declared state. A difference the file wants left alone (<c>report</c>) is a difference here too.</summary>
public sealed record DriftReport
{
    /// <summary>Sorted by group, then kind, then rule.</summary>
    public ImmutableArray<DriftEntry> Entries { get; init; } = [];

    /// <summary>Groups that the file names and the estate lacks, sorted.</summary>
    public ImmutableArray<SecurityGroupId> AbsentGroups { get; init; } = [];

    /// <summary>What could not be compared, sorted by group, then rule. None of it counts as drift.</summary>
    public ImmutableArray<DriftDoubt> Doubts { get; init; } = [];

    /// <summary>Number of groups compared.</summary>
    public int Groups { get; init; }

    /// <summary>True when anything differs (exit 1).</summary>
    public bool HasDrift => !Entries.IsEmpty || !AbsentGroups.IsEmpty;
}

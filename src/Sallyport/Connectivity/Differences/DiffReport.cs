using System.Collections.Immutable;
using Sallyport.Connectivity.Questions;

namespace Sallyport.Connectivity.Differences;

/// <summary>
/// What a change of an estate means for flows at the groups' layer. Lists are sorted; two runs on equal estates give equal reports.
/// (reference: reachability-and-synthesis §5)
/// </summary>
public sealed record DiffReport
{
    /// <summary>Of the snapshots, or of the rules alone when <see cref="Basis"/> says so.</summary>
    public required DiffRelation Relation { get; init; }

    /// <summary>Of the rules alone, whoever carries the groups.</summary>
    public required DiffRelation LatentRelation { get; init; }

    /// <summary><see cref="AnswerBasis.Symbolic"/> when the interfaces of one estate were not read.</summary>
    public AnswerBasis Basis { get; init; } = AnswerBasis.Snapshot;

    /// <summary>Flows of the new estate that the old one did not have.</summary>
    public ImmutableArray<DiffBox> Added { get; init; } = [];

    /// <summary>Flows of the old estate that the new one has not.</summary>
    public ImmutableArray<DiffBox> Removed { get; init; } = [];

    /// <summary>Flows of which a gap decides whether they were added or removed; they are in neither list.</summary>
    public ImmutableArray<DiffBox> Unknown { get; init; } = [];

    /// <summary>What the rules allow more than before, side by side, whoever carries the groups.</summary>
    public ImmutableArray<DiffBox> LatentAdded { get; init; } = [];

    /// <summary>What the rules allow less than before.</summary>
    public ImmutableArray<DiffBox> LatentRemoved { get; init; } = [];

    /// <summary>The figures.</summary>
    public DiffSummary Summary { get; init; } = new();

    /// <summary>False when the lists hold a part of the differences; what they hold is true.</summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>How many boxes, at least, were left out because of <see cref="DiffOptions.MostBoxes"/>.</summary>
    public int Omitted { get; init; }

    /// <summary>What was taken for granted or could not be compared, a sentence each.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>True when nothing that was not read could change <see cref="Relation"/>.</summary>
    public bool IsCertain => Unknown.IsEmpty || Relation == DiffRelation.Incomparable;

    /// <summary>True when the flows are certainly the same: exit 0.</summary>
    public bool IsEqual => Relation == DiffRelation.Equal && IsCertain;
}

namespace Sallyport.Connectivity.Questions;

/// <summary>What a verdict rests on. (reference: reachability-and-synthesis §3)</summary>
public enum AnswerBasis
{
    /// <summary>The rules alone: it holds whoever carries the groups.</summary>
    Symbolic,

    /// <summary>The rules, and that members lie inside their VPC's blocks.</summary>
    Invariant,

    /// <summary>The interfaces and addresses as they were read.</summary>
    Snapshot,
}

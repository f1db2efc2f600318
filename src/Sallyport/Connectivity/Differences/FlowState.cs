using Sallyport.Connectivity.Tables;

namespace Sallyport.Connectivity.Differences;

/// <summary>What is let through before and after, certainly and at most, by service-set number.</summary>
internal readonly record struct FlowState(int OldAllowed, int OldPossible, int NewAllowed, int NewPossible)
{
    /// <summary>True when nothing was or is let through.</summary>
    public bool IsNothing => (OldPossible | NewPossible) == ServicePool.Empty;

    /// <summary>True when the same was let through as is.</summary>
    public bool IsSame => OldAllowed == NewAllowed && OldPossible == NewPossible;

    /// <summary>What passes this side and the other.</summary>
    public FlowState Through(in FlowState other, ServiceAlgebra sets) => new(
        sets.Intersect(OldAllowed, other.OldAllowed), sets.Intersect(OldPossible, other.OldPossible),
        sets.Intersect(NewAllowed, other.NewAllowed), sets.Intersect(NewPossible, other.NewPossible));

    /// <summary>
    /// What was added, removed, and what a gap decides. A doubt of both estates counts as the same doubt, unless its cause changed.
    /// </summary>
    /// <param name="doubts">Services whose doubts have another cause than before.</param>
    /// <param name="sets">Service sets.</param>
    public (int Added, int Removed, int Unknown) Compare(int doubts, ServiceAlgebra sets)
    {
        var (before, after) = (sets.Subtract(OldPossible, OldAllowed), sets.Subtract(NewPossible, NewAllowed));
        return (
            sets.Subtract(NewAllowed, OldPossible),
            sets.Subtract(OldAllowed, NewPossible),
            sets.Union(sets.Differ(before, after), sets.Intersect(sets.Intersect(before, after), doubts)));
    }
}

using System.Collections.Immutable;

namespace Sallyport.Auditing.Compliance;

/// <summary>A framework, clause by clause, as one audit sees it. Clauses that no rule serves are not in it.</summary>
/// <param name="Framework">The framework.</param>
/// <param name="Controls">In the order of their numbers.</param>
public sealed record FrameworkReport(Framework Framework, ImmutableArray<ControlResult> Controls)
{
    /// <summary>Number of clauses in a state.</summary>
    public int Count(ControlState state) => Controls.Count(c => c.State == state);
}

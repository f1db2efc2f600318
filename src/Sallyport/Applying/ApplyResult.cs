using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Planning;

namespace Sallyport.Applying;

/// <summary>How an apply or undo ended.</summary>
/// <param name="Outcome">In one word.</param>
/// <param name="Diagnostics">Why, when it did not end well; notes otherwise.</param>
/// <param name="Done">Steps done, by this run or an earlier one.</param>
/// <param name="Left">Steps not done.</param>
public sealed record ApplyResult(
    ApplyOutcome Outcome, ImmutableArray<Diagnostic> Diagnostics, ImmutableArray<PlanStep> Done, ImmutableArray<PlanStep> Left);

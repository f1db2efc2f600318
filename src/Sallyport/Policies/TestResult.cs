using System.Collections.Immutable;

namespace Sallyport.Policies;

/// <summary>What running one test found.</summary>
/// <param name="Test">The test.</param>
/// <param name="Outcome">How it ended.</param>
public sealed record TestResult(BoundTest Test, TestOutcome Outcome)
{
    /// <summary>What breaks it; empty unless it failed.</summary>
    public ImmutableArray<TestFailure> Failures { get; init; } = [];

    /// <summary>What was not read and decides; empty unless the outcome is unknown.</summary>
    public ImmutableArray<string> Gaps { get; init; } = [];
}

using System.Collections.Immutable;

namespace Sallyport.Policies;

/// <summary>The results of a file's tests, in file order.</summary>
public sealed record TestReport(ImmutableArray<TestResult> Results)
{
    /// <summary>Tests that certainly do not hold.</summary>
    public IEnumerable<TestResult> Failed => Results.Where(r => r.Outcome == TestOutcome.Fail);

    /// <summary>Tests that a gap decides.</summary>
    public IEnumerable<TestResult> Unknown => Results.Where(r => r.Outcome == TestOutcome.Unknown);

    /// <summary>Number of tests that ended so.</summary>
    public int Count(TestOutcome outcome) => Results.Count(r => r.Outcome == outcome);
}

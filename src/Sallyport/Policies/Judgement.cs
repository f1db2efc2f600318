using System.Collections.Immutable;

namespace Sallyport.Policies;

/// <summary>What was found out about one part of a test.</summary>
/// <param name="Failures">What certainly breaks it.</param>
/// <param name="Gaps">What was not read and decides, where nothing certainly breaks it.</param>
internal sealed record Judgement(ImmutableArray<TestFailure> Failures, ImmutableArray<string> Gaps)
{
    public static Judgement Holds { get; } = new([], []);

    public static Judgement Broken(TestFailure failure) => new([failure], []);

    public static Judgement Undecided(IEnumerable<string> gaps) => new([], [.. gaps]);

    public Judgement And(Judgement other) => new(Failures.AddRange(other.Failures), Gaps.AddRange(other.Gaps));
}

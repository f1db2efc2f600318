using System.Collections.Immutable;

namespace Sallyport.Connectivity.Questions;

/// <summary>Why an answer is what it is.</summary>
public sealed record Explanation
{
    /// <summary>What is explained.</summary>
    public required ReachAnswer Answer { get; init; }

    /// <summary>Egress rules that let through what was asked, or part of it, by group and rule.</summary>
    public ImmutableArray<DecidingRule> Egress { get; init; } = [];

    /// <summary>Ingress rules likewise.</summary>
    public ImmutableArray<DecidingRule> Ingress { get; init; } = [];

    /// <summary>What the groups lack; empty when they stop nothing.</summary>
    public ImmutableArray<MissingRule> Missing { get; init; } = [];

    /// <summary>Gaps of the groups that bear on the answer, each once.</summary>
    public ImmutableArray<string> Gaps { get; init; } = [];
}

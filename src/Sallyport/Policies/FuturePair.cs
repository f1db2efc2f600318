using System.Collections.Immutable;
using Sallyport.Connectivity.Questions;
using Sallyport.Packets;

namespace Sallyport.Policies;

/// <summary>What the rules let through where at least one end is a member to come.</summary>
/// <param name="Allowed">For some pair, certainly.</param>
/// <param name="Unknown">For some pair, if a gap holds the right thing.</param>
internal sealed record FuturePair(ServiceSet Allowed, ServiceSet Unknown)
{
    public static FuturePair Nothing { get; } = new(ServiceSet.Empty, ServiceSet.Empty);

    /// <summary>A packet of <see cref="Allowed"/>; null when that is empty.</summary>
    public TestWitness? Witness { get; init; }

    /// <summary>What decides <see cref="Unknown"/>, each once.</summary>
    public ImmutableArray<string> Gaps { get; init; } = [];

    /// <summary>Rules that let the witness out.</summary>
    public ImmutableArray<DecidingRule> Egress { get; init; } = [];

    /// <summary>Rules that let the witness in.</summary>
    public ImmutableArray<DecidingRule> Ingress { get; init; } = [];
}

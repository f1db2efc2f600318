using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Anomalies.Pairs;

/// <summary>How the far side answers one rule that names a group.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Peer">The group it names; null when the estate does not hold it.</param>
/// <param name="Kind">The verdict.</param>
/// <param name="Basis">What it rests on.</param>
internal sealed record PairJudgement(SecurityGroupRule Rule, SecurityGroup? Peer, PairKind Kind, AnomalyBasis Basis)
{
    /// <summary>Services of the rule that the far side does not cover.</summary>
    public ServiceSet Missing { get; init; } = ServiceSet.Empty;

    /// <summary>Services that the far side opens to this group by reference although this group does not open them to it.</summary>
    public ServiceSet Extra { get; init; } = ServiceSet.Empty;

    /// <summary>What is missing for a verdict.</summary>
    public ImmutableArray<string> Gaps { get; init; } = [];

    /// <summary>For <see cref="PairKind.Unknown"/>: part of the rule is known to be covered.</summary>
    public bool IsPartlyCovered { get; init; }
}

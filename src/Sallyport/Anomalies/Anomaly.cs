using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Estates;

namespace Sallyport.Anomalies;

/// <summary>One odd rule (or, for EXP/OWN, one odd declaration), with what makes it odd and what could be done.</summary>
public sealed record Anomaly
{
    /// <summary>What is odd.</summary>
    public required AnomalyKind Kind { get; init; }

    /// <summary>One sentence; names the group, or the declaration. May quote untrusted names: escape when printing.</summary>
    public required string Message { get; init; }

    /// <summary>What an automatic fix would be.</summary>
    public required AnomalyFix Fix { get; init; }

    /// <summary>Owner of <see cref="Rule"/>; null for EXP/OWN.</summary>
    public SecurityGroupId? Group { get; init; }

    /// <summary>The odd rule; null for EXP/OWN.</summary>
    public SecurityGroupRule? Rule { get; init; }

    /// <summary>Id of the connection, exception or residual for EXP/OWN; null otherwise.</summary>
    public string? Declaration { get; init; }

    /// <summary>The other rules that make it odd, by group and key.</summary>
    public ImmutableArray<RuleOfGroup> Others { get; init; } = [];

    /// <summary>Interfaces it rests on, sorted; at most a few where they only serve as examples.</summary>
    public ImmutableArray<NetworkInterfaceId> Interfaces { get; init; } = [];

    /// <summary>What may make it stale.</summary>
    public AnomalyBasis Basis { get; init; }

    /// <summary>Where a file declares it; null for a live read.</summary>
    public SourceSpan? At { get; init; }

    /// <summary><c>RED1 sg-…: …</c>.</summary>
    public override string ToString() => $"{AnomalyKinds.CodeOf(Kind)} {Message}";
}

using System.Collections.Immutable;
using Sallyport.Connections;

namespace Sallyport.Anomalies;

/// <summary>What to look for, and what to look at beside the estate.</summary>
public sealed record AnomalyOptions
{
    /// <summary>Every kind; no connections file.</summary>
    public static AnomalyOptions Default { get; } = new();

    /// <summary>Kinds to look for; empty means all.</summary>
    public ImmutableArray<AnomalyKind> Kinds { get; init; } = [];

    /// <summary>The file whose declarations EXP/OWN judges; null for none.</summary>
    public ConnectionsFile? Connections { get; init; }

    /// <summary>Today in UTC; null leaves out what depends on the date.</summary>
    public DateOnly? Today { get; init; }

    /// <summary>True when that kind is looked for.</summary>
    public bool Wants(AnomalyKind kind) => Kinds.IsEmpty || Kinds.Contains(kind);
}

namespace Sallyport.Anomalies;

/// <summary>What an anomaly rests on, so a reader knows what may make it stale.</summary>
public enum AnomalyBasis
{
    /// <summary>The rules alone: true whoever carries the groups.</summary>
    Symbolic,

    /// <summary>The rules, and that interfaces lie inside the blocks of their VPC: true until a VPC gets a further block.</summary>
    Invariant,

    /// <summary>Interfaces, addresses, entries and routes as they were read.</summary>
    Snapshot,
}

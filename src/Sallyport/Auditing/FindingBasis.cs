namespace Sallyport.Auditing;

/// <summary>What a finding rests on, so a reader knows what may make it stale.</summary>
public enum FindingBasis
{
    /// <summary>The rules alone: true whoever carries the groups.</summary>
    Symbolic,

    /// <summary>The rules, and that interfaces lie inside the blocks of their VPC: true until a VPC gets a further block.</summary>
    Invariant,

    /// <summary>Interfaces, addresses and routes as they were read.</summary>
    Snapshot,
}

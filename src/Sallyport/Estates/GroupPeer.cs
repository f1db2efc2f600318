namespace Sallyport.Estates;

/// <summary>
/// The private addresses of every interface that carries a group. Identity is the group id alone; the rest is what EC2
/// reads back beside it.
/// </summary>
public sealed record GroupPeer(SecurityGroupId Group) : Peer
{
    /// <summary>Owner of the referenced group; null when the source does not say, as for a deleted group.</summary>
    public string? Account { get; init; }

    /// <summary>VPC of the referenced group, given only for another VPC.</summary>
    public VpcId? Vpc { get; init; }

    /// <summary>The peering over which the reference works, given only for a peered VPC.</summary>
    public PeeringId? Peering { get; init; }

    /// <summary><c>active</c>, <c>deleted</c> …; null inside one VPC.</summary>
    public string? PeeringStatus { get; init; }

    /// <inheritdoc/>
    public bool Equals(GroupPeer? other) => other is not null && Group == other.Group;

    /// <inheritdoc/>
    public override int GetHashCode() => Group.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => Group.Value;
}

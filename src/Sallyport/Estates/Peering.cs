namespace Sallyport.Estates;

/// <summary>A VPC peering connection.</summary>
public sealed record Peering(PeeringId Id, PeeringEnd Requester, PeeringEnd Accepter)
{
    /// <summary><c>active</c>, <c>pending-acceptance</c>, <c>deleted</c> …</summary>
    public string Status { get; init; } = "active";

    /// <summary>The connection's tags.</summary>
    public Tags Tags { get; init; } = Tags.None;
}

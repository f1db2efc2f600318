using System.Collections.Immutable;

namespace Sallyport.Estates;

/// <summary>A transit gateway's attachment to a VPC.</summary>
public sealed record TransitGatewayAttachment(string Id, Scope Scope, string TransitGateway, VpcId Vpc)
{
    /// <summary>Account that owns the VPC; empty when unknown.</summary>
    public string VpcOwner { get; init; } = string.Empty;

    /// <summary><c>available</c> when it works.</summary>
    public string State { get; init; } = string.Empty;

    /// <summary>Subnets with an attachment interface, sorted.</summary>
    public ImmutableArray<SubnetId> Subnets { get; init; } = [];

    /// <summary>Whether groups may be referenced across it; null when unknown.</summary>
    public bool? SecurityGroupReferencing { get; init; }

    /// <summary>The attachment's tags.</summary>
    public Tags Tags { get; init; } = Tags.None;
}

using System.Collections.Immutable;
using Sallyport.Packets;

namespace Sallyport.Estates;

/// <summary>Something a route can send to: internet, egress-only, NAT, VPN and transit gateways.</summary>
public sealed record Gateway(string Id, Scope Scope, GatewayKind Kind)
{
    /// <summary>VPCs it is attached to, sorted.</summary>
    public ImmutableArray<VpcId> Vpcs { get; init; } = [];

    /// <summary>Subnet of a NAT gateway; null otherwise.</summary>
    public SubnetId? Subnet { get; init; }

    /// <summary><c>available</c>, <c>attached</c> …; empty when unknown.</summary>
    public string State { get; init; } = string.Empty;

    /// <summary>Private addresses of a NAT gateway, which the far side sees as source.</summary>
    public ImmutableArray<Address> Addresses { get; init; } = [];

    /// <summary>Public addresses of a NAT gateway; empty for a private one.</summary>
    public ImmutableArray<Address> PublicAddresses { get; init; } = [];

    /// <summary>The gateway's tags.</summary>
    public Tags Tags { get; init; } = Tags.None;
}

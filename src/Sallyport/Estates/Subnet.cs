using System.Collections.Immutable;
using Sallyport.Packets;

namespace Sallyport.Estates;

/// <summary>A subnet.</summary>
public sealed record Subnet(SubnetId Id, Scope Scope, VpcId Vpc)
{
    /// <summary>Blocks of both families, sorted.</summary>
    public ImmutableArray<Cidr> Cidrs { get; init; } = [];

    /// <summary>Such as <c>eu-west-1a</c>; empty when unknown.</summary>
    public string AvailabilityZone { get; init; } = string.Empty;

    /// <summary>New instances get a public IPv4 address.</summary>
    public bool MapPublicIpOnLaunch { get; init; }

    /// <summary>The subnet's tags.</summary>
    public Tags Tags { get; init; } = Tags.None;
}

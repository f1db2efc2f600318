using System.Collections.Immutable;
using Sallyport.Packets;

namespace Sallyport.Estates;

/// <summary>An interface and everything that decides which rules and references apply to it.</summary>
public sealed record NetworkInterface(NetworkInterfaceId Id, Scope Scope)
{
    /// <summary>VPC; null when unknown.</summary>
    public VpcId? Vpc { get; init; }

    /// <summary>Subnet; null when unknown.</summary>
    public SubnetId? Subnet { get; init; }

    /// <summary>Groups it carries, sorted.</summary>
    public ImmutableArray<SecurityGroupId> Groups { get; init; } = [];

    /// <summary>Private addresses of both families: the primary first, then secondaries and IPv6.</summary>
    public ImmutableArray<Address> Addresses { get; init; } = [];

    /// <summary>Delegated IPv4 and IPv6 prefixes.</summary>
    public ImmutableArray<Cidr> Prefixes { get; init; } = [];

    /// <summary>Public IPv4 associations as private address to public address.</summary>
    public ImmutableArray<KeyValuePair<Address, Address>> PublicAddresses { get; init; } = [];

    /// <summary><c>interface</c>, <c>lambda</c>, <c>load_balancer</c>, <c>natGateway</c>, <c>vpc_endpoint</c> …</summary>
    public string InterfaceType { get; init; } = "interface";

    /// <summary><c>in-use</c>, <c>available</c> …; empty when unknown.</summary>
    public string Status { get; init; } = string.Empty;

    /// <summary>Free text; load balancers and services say here what they are.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>True when a service made the interface and only it may change its groups.</summary>
    public bool RequesterManaged { get; init; }

    /// <summary>Account or service alias that requested it; null when a user did.</summary>
    public string? RequesterId { get; init; }

    /// <summary>Instance it is attached to; null when none.</summary>
    public string? Instance { get; init; }

    /// <summary>False for NAT instances and appliances, which may source any address.</summary>
    public bool SourceDestCheck { get; init; } = true;

    /// <summary>The interface's tags.</summary>
    public Tags Tags { get; init; } = Tags.None;
}

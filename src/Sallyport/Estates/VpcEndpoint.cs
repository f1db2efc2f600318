using System.Collections.Immutable;

namespace Sallyport.Estates;

/// <summary>A VPC endpoint.</summary>
public sealed record VpcEndpoint(string Id, Scope Scope, VpcId Vpc)
{
    /// <summary><c>Gateway</c>, <c>Interface</c>, <c>GatewayLoadBalancer</c>, <c>Resource</c>, <c>ServiceNetwork</c>.</summary>
    public string Kind { get; init; } = string.Empty;

    /// <summary>Such as <c>com.amazonaws.eu-west-1.s3</c>.</summary>
    public string Service { get; init; } = string.Empty;

    /// <summary><c>available</c> when it works.</summary>
    public string State { get; init; } = string.Empty;

    /// <summary>Groups of its interfaces, sorted.</summary>
    public ImmutableArray<SecurityGroupId> Groups { get; init; } = [];

    /// <summary>Its interfaces, sorted.</summary>
    public ImmutableArray<NetworkInterfaceId> Interfaces { get; init; } = [];

    /// <summary>Tables a gateway endpoint adds its routes to, sorted.</summary>
    public ImmutableArray<string> RouteTables { get; init; } = [];

    /// <summary>The endpoint's tags.</summary>
    public Tags Tags { get; init; } = Tags.None;
}

using System.Collections.Immutable;

namespace Sallyport.Estates;

/// <summary>A route table with the subnets and gateways it is associated with.</summary>
public sealed record RouteTable(string Id, Scope Scope, VpcId Vpc)
{
    /// <summary>True for the table of subnets without an explicit association.</summary>
    public bool IsMain { get; init; }

    /// <summary>Explicitly associated subnets, sorted.</summary>
    public ImmutableArray<SubnetId> Subnets { get; init; } = [];

    /// <summary>Associated gateways (ingress routing), sorted.</summary>
    public ImmutableArray<string> Gateways { get; init; } = [];

    /// <summary>Sorted by destination text.</summary>
    public ImmutableArray<Route> Routes { get; init; } = [];

    /// <summary>The table's tags.</summary>
    public Tags Tags { get; init; } = Tags.None;
}

using System.Collections.Immutable;

namespace Sallyport.Estates;

/// <summary>A route table of a transit gateway.</summary>
public sealed record TransitGatewayRouteTable(string Id, Scope Scope, string TransitGateway)
{
    /// <summary>Attachments whose traffic this table routes, sorted; null when not read.</summary>
    public ImmutableArray<string>? Associations { get; init; }

    /// <summary>Routes; null when not read. The target is an attachment id.</summary>
    public ImmutableArray<Route>? Routes { get; init; }
}

using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Networks;

/// <summary>A route that wins for some addresses.</summary>
/// <param name="Kind">What its target is.</param>
/// <param name="Route">The route as read.</param>
/// <param name="Destination">The block that wins: the route's own, or an entry of its prefix list.</param>
internal sealed record RouteChoice(RouteKind Kind, Route Route, Cidr Destination)
{
    /// <summary>Id of the target.</summary>
    public string Target => Route.Target;
}

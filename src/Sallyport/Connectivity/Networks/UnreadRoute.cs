using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Networks;

/// <summary>A route to a prefix list whose entries were not read: it may win for addresses nobody knows.</summary>
/// <param name="Route">The route.</param>
/// <param name="Kind">What its target is.</param>
/// <param name="List">The list.</param>
/// <param name="Family">The list's family; null when unknown.</param>
/// <param name="IsPublicOnly">True for a list of AWS's own: it names public addresses only.</param>
internal sealed record UnreadRoute(Route Route, RouteKind Kind, PrefixListId List, IpFamily? Family, bool IsPublicOnly)
{
    /// <summary>True when the route may win for the address against the best known one.</summary>
    public bool MayDecide(Address address, RouteChoice? best)
    {
        if (Family is { } family && family != address.Family) return false;
        if (IsPublicOnly && !PublicSpace.InternetOf(address.Family).Contains(address)) return false;
        return best is null || (best.Target != Route.Target && best.Destination.PrefixLength < Cidr.Width(address.Family));
    }
}

using System.Collections.Immutable;
using Sallyport.Packets;

namespace Sallyport.Fixing;

/// <summary>Members of a group that the internet knows and the network treats alike.</summary>
/// <param name="Place">Number of their subnet, or of all that have its routes and its network ACL.</param>
/// <param name="Ends">The members' addresses.</param>
/// <param name="Addresses">The same as the internet knows them.</param>
/// <param name="Stretch">Number of the stretch of addresses that are alike to whoever is at the other end.</param>
internal sealed record PublicEnds(int Place, ImmutableArray<PublicEnd> Ends, AddressSet Addresses, int Stretch)
{
    /// <summary>Puts ends together; none may be missing.</summary>
    public static PublicEnds Of(int place, IpFamily family, IEnumerable<PublicEnd> ends, int stretch = 0)
    {
        ImmutableArray<PublicEnd> all = [.. ends];
        return new PublicEnds(place, all, AddressSet.FromRanges(family, all.Select(e => e.Outside)), stretch);
    }
}

using System.Collections.Immutable;
using Sallyport.Connectivity.Tables;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity;

/// <summary>
/// Ends that a question or a test speaks of: interfaces of the estate at their addresses, addresses that no interface holds,
/// and groups that nothing carries (those are judged by their rules alone). Made by <see cref="ConnectivityModel"/>, and good
/// for that model only.
/// </summary>
public sealed record EndpointSet
{
    internal EndpointSet(string name) => Name = name;

    /// <summary>What the user calls it.</summary>
    public string Name { get; init; }

    /// <summary>Addresses that no interface of the estate holds, by family.</summary>
    public AddressSet OutsideV4 { get; init; } = AddressSet.Empty(IpFamily.V4);

    /// <summary>Addresses that no interface of the estate holds, by family.</summary>
    public AddressSet OutsideV6 { get; init; } = AddressSet.Empty(IpFamily.V6);

    /// <summary>Groups that are meant and that no known interface carries.</summary>
    public ImmutableArray<SecurityGroupId> EmptyGroups { get; init; } = [];

    /// <summary>The one group that was asked for; null for every other kind of set.</summary>
    public SecurityGroupId? Group { get; init; }

    /// <summary>True for addresses that are by definition outside every VPC: no reference to a group can mean one of them.</summary>
    public bool IsInternet { get; init; }

    /// <summary>True for a private IPv4 address that was asked for as such: from the internet nothing is routed there.</summary>
    public bool IsPrivateAddress { get; init; }

    /// <summary>True when nothing is in the set.</summary>
    public bool IsEmpty => Places.IsEmpty && OutsideV4.IsEmpty && OutsideV6.IsEmpty && EmptyGroups.IsEmpty;

    /// <summary>True when the set has no interface and no address outside.</summary>
    public bool HasNoMember => Places.IsEmpty && OutsideV4.IsEmpty && OutsideV6.IsEmpty;

    /// <summary>Interfaces of the estate, by family, address and interface.</summary>
    internal ImmutableArray<Place> Places { get; init; } = [];

    /// <summary>Outside addresses of one family.</summary>
    public AddressSet Outside(IpFamily family) => family == IpFamily.V4 ? OutsideV4 : OutsideV6;

    /// <summary>Who is in either.</summary>
    public EndpointSet Union(EndpointSet other) => this with
    {
        IsInternet = IsInternet && other.IsInternet,
        IsPrivateAddress = IsPrivateAddress && other.IsPrivateAddress,
        Places = [.. Places.Union(other.Places)],
        OutsideV4 = OutsideV4.Union(other.OutsideV4),
        OutsideV6 = OutsideV6.Union(other.OutsideV6),
        EmptyGroups = [.. EmptyGroups.Union(other.EmptyGroups)],
    };

    /// <summary>Who is in this set and not in the other.</summary>
    public EndpointSet Except(EndpointSet other) => this with
    {
        Places = [.. Without(other.Places)],
        OutsideV4 = OutsideV4.Subtract(other.OutsideV4),
        OutsideV6 = OutsideV6.Subtract(other.OutsideV6),
        EmptyGroups = [.. EmptyGroups.Except(other.EmptyGroups)],
    };

    // A delegated prefix may be in one set as a whole and in the other in part.
    private IEnumerable<Place> Without(ImmutableArray<Place> others)
    {
        var taken = others.ToLookup(p => (p.Nic, p.Family), p => p.Range);
        foreach (var place in Places)
        {
            if (!taken.Contains((place.Nic, place.Family)))
            {
                yield return place;
                continue;
            }

            var rest = AddressSet.FromRanges(place.Family, [place.Range]).Subtract(AddressSet.FromRanges(place.Family, taken[(place.Nic, place.Family)]));
            foreach (var range in rest.Ranges) yield return place with { Range = range };
        }
    }
}

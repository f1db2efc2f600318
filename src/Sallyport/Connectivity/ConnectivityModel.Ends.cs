using System.Collections.Immutable;
using Sallyport.Connectivity.Tables;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity;

/// <summary>Makes the sets of ends that questions are about.</summary>
public sealed partial class ConnectivityModel
{
    private AddressSet? _unheldV4;
    private AddressSet? _unheldV6;

    /// <summary>Every interface that carries a group; the group itself when none does.</summary>
    public EndpointSet OfGroup(SecurityGroupId group, string? name = null)
    {
        var set = new EndpointSet(name ?? group.Value) { Group = group };
        if (FindGroup(group) is not { } index || MembersOf(index) is not { Length: > 0 } members) return set with { EmptyGroups = [group] };
        var places = members.SelectMany(PlacesOf).ToImmutableArray();
        return places.IsEmpty ? set with { EmptyGroups = [group] } : set with { Places = places };
    }

    /// <summary>An interface at all its addresses.</summary>
    public EndpointSet OfInterface(NetworkInterface nic, string? name = null) => new(name ?? nic.Id.Value) { Places = [.. PlacesOf(NicOf(nic.Id))] };

    /// <summary>One interface at one address, or one address outside.</summary>
    public EndpointSet OfEndpoint(Endpoint end, string? name = null)
    {
        var range = new AddressRange(end.Address.Bits, end.Address.Bits);
        if (end.Interface is { } nic) return new(name ?? end.Address.ToString()) { Places = [new Place(NicOf(nic.Id), end.Address.Family, range)] };
        var one = AddressSet.FromRanges(end.Address.Family, [range]);
        var set = new EndpointSet(name ?? end.Address.ToString());
        return end.Address.Family == IpFamily.V4 ? set with { OutsideV4 = one } : set with { OutsideV6 = one };
    }

    /// <summary>Every interface at an address of the blocks, and the rest of the blocks as addresses outside.</summary>
    public EndpointSet OfBlocks(string name, IEnumerable<Cidr> blocks)
    {
        var list = blocks.ToList();
        return OfAddresses(name, AddressSet.Of(IpFamily.V4, list), AddressSet.Of(IpFamily.V6, list));
    }

    /// <summary>Every interface at one of the addresses, and the rest of them as addresses outside.</summary>
    public EndpointSet OfAddresses(string name, AddressSet v4, AddressSet v6) => new(name)
    {
        Places = [.. v4.Ranges.SelectMany(r => Addresses.Within(IpFamily.V4, r)).Concat(v6.Ranges.SelectMany(r => Addresses.Within(IpFamily.V6, r)))],
        OutsideV4 = v4.Intersect(Unheld(IpFamily.V4)),
        OutsideV6 = v6.Intersect(Unheld(IpFamily.V6)),
    };

    /// <summary>Public addresses of both families outside every VPC of the estate.</summary>
    public EndpointSet Internet(string name = "internet") => new(name) { OutsideV4 = Internet(IpFamily.V4), OutsideV6 = Internet(IpFamily.V6), IsInternet = true };

    /// <summary>Every interface.</summary>
    public EndpointSet AllInterfaces(string name = "*") => new(name) { Places = Addresses.Places };

    /// <summary>Every interface and every address outside.</summary>
    public EndpointSet Everybody(string name = "*") => new(name)
    {
        Places = Addresses.Places,
        OutsideV4 = Unheld(IpFamily.V4),
        OutsideV6 = Unheld(IpFamily.V6),
    };

    /// <summary>Nobody.</summary>
    public static EndpointSet Nobody(string name) => new(name);

    /// <summary>The interfaces of a set, each once, in the estate's order.</summary>
    public ImmutableArray<NetworkInterface> InterfacesOf(EndpointSet set) =>
        [.. set.Places.Select(p => p.Nic).Distinct().Order().Select(n => Estate.NetworkInterfaces[n])];

    internal Endpoint EndpointOf(Place place) => Endpoint.Of(Estate.NetworkInterfaces[place.Nic], place.First);

    internal IEnumerable<Place> PlacesOf(int nic)
    {
        var found = Estate.NetworkInterfaces[nic];
        foreach (var address in found.Addresses) yield return new Place(nic, address.Family, new AddressRange(address.Bits, address.Bits));
        foreach (var prefix in found.Prefixes) yield return new Place(nic, prefix.Family, new AddressRange(prefix.Bits, prefix.Last.Bits));
    }

    private AddressSet Internet(IpFamily family) =>
        PublicSpace.InternetOf(family).Intersect(Unheld(family)).Subtract(AddressSet.Of(family, Estate.Vpcs.SelectMany(v => v.Cidrs)));

    /// <summary>True when some address of the range is held by no interface.</summary>
    internal bool IsPartlyUnheld(IpFamily family, AddressRange range) => Unheld(family).Overlaps(range);

    /// <summary>Addresses of a family that no interface holds.</summary>
    internal AddressSet Unheld(IpFamily family) => family == IpFamily.V4
        ? _unheldV4 ??= Addresses.HeldAddresses(family).Complement()
        : _unheldV6 ??= Addresses.HeldAddresses(family).Complement();
}

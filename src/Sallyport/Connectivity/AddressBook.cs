using System.Collections.Immutable;
using Sallyport.Connectivity.Tables;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity;

/// <summary>Which interface holds an address: private ones in their VPC, delegated prefixes, public associations.</summary>
public sealed class AddressBook
{
    private static readonly Comparer<Place> PlaceOrder = Comparer<Place>.Create((a, b) =>
        a.Family != b.Family ? a.Family.CompareTo(b.Family)
        : a.Range.First != b.Range.First ? a.Range.First.CompareTo(b.Range.First)
        : a.Range.Last != b.Range.Last ? a.Range.Last.CompareTo(b.Range.Last) : a.Nic.CompareTo(b.Nic));

    private readonly Estate _estate;
    private readonly Dictionary<Address, List<int>> _private = [];
    private readonly Dictionary<Address, (int Nic, Address Private)> _public = [];
    private readonly List<Place> _prefixes = [];

    internal AddressBook(Estate estate)
    {
        _estate = estate;
        _private.EnsureCapacity(estate.NetworkInterfaces.Length);
        var places = new List<Place>(estate.NetworkInterfaces.Length);
        for (var i = 0; i < estate.NetworkInterfaces.Length; i++)
        {
            var nic = estate.NetworkInterfaces[i];
            foreach (var address in nic.Addresses)
            {
                if (_private.TryGetValue(address, out var holders)) holders.Add(i);
                else _private.Add(address, [i]);
                places.Add(new Place(i, address.Family, new AddressRange(address.Bits, address.Bits)));
            }

            foreach (var prefix in nic.Prefixes)
            {
                var place = new Place(i, prefix.Family, new AddressRange(prefix.Bits, prefix.Last.Bits));
                _prefixes.Add(place);
                places.Add(place);
            }

            foreach (var (inside, outside) in nic.PublicAddresses) _public.TryAdd(outside, (i, inside));
        }

        places.Sort(PlaceOrder);
        Places = [.. places];
    }

    /// <summary>Every place of every interface, by family, address and interface.</summary>
    internal ImmutableArray<Place> Places { get; }

    /// <summary>Every address of a family that some interface holds.</summary>
    public AddressSet HeldAddresses(IpFamily family) =>
        AddressSet.FromRanges(family, Places.Where(p => p.Family == family).Select(p => p.Range));

    /// <summary>Interfaces that hold a private address, in the estate's order: several when VPCs overlap.</summary>
    public IReadOnlyList<NetworkInterface> HoldersOf(Address address) => [.. Holders(address).Select(n => _estate.NetworkInterfaces[n])];

    /// <summary>The interface that a public address is associated with, and its private address; null when there is none.</summary>
    public Endpoint? HolderOfPublic(Address address) =>
        _public.TryGetValue(address, out var found) ? Endpoint.Of(_estate.NetworkInterfaces[found.Nic], found.Private) : null;

    /// <summary>Indexes of the interfaces that hold a private address.</summary>
    internal IReadOnlyList<int> Holders(Address address)
    {
        IReadOnlyList<int> found = _private.TryGetValue(address, out var own) ? own : [];
        if (_prefixes.Count == 0) return found;

        // VPCs overlap: what is an address of its own in one may lie in a delegated prefix of another.
        return [.. found.Concat(_prefixes.Where(p => p.Family == address.Family && p.Range.First <= address.Bits && address.Bits <= p.Range.Last).Select(p => p.Nic)).Distinct().Order()];
    }

    /// <summary>Places within a range, by binary search on the sorted list; prefixes that merely overlap it are cut to it.</summary>
    internal IEnumerable<Place> Within(IpFamily family, AddressRange range)
    {
        var index = FirstAtOrAfter(family, range.First);
        for (var i = index; i < Places.Length && Places[i].Family == family && Places[i].Range.First <= range.Last; i++)
        {
            yield return Places[i] with { Range = new AddressRange(Places[i].Range.First, AddressNumber.Min(Places[i].Range.Last, range.Last)) };
        }

        foreach (var prefix in _prefixes.Where(p => p.Family == family && p.Range.First < range.First && p.Range.Last >= range.First))
        {
            yield return prefix with { Range = new AddressRange(range.First, AddressNumber.Min(prefix.Range.Last, range.Last)) };
        }
    }

    /// <summary>Indexes of delegated prefixes that begin before an address and hold it.</summary>
    internal IEnumerable<int> PrefixesOver(IpFamily family, AddressNumber bits)
    {
        foreach (var prefix in _prefixes)
        {
            if (prefix.Family == family && prefix.Range.First < bits && bits <= prefix.Range.Last) yield return Places.BinarySearch(prefix, PlaceOrder);
        }
    }

    /// <summary>Index of the first place of a family that starts at an address or after it.</summary>
    internal int FirstAtOrAfter(IpFamily family, AddressNumber bits)
    {
        var (low, high) = (0, Places.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            var place = Places[middle];
            if (place.Family < family || (place.Family == family && place.Range.First < bits)) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}

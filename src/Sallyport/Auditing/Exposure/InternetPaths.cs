using System.Collections.Concurrent;
using Sallyport.Connectivity;
using Sallyport.Connectivity.Networks;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Exposure;

/// <summary>
/// The effective layer between interfaces and the internet. Interfaces of one subnet that agree on having a public address are judged
/// once: routes and ACLs look at nothing else of them, unless an internet gateway has a route table of its own.
/// </summary>
internal sealed class InternetPaths
{
    private static readonly Address StandIn = Address.Parse("198.51.100.1");

    private readonly NetworkLayers _layers;
    private readonly HashSet<VpcId> _edged;
    private readonly ConcurrentDictionary<(string Place, IpFamily Family, Direction Direction, bool IsPublic), InternetPath> _known = [];

    public InternetPaths(Estate estate)
    {
        _layers = new NetworkLayers(estate);
        _edged = [.. estate.RouteTables.Where(t => !t.Gateways.IsEmpty).Select(t => t.Vpc)];
    }

    /// <summary>True when the interface has an address of the family that the internet knows.</summary>
    public static bool IsPublic(NetworkInterface nic, IpFamily family) => family == IpFamily.V4
        ? !nic.PublicAddresses.IsEmpty
        : nic.Addresses.Any(a => PublicSpace.InternetOf(IpFamily.V6).Contains(a));

    /// <summary>What public addresses may open to an interface, were it given a public address; null when it has no address of the family.</summary>
    public InternetPath? Into(NetworkInterface nic, IpFamily family)
    {
        if (AddressOf(nic, family) is not { } address) return null;
        var known = IsPublic(nic, family) || family == IpFamily.V6 ? nic : nic with { PublicAddresses = [new(address, StandIn)] };
        return Of(known, address, Direction.Ingress, isPublic: true);
    }

    /// <summary>What an interface may open to public addresses, as it is; null when it has no address of the family.</summary>
    public InternetPath? OutOf(NetworkInterface nic, IpFamily family) =>
        AddressOf(nic, family) is { } address ? Of(nic, address, Direction.Egress, IsPublic(nic, family)) : null;

    private InternetPath Of(NetworkInterface nic, Address address, Direction direction, bool isPublic)
    {
        var isAlone = nic.Subnet is null || nic.Vpc is not { } vpc || _edged.Contains(vpc) || nic.InterfaceType is "natGateway" or "nat_gateway";
        var key = (isAlone ? nic.Id.Value : nic.Subnet!.Value.Value, address.Family, direction, isPublic);
        return _known.TryGetValue(key, out var path) ? path : _known.GetOrAdd(key, Make(nic, address, direction));
    }

    // Of several addresses the one that the internet knows decides whether the interface is there.
    private static Address? AddressOf(NetworkInterface nic, IpFamily family)
    {
        if (family == IpFamily.V4 && nic.PublicAddresses is [var (inside, _), ..]) return inside;
        Address? any = null;
        foreach (var address in nic.Addresses)
        {
            if (address.Family != family) continue;
            if (family == IpFamily.V4 || PublicSpace.InternetOf(family).Contains(address)) return address;
            any ??= address;
        }

        return any;
    }

    private InternetPath Make(NetworkInterface nic, Address address, Direction direction)
    {
        var inside = Endpoint.Of(nic, address);
        var parts = new Dictionary<Passage, List<AddressRange>>();
        string? gap = null;
        foreach (var range in Stretches(nic, address.Family))
        {
            var outside = Endpoint.Outside(new Address(address.Family, range.First));
            var judged = direction == Direction.Ingress ? _layers.Judge(outside, inside) : _layers.Judge(inside, outside);
            var through = judged.Nacl.And(judged.Route);
            var passage = new Passage(through.Allowed, through.Unknown);
            if (!passage.Unknown.IsEmpty) gap ??= judged.Notes.FirstOrDefault(n => n.IsGap)?.Text.TrimEnd('.') ?? $"something between {nic.Subnet?.Value ?? nic.Id.Value} and the internet was not read";
            if (passage.IsNothing) continue;
            if (!parts.TryGetValue(passage, out var ranges)) parts.Add(passage, ranges = []);
            ranges.Add(range);
        }

        return new InternetPath([.. parts.Select(p => (AddressSet.FromRanges(address.Family, p.Value), p.Key))], gap);
    }

    /// <summary>Public addresses in pieces within which nothing changes.</summary>
    private IEnumerable<AddressRange> Stretches(NetworkInterface nic, IpFamily family)
    {
        var cuts = _layers.CutsFor(nic, family).ToArray();
        foreach (var range in PublicSpace.Of(family).Ranges)
        {
            var first = range.First;
            var next = Array.BinarySearch(cuts, first);
            next = next < 0 ? ~next : next + 1;
            for (; next < cuts.Length && cuts[next] <= range.Last; next++)
            {
                yield return new AddressRange(first, cuts[next] - 1);
                first = cuts[next];
            }

            yield return new AddressRange(first, range.Last);
        }
    }
}

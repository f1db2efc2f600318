using System.Collections.Concurrent;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Networks;

/// <summary>
/// Where judgements against an interface may change along the addresses outside: the edges of every route and ACL entry on any
/// way from its subnet, and the few addresses that are something of their own.
/// </summary>
internal sealed class NetworkCuts(NetworkMap map)
{
    private readonly ConcurrentDictionary<(SubnetId, IpFamily), AddressNumber[]> _known = new();

    /// <summary>First addresses of the stretches; sorted, each once.</summary>
    public IReadOnlyList<AddressNumber> For(NetworkInterface nic, IpFamily family)
    {
        var places = nic.Subnet is null ? nic.Addresses.Select(a => map.PlaceOf(nic, a)) : [map.PlaceOf(nic.Subnet)];
        var found = places.OfType<SubnetPlace>().Distinct().ToList();
        return found is [var only] ? CutsOf(only, family) : [.. found.SelectMany(p => CutsOf(p, family)).Concat(General(nic.Vpc, family)).Distinct().Order()];
    }

    private AddressNumber[] CutsOf(SubnetPlace place, IpFamily family) =>
        _known.GetOrAdd((place.Id, family), _ => [.. General(place.Vpc, family).Concat(Edges(place, family)).Distinct().Order()]);

    private IEnumerable<AddressNumber> General(VpcId? vpc, IpFamily family)
    {
        var own = vpc is { } id && map.Estate.Index.Vpcs.TryGetValue(id, out var known) ? known : null;
        var single = UnfilteredServices.AddressesOf(family, own).Concat(map.NatAddresses(vpc).Where(a => a.Family == family));
        return EdgesOf(single.Select(a => new AddressRange(a.Bits, a.Bits)).Concat(PublicSpace.InternetOf(family).Ranges), family)
            .Concat(family == IpFamily.V6 ? EdgesOf([new AddressRange(PublicSpace.Nat64.Bits, PublicSpace.Nat64.Last.Bits)], family) : []);
    }

    private IEnumerable<AddressNumber> Edges(SubnetPlace start, IpFamily family)
    {
        var (seen, waiting) = (new HashSet<SubnetPlace> { start }, new Queue<SubnetPlace>([start]));
        while (waiting.TryDequeue(out var place))
        {
            foreach (var cut in EdgesOf(RangesOf(place, family), family)) yield return cut;
            foreach (var choice in place.Routes?.Choices(family) ?? [])
            {
                foreach (var cut in EdgesOf(RangesBehind(choice, place.Vpc, family), family)) yield return cut;
                foreach (var next in PlacesBehind(choice, place.Vpc))
                {
                    if (seen.Add(next)) waiting.Enqueue(next);
                }
            }
        }
    }

    private static IEnumerable<AddressRange> RangesOf(SubnetPlace place, IpFamily family)
    {
        foreach (var range in place.Routes?.Ranges(family) ?? []) yield return range;
        if (place.Acl is not { } acl) yield break;
        foreach (var direction in new[] { Direction.Ingress, Direction.Egress })
        {
            foreach (var slab in acl.Side(direction, family).Slabs) yield return slab.Range;
        }
    }

    private IEnumerable<AddressRange> RangesBehind(RouteChoice choice, VpcId vpc, IpFamily family) => choice.Kind switch
    {
        RouteKind.Peering when map.PeeringOf(choice.Target) is { } peering =>
            new[] { peering.Requester.Vpc, peering.Accepter.Vpc }.SelectMany(v => BlocksOf(v, family)),
        RouteKind.Transit => TransitRoutes(choice.Target, vpc)?.Ranges(family) ?? [],
        _ => [],
    };

    private IEnumerable<AddressRange> BlocksOf(VpcId vpc, IpFamily family) => map.Estate.Index.Vpcs.TryGetValue(vpc, out var known)
        ? known.Cidrs.Where(c => c.Family == family).Select(c => new AddressRange(c.Bits, c.Last.Bits))
        : [];

    private IEnumerable<SubnetPlace> PlacesBehind(RouteChoice choice, VpcId vpc)
    {
        switch (choice.Kind)
        {
            case RouteKind.Nat:
                return map.GatewayOf(choice.Target) is { } nat && map.PlaceOf(nat.Subnet) is { } place ? [place] : [];
            case RouteKind.Transit:
                var attachments = TransitAttachments(choice.Target, vpc);
                return attachments.SelectMany(a => a.Subnets.IsEmpty ? map.PlacesOf(a.Vpc) : a.Subnets.Select(s => map.PlaceOf(s)!));
            default:
                return [];
        }
    }

    private IEnumerable<TransitGatewayAttachment> TransitAttachments(string gateway, VpcId vpc)
    {
        if (map.AttachmentOf(gateway, vpc) is not { } own) yield break;
        yield return own;
        if (TransitRoutes(gateway, vpc) is not { } routes) yield break;
        foreach (var target in new[] { IpFamily.V4, IpFamily.V6 }.SelectMany(routes.Choices).Select(c => c.Target).Distinct(StringComparer.Ordinal))
        {
            if (map.AttachmentOf(target) is { } far) yield return far;
        }
    }

    private CompiledRoutes? TransitRoutes(string gateway, VpcId vpc) =>
        map.AttachmentOf(gateway, vpc) is { } own && map.TransitTableOf(own.Id) is { } table ? map.TransitRoutesOf(table) : null;

    private static IEnumerable<AddressNumber> EdgesOf(IEnumerable<AddressRange> ranges, IpFamily family)
    {
        foreach (var range in ranges)
        {
            yield return range.First;
            if (range.Last < Address.Max(family)) yield return range.Last + 1;
        }
    }
}

using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Networks;

/// <summary>
/// A route table with longest prefix worked out: disjoint sorted ranges, each with the route that wins there. Serves subnets,
/// gateways and transit gateways alike.
/// </summary>
internal sealed class CompiledRoutes
{
    private readonly ImmutableArray<Slab> _v4;
    private readonly ImmutableArray<Slab> _v6;

    private CompiledRoutes(string id, IEnumerable<RouteChoice> choices)
    {
        Id = id;
        var best = new Dictionary<Cidr, RouteChoice>();
        foreach (var choice in choices)
        {
            if (!best.TryGetValue(choice.Destination, out var known) || Rank(choice) < Rank(known)) best[choice.Destination] = choice;
        }

        _v4 = Sweep([.. best.Values.Where(c => c.Destination.Family == IpFamily.V4)]);
        _v6 = Sweep([.. best.Values.Where(c => c.Destination.Family == IpFamily.V6)]);
    }

    /// <summary>The table's id.</summary>
    public string Id { get; }

    /// <summary>True when part of the table was not understood: then any address may be routed by what is missing.</summary>
    public bool IsIncomplete { get; private init; }

    /// <summary>Routes to prefix lists whose entries were not read; the families they may concern.</summary>
    public ImmutableArray<UnreadRoute> Unread { get; private init; } = [];

    /// <summary>Every block that decides something, of one family.</summary>
    public IEnumerable<AddressRange> Ranges(IpFamily family) => (family == IpFamily.V4 ? _v4 : _v6).Select(s => s.Range);

    /// <summary>The routes that win somewhere, of one family.</summary>
    public IEnumerable<RouteChoice> Choices(IpFamily family) => (family == IpFamily.V4 ? _v4 : _v6).Select(s => s.Choice).Distinct();

    /// <summary>
    /// Makes the table ready. The VPC's own blocks are local whether or not the table says so (templates do not), unless it sends
    /// exactly such a block elsewhere.
    /// </summary>
    public static CompiledRoutes Of(string id, IEnumerable<Route> routes, IEnumerable<Cidr> vpcBlocks, Estate estate, Func<Route, RouteKind> kindOf, bool isIncomplete)
    {
        var choices = new List<RouteChoice>();
        var unread = ImmutableArray.CreateBuilder<UnreadRoute>();
        foreach (var route in routes)
        {
            var kind = kindOf(route);
            if (route.Destination is { } block) choices.Add(new RouteChoice(kind, route, block));
            else if (route.DestinationPrefixList is { } list) AddList(list, route, kind);
        }

        var local = new Route { Target = "local" };
        foreach (var block in vpcBlocks)
        {
            if (!choices.Exists(c => c.Route.Destination == block)) choices.Add(new RouteChoice(RouteKind.Local, local with { Destination = block }, block));
        }

        // A VPN may announce part of the VPC's own space; EC2 keeps such packets local.
        var own = choices.Where(c => c.Kind == RouteKind.Local).Select(c => c.Destination).ToList();
        choices.RemoveAll(c => IsPropagated(c.Route) && own.Exists(b => b.Contains(c.Destination)));
        return new CompiledRoutes(id, choices) { Unread = unread.DrainToImmutable(), IsIncomplete = isIncomplete };

        void AddList(PrefixListId list, Route route, RouteKind kind)
        {
            if (estate.Index.EntriesOf(list) is { } entries)
            {
                foreach (var entry in entries) choices.Add(new RouteChoice(kind, route, entry.Cidr));
                return;
            }

            estate.Index.PrefixLists.TryGetValue(list, out var known);
            unread.Add(new UnreadRoute(route, kind, list, known?.Family, kind == RouteKind.Service || known?.IsAwsManaged == true));
        }
    }

    /// <summary>The route that wins for an address; null when none matches.</summary>
    public RouteChoice? At(Address address)
    {
        var slabs = address.Family == IpFamily.V4 ? _v4 : _v6;
        var (low, high) = (0, slabs.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var range = slabs[middle].Range;
            if (range.Last < address.Bits) low = middle + 1;
            else if (range.First > address.Bits) high = middle - 1;
            else return slabs[middle].Choice;
        }

        return null;
    }

    // Of one destination a static route wins over a prefix list's, and that over a propagated one. (VPC guide, "Route priority")
    private static int Rank(RouteChoice choice) => choice.Route.DestinationPrefixList is not null ? 1 : IsPropagated(choice.Route) ? 2 : 0;

    private static bool IsPropagated(Route route) => route.Target.StartsWith("vgw-", StringComparison.Ordinal);

    // Blocks nest or are disjoint, so a stack of the open ones tells the longest at every address.
    private static ImmutableArray<Slab> Sweep(List<RouteChoice> choices)
    {
        var slabs = ImmutableArray.CreateBuilder<Slab>();
        var open = new Stack<RouteChoice>();
        AddressNumber next = 0;
        foreach (var choice in choices.OrderBy(c => c.Destination))
        {
            CloseBefore(choice.Destination.Bits);
            if (open.TryPeek(out var around) && next < choice.Destination.Bits) slabs.Add(new Slab(new AddressRange(next, choice.Destination.Bits - 1), around));
            open.Push(choice);
            next = choice.Destination.Bits;
        }

        CloseBefore(null);
        return slabs.DrainToImmutable();

        void CloseBefore(AddressNumber? first)
        {
            while (open.TryPeek(out var top) && (first is null || top.Destination.Last.Bits < first))
            {
                var last = top.Destination.Last.Bits;
                if (next <= last) slabs.Add(new Slab(new AddressRange(next, last), top));
                open.Pop();
                if (last == AddressNumber.MaxValue)
                {
                    open.Clear();
                    return;
                }

                next = last + 1;
            }
        }
    }

    private readonly record struct Slab(AddressRange Range, RouteChoice Choice);
}

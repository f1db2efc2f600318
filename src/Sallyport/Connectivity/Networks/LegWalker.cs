using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Networks;

/// <summary>
/// Follows a packet in one direction: the table of each subnet it comes to, the gateways it passes, the borders it crosses.
/// (reference: reachability-and-synthesis §4.2)
/// </summary>
internal sealed partial class LegWalker
{
    private const int MostHops = 8;

    private readonly NetworkMap _map;
    private readonly Leg _leg;
    private readonly Station _to;
    private readonly bool _opens;
    private ImmutableArray<SubnetPlace> _at;
    private ImmutableArray<SubnetPlace> _contestedAt = [];
    private bool _isDone;

    private LegWalker(NetworkMap map, Station from, Station to, bool opens)
    {
        _map = map;
        _leg = new Leg(from);
        _to = to;
        _opens = opens;
        _at = from.Place?.Alone ?? [];
    }

    /// <summary>Walks from something of the estate towards an address.</summary>
    /// <param name="map">The network.</param>
    /// <param name="from">Who sends; held by something.</param>
    /// <param name="to">Where to.</param>
    /// <param name="opens">
    /// True for the packet that opens the connection. Only that one may be led elsewhere by a gateway endpoint whose list was not
    /// read: who opened a connection from outside is no such service, so the answer does not go there.
    /// </param>
    public static Leg Walk(NetworkMap map, Station from, Station to, bool opens)
    {
        var walker = new LegWalker(map, from, to, opens);
        walker.Walk();
        return walker._leg;
    }

    private void Walk()
    {
        if (_at.IsEmpty)
        {
            Cross(new AclPass(null, Direction.Egress, _to.Address));
            _leg.Lose(_leg.Sender.ToString(), $"The subnet of {_leg.Sender} was not read.");
            return;
        }

        if (_to.Nic is not null && _to.Place is null && (_to.Vpc is null || _to.Vpc == _at[0].Vpc))
        {
            // It may be the very same subnet, where no ACL stands.
            Cross(new AclPass(null, Direction.Egress, _to.Address));
            _leg.Lose(_to.ToString(), $"The subnet of {_to} was not read.");
            return;
        }

        for (var hop = 0; hop < MostHops && !_isDone; hop++) Hop();
        if (!_isDone)
        {
            CrossTowardsTarget();
            _leg.Stop(_at[0].Routes!.Id, $"The routes to {_to.Address} lead round in a circle.");
        }

        if (_leg.IsContested) CrossToService();
    }

    private void Hop()
    {
        if (_at.Length == 1 && _to.IsHeld && ReferenceEquals(_at[0], _to.Place))
        {
            Finish(LegEnd.Delivered);
            return;
        }

        if (!TryChoose(out var table, out var choice)) return;
        if (choice is null) StopHere(table, $"{table} has no route to {_to.Address}.");
        else Follow(table, choice);
    }

    private void Follow(string table, RouteChoice choice)
    {
        switch (choice.Kind)
        {
            case RouteKind.Local: Arrive(_at[0].Vpc, table); break;
            case RouteKind.Internet or RouteKind.EgressOnlyInternet: LeaveForInternet(choice); break;
            case RouteKind.Nat: PassNat(choice.Target); break;
            case RouteKind.Peering: PassPeering(choice.Target); break;
            case RouteKind.Transit: PassTransit(choice.Target); break;
            case RouteKind.Service: LeaveForService(choice.Target); break;
            case RouteKind.Middlebox: MeetMiddlebox(choice.Route, table); break;
            case RouteKind.Blackhole: StopHere(table, $"The route of {table} to {choice.Destination} is a blackhole."); break;
            default: LoseBeyond(choice.Target, $"The far side of {NameOf(choice.Target)} was not read."); break;
        }
    }

    /// <summary>The winning route, the same in every subnet the packet may be in; false when the leg ended instead.</summary>
    private bool TryChoose(out string table, out RouteChoice? choice)
    {
        (table, choice) = (string.Empty, null);
        var isFirst = true;
        foreach (var place in _at)
        {
            if (place.Routes is not { IsIncomplete: false } routes)
            {
                LoseBeyond(place.Routes?.Id ?? place.Id.Value, place.Routes is null
                    ? $"The route table of {place.Id} was not read."
                    : $"{place.Routes.Id} was not wholly read.");
                return false;
            }

            var found = routes.At(_to.Address);
            if (IsTakenByUnread(routes, found)) return false;
            if (!isFirst && (found?.Target != choice?.Target || found?.Kind != choice?.Kind))
            {
                LoseBeyond(routes.Id, $"{table} and {routes.Id} route {_to.Address} differently, and which of them is used was not read.");
                return false;
            }

            (table, choice, isFirst) = (routes.Id, found, false);
        }

        return true;
    }

    /// <summary>True when a route whose list was not read may win, and the leg ended for that.</summary>
    private bool IsTakenByUnread(CompiledRoutes routes, RouteChoice? best)
    {
        foreach (var rival in routes.Unread)
        {
            if (!rival.MayDecide(_to.Address, best)) continue;
            var note = $"The entries of {rival.List} were not read: {routes.Id} may send {_to.Address} to {NameOf(rival.Route.Target)}.";
            if (rival.Kind == RouteKind.Service)
            {
                if (_opens && !_to.IsHeld && best?.Kind != RouteKind.Service && !_leg.IsContested) Contest(rival, note);
                continue;
            }

            LoseBeyond(rival.List.Value, note);
            return true;
        }

        return false;
    }

    private void Contest(UnreadRoute rival, string note)
    {
        if (_map.EndpointOf(rival.Route.Target) is { } endpoint && !IsUsable(endpoint.State))
        {
            _leg.IsDoubtful = true;
        }
        else
        {
            _leg.ContestedFrom = _leg.Senders.Count - 1;
            _contestedAt = _at;
        }

        _leg.Notes.Add(new PathNote(Layer.Route, rival.List.Value, note) { IsGap = true });
    }

    /// <summary>Inside a VPC: to the target if it is there.</summary>
    private void Arrive(VpcId vpc, string by)
    {
        if (_to.IsHeld && _to.Vpc == vpc)
        {
            Cross(_at, _to.Place);
            Finish(LegEnd.Delivered);
        }
        else if (!_to.IsHeld && (_to.Vpc is null || _to.Vpc == vpc) && _map.MayHideInterfaces(vpc))
        {
            CrossOut();
            _leg.Lose(vpc.Value, $"The interfaces of {vpc} were not read; one of them may hold {_to.Address}.");
            _isDone = true;
        }
        else
        {
            StopHere(by, $"{by} keeps {_to.Address} inside {vpc}, where no interface holds it.");
        }
    }

    private void LeaveForInternet(RouteChoice choice)
    {
        var id = choice.Target;
        var vpc = _at[0].Vpc;
        if (_map.GatewayOf(id) is { } gateway && !gateway.Vpcs.Contains(vpc)) StopHere(id, $"{id} is not attached to {vpc}.");
        else if (choice.Kind == RouteKind.EgressOnlyInternet && _to.Address.Family == IpFamily.V4) StopHere(id, $"{id} carries IPv6 only.");
        else if (choice.Kind == RouteKind.EgressOnlyInternet && !_opens) StopHere(id, $"The answer to {_to.Address} would leave through {id}, which lets no connection in.");
        else if (_leg.Sender.OnTheInternet is null) StopHere(id, $"{id} carries nothing for {_leg.Sender}, which has no public address for {_leg.Sender.Address}.");
        else if (!IsOnTheInternet(_to)) StopHere(id, $"{_to.Address} is not an address of the internet, and {id} leads nowhere else.");
        else
        {
            CrossOut();
            _leg.Exit = choice;
            _leg.HidesGroups |= _to.IsHeld;
            Finish(LegEnd.Internet);
        }
    }

    private void LeaveForService(string id)
    {
        if (_map.EndpointOf(id) is { } endpoint && !IsUsable(endpoint.State)) StopHere(id, $"{id} is {endpoint.State}.");
        else if (_to.IsHeld) StopHere(id, $"{id} leads to a service of AWS, not to {_to}.");
        else if (!_opens) StopHere(id, $"The answer to {_to.Address} would leave through {id}, where no connection comes in.");
        else
        {
            CrossOut();
            Finish(LegEnd.Service);
        }
    }

    private void MeetMiddlebox(Route route, string table)
    {
        if (_to.Nic is { } target && (route.Interface == target.Id || route.Target == target.Id.Value))
        {
            Arrive(_at[0].Vpc, table);
            return;
        }

        var name = route.Target.Length > 0 ? route.Target : route.Interface?.Value ?? "an appliance";
        _leg.HidesGroups = true;
        var places = PlacesOf(route);
        if (!places.IsEmpty && !places.Any(p => p is null || _at.Contains(p))) CrossOut();
        _leg.Lose(name, $"{table} sends {_to.Address} through {name}, which decides by itself what gets through.");
        _isDone = true;
    }

    /// <summary>Subnets of an appliance's interfaces, null for one not known; empty when its interfaces are not known.</summary>
    private ImmutableArray<SubnetPlace?> PlacesOf(Route route)
    {
        if (_map.EndpointOf(route.Target) is { } endpoint) return [.. endpoint.Interfaces.Select(PlaceOf)];
        if (route.Interface is { } id) return [PlaceOf(id)];
        return route.Target.StartsWith("eni-", StringComparison.Ordinal) ? [PlaceOf(new NetworkInterfaceId(route.Target))] : [];
    }

    private SubnetPlace? PlaceOf(NetworkInterfaceId id) =>
        _map.InterfaceOf(id) is { Addresses: [var first, ..] } nic ? _map.PlaceOf(nic, first) : null;

    private static bool IsOnTheInternet(Station station) =>
        PublicSpace.InternetOf(station.Address.Family).Contains(station.Address) && (station.IsHeld ? station.Address.Family == IpFamily.V6 : station.Vpc is null);

    private static bool IsUsable(string state) => state.Length == 0 || string.Equals(state, "available", StringComparison.OrdinalIgnoreCase);

    private static string NameOf(string target) => target.Length > 0 ? target : "a route without a known target";
}

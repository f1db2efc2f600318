using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Networks;

/// <summary>Judges one connection: walks there, walks back, and puts together what stands on both ways.</summary>
internal sealed class PathJudge
{
    private static readonly ServiceSet CarriedByNat = ServiceSet.FromIntervals(
        [.. new[] { Protocol.Tcp, Protocol.Udp, Protocol.Icmp }.Select(p => new Interval(ServiceLine.StartOf(p), ServiceLine.EndOf(p)))]);

    private readonly NetworkMap _map;
    private readonly AclCrossings _crossings;
    private readonly List<PathNote> _notes = [];
    private Passage _route = Passage.Everything;
    private bool _hidesGroups;

    public PathJudge(NetworkMap map, AnswerPorts clientPorts, AnswerPorts natPorts)
    {
        _map = map;
        _crossings = new AclCrossings(clientPorts, natPorts);
    }

    /// <summary>True for the interface of a NAT gateway.</summary>
    public static bool IsNat(NetworkInterface nic) => nic.InterfaceType is "natGateway" or "nat_gateway";

    /// <summary>Judges it; an object judges once.</summary>
    public PathJudgement Judge(Endpoint from, Endpoint to)
    {
        var (a, b) = (StationOf(from), StationOf(to));
        NoteFreeSender(from);
        Address? seenAs = null;
        if (from.Address.Family != to.Address.Family) Stop(string.Empty, $"{from.Address} and {to.Address} are of two families.");
        else if (a.Nic is not null && a.Nic.Id == b.Nic?.Id) return Result(a, b, seenAs: null);
        else if (a.IsHeld) seenAs = JudgeOutwards(a, b);
        else if (b.IsHeld) JudgeInwards(a, b);
        else Lose(string.Empty, $"Neither {from.Address} nor {to.Address} is an address of an interface that was read.");
        if (a.Nic is not null && IsNat(a.Nic)) _route = _route.Within(CarriedByNat);
        RefuseAtNat(a, b);
        return Result(a, b, seenAs);
    }

    private Station StationOf(Endpoint end)
    {
        if (end.Interface is not { } nic) return new Station(end.Address, end.Vpc, Place: null, Nic: null, Nat: null);
        var place = _map.PlaceOf(nic, end.Address);
        return new Station(end.Address, nic.Vpc ?? place?.Vpc, place, nic, Nat: null);
    }

    /// <summary>From something of the estate; gives the address the target sees when it is another one.</summary>
    private Address? JudgeOutwards(Station a, Station b)
    {
        var there = LegWalker.Walk(_map, a, b, opens: true);
        Take(there);
        _crossings.AddThere(there.Crossings);
        switch (there.End)
        {
            case LegEnd.Delivered:
                JudgeBack(there, there.Senders.Count - 1, b, b.Address);
                break;
            case LegEnd.Internet when b.IsHeld:
                JudgeOverInternet(there, b);
                break;
            case LegEnd.Internet:
                EnterFromInternet(there.Exit!.Target, there.Sender, b.Address, isAnswer: true, there.IsContested);
                JudgeBack(there, there.Senders.Count - 1, there.Sender, b.Address);
                break;
            case LegEnd.Service:
                CrossBack(there.Sender, b.Address, there.IsContested);
                JudgeBack(there, there.Senders.Count - 1, there.Sender, b.Address);
                break;
            default:
                JudgeBackOfBroken(there, a, b);
                return null;
        }

        if (there.ContestedFrom is { } index)
        {
            CrossBack(there.Senders[index], b.Address, isContested: !there.IsServiceBorderShared);
            return null;
        }

        if (there.End == LegEnd.Internet) return Published(there);
        return there.Senders.Count > 1 ? there.Sender.Address : null;
    }

    private Address? Published(Leg there)
    {
        if (there.Sender.OnTheInternet is not { } seen || seen == there.Senders[0].Address) return null;
        var gateway = there.Exit!.Target;
        _notes.Add(new PathNote(Layer.Route, gateway, $"{gateway} shows {seen} in place of {there.Sender.Address}."));
        return seen;
    }

    /// <summary>
    /// The answer, from where the packet arrived, through each NAT gateway that lent its address, to the source. All along it carries the
    /// target's address as its source.
    /// </summary>
    private void JudgeBack(Leg there, int last, Station answering, Address target)
    {
        var sender = answering;
        for (var i = last; i >= 0; i--)
        {
            var to = there.Senders[i];
            if (!ReferenceEquals(to, sender)) WalkBack(sender with { Address = target }, to, i >= there.ContestedFrom);
            sender = to;
        }

        if (last == 0) return;
        var carried = _route.Within(CarriedByNat);
        _route = there.ContestedFrom == 0 && last > 0 ? new Passage(carried.Allowed, _route.Possible) : carried;
    }

    private void WalkBack(Station from, Station to, bool isContested)
    {
        var back = LegWalker.Walk(_map, from, to, opens: false);
        Take(back, isContested);
        _crossings.AddBack(back.Crossings.Select(c => c with { IsContested = c.IsContested || isContested }), to.Nat is not null);
        if (back.End == LegEnd.Internet) Stop(back.Exit!.Target, $"The answer to {to.Address} would leave through {back.Exit.Target}.", isContested);
    }

    /// <summary>IPv6 from one VPC to another that has no other way: out and in again.</summary>
    private void JudgeOverInternet(Leg there, Station b)
    {
        var back = LegWalker.Walk(_map, b, there.Sender, opens: false);
        Take(back);
        _crossings.AddBack(back.Crossings, isToNat: false);
        if (back.End == LegEnd.Internet)
        {
            EnterFromInternet(back.Exit!.Target, b, there.Sender.Address, isAnswer: false, isContested: false);
            EnterFromInternet(there.Exit!.Target, there.Sender, b.Address, isAnswer: true, isContested: false);
        }
        else if (back.End == LegEnd.Delivered)
        {
            Stop(there.Exit!.Target, $"{b} answers {there.Sender.Address} another way than through the internet.");
        }
    }

    /// <summary>The way there is broken or not known: what else certainly blocks is told all the same.</summary>
    private void JudgeBackOfBroken(Leg there, Station a, Station b)
    {
        var last = there.ContestedFrom ?? there.Senders.Count - 1;
        var sender = there.Senders[last];
        if (last == 0 && there.End == LegEnd.Stopped && b.Place is not null) WalkBack(b, a, isContested: false);
        else if (there.IsContested) CrossBack(sender, b.Address, isContested: !there.IsServiceBorderShared);
        else if (there.HasLeftSender && !(b.IsHeld && b.Place is null)) CrossBack(sender, b.Address, isContested: false);
        JudgeBack(there, last, sender, b.Address);
    }

    /// <summary>From outside: the way in is the one the answer takes, so the answer is walked first.</summary>
    private void JudgeInwards(Station a, Station b)
    {
        var back = LegWalker.Walk(_map, b, a, opens: false);
        Take(back);

        // Behind an appliance the packet may come in with another source.
        _crossings.AddThere([new Crossing([[new AclPass(b.Place, Direction.Ingress, a.Address)]], IsContested: back.HidesGroups)]);
        _crossings.AddBack(back.Crossings, isToNat: false);
        if (back.End == LegEnd.Internet) CheckEdge(back.Exit!.Target, b);
    }

    /// <summary>In through an internet gateway to something of the estate.</summary>
    private void EnterFromInternet(string gateway, Station target, Address far, bool isAnswer, bool isContested)
    {
        CheckEdge(gateway, target, isContested);
        if (isAnswer) CrossBack(target, far, isContested);
        else _crossings.AddThere([new Crossing([[new AclPass(target.Place, Direction.Ingress, far)]], isContested)]);
    }

    private void CrossBack(Station target, Address far, bool isContested) =>
        _crossings.AddBack([new Crossing([[new AclPass(target.Place, Direction.Ingress, far)]], isContested)], target.Nat is not null);

    private void CheckEdge(string gateway, Station target, bool isContested = false)
    {
        if (_map.EdgeTableOf(gateway) is not { } table) return;
        if (table.IsIncomplete)
        {
            Lose(table.Id, $"{table.Id} was not wholly read.");
            return;
        }

        var choice = table.At(target.Address);
        switch (choice?.Kind)
        {
            case null or RouteKind.Local:
                break;
            case RouteKind.Middlebox when choice.Route.Interface is { } held && held == target.Nic?.Id:
                break;
            case RouteKind.Middlebox:
                _hidesGroups = true;
                Lose(choice.Target, $"{table.Id} sends what comes in through {gateway} for {target.Address} to {choice.Target}, which decides by itself what gets through.");
                break;
            case RouteKind.Blackhole:
                Stop(table.Id, $"The route of {table.Id} to {choice.Destination} is a blackhole.", isContested);
                break;
            default:
                Lose(choice.Target, $"What {table.Id} makes of {target.Address} is not judged.");
                break;
        }
    }

    private void RefuseAtNat(Station a, Station b)
    {
        var nat = _map.NatAt(b.Address, b.Vpc ?? a.Vpc)?.Id ?? (b.Nic is not null && IsNat(b.Nic) ? b.Nic.Id.Value : null);
        if (nat is null || (b.Nic is not null && !IsNat(b.Nic))) return;
        Stop(nat, $"{nat} accepts no new connection.");
    }

    private void NoteFreeSender(Endpoint from)
    {
        if (from.Interface is { SourceDestCheck: false } free)
        {
            _notes.Add(new PathNote(Layer.Route, free.Id.Value, $"{free.Id} has its source/destination check off and may send from any address."));
        }
    }

    // A packet that may not come to the leg at all is not certainly stopped by it.
    private void Take(Leg leg, bool isContested = false)
    {
        _notes.AddRange(isContested ? leg.Notes.Select(n => n with { Stops = ServiceSet.Empty }) : leg.Notes);
        _hidesGroups |= leg.HidesGroups;
        if (leg.End == LegEnd.Stopped && !isContested) _route = Passage.Nothing;
        else if (leg.End is LegEnd.Stopped or LegEnd.Unknown || leg.IsDoubtful) _route = _route.And(Passage.NotKnown);
    }

    private void Stop(string resource, string text, bool isContested = false)
    {
        _route = isContested ? _route.And(Passage.NotKnown) : Passage.Nothing;
        _notes.Add(new PathNote(Layer.Route, resource, text) { Stops = isContested ? ServiceSet.Empty : ServiceSet.Any });
    }

    private void Lose(string resource, string text)
    {
        _route = _route.And(Passage.NotKnown);
        _notes.Add(new PathNote(Layer.Route, resource, text) { IsGap = true });
    }

    private PathJudgement Result(Station a, Station b, Address? seenAs)
    {
        var (nacl, partly) = _crossings.Judge();
        var unfiltered = b.IsHeld || !a.IsHeld ? ServiceSet.Empty : UnfilteredServices.To(b.Address, VpcOf(a));
        if (!unfiltered.IsEmpty)
        {
            var open = new Passage(unfiltered, ServiceSet.Empty);
            (nacl, _route, partly) = (nacl.Or(open), _route.Or(open), partly.Subtract(unfiltered));
        }

        return new PathJudgement
        {
            Nacl = nacl,
            Route = _route,
            PartlyAnswered = partly,
            ReferencesApply = !_hidesGroups,
            SourceSeenAs = seenAs,
            Notes = [.. _notes.Concat(_crossings.Notes()).Distinct()],
        };
    }

    private Vpc? VpcOf(Station station) => station.Vpc is { } id && _map.Estate.Index.Vpcs.TryGetValue(id, out var vpc) ? vpc : null;
}

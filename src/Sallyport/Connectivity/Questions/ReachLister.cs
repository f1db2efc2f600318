using Sallyport.Connectivity.Tables;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Questions;

/// <summary>Lists everything that reaches a set of ends, or that the set reaches, directly or over several interfaces.</summary>
public sealed class ReachLister
{
    private readonly ConnectivityModel _model;
    private readonly Reacher _reacher;

    /// <summary>Lists from this model.</summary>
    public ReachLister(ConnectivityModel model)
    {
        _model = model;
        _reacher = new Reacher(model);
    }

    /// <summary>On which services; null, the default, for any.</summary>
    public ServiceSet? Services { get; init; }

    /// <summary>Who reaches the set. With <paramref name="isEffective"/> each one is also judged through every layer.</summary>
    public ReachList SourcesOf(EndpointSet to, bool isEffective = false, CancellationToken cancellationToken = default) =>
        List(to, Direction.Ingress, isEffective, cancellationToken);

    /// <summary>
    /// Whom the set reaches: directly, and with more <paramref name="hops"/> whom those reach in turn ("assume breach"), each
    /// interface once, at its first hop.
    /// </summary>
    public ReachList TargetsOf(EndpointSet from, bool isEffective = false, int hops = 1, CancellationToken cancellationToken = default)
    {
        var list = List(from, Direction.Egress, isEffective, cancellationToken);
        var reached = list.Interfaces.Where(IsCertain).ToDictionary(r => r.Interface.Id);
        var start = _model.InterfacesOf(from).Select(n => n.Id).ToHashSet();
        var frontier = reached.Values.ToList();
        var all = list.Interfaces.ToList();
        for (var hop = 2; hop <= hops && frontier.Count > 0; hop++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var unreached = _model.Estate.NetworkInterfaces.Where(n => !reached.ContainsKey(n.Id) && !start.Contains(n.Id)).ToList();

            // A scan a hopping interface, or one a target that is still left: whichever are fewer.
            var next = unreached.Count < frontier.Count
                ? NextFromTargets(unreached, frontier, hop, isEffective, cancellationToken)
                : NextFromFrontier(unreached, frontier, hop, isEffective, cancellationToken);
            foreach (var found in next) reached.Add(found.Interface.Id, found);

            // What was doubtful from nearer by and is certain from here counts here.
            all.RemoveAll(r => r.Hop < hop && !IsCertain(r) && reached.ContainsKey(r.Interface.Id));
            all.AddRange(next);
            frontier = next;
        }

        return list with { Interfaces = [.. all.OrderBy(r => r.Hop).ThenBy(r => r.Interface.Id)] };
    }

    private List<ReachedInterface> NextFromFrontier(
        List<NetworkInterface> unreached, List<ReachedInterface> frontier, int hop, bool isEffective, CancellationToken cancellationToken)
    {
        var left = unreached.Select(n => n.Id).ToHashSet();
        var next = new List<ReachedInterface>();
        foreach (var via in frontier.TakeWhile(_ => left.Count > 0))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var source = _model.OfInterface(via.Interface);
            foreach (var found in Found(source, Direction.Egress, n => left.Contains(n.Id), cancellationToken))
            {
                var judged = Hopped(found, source, Direction.Egress, found.Interface, via, hop, isEffective, cancellationToken);
                if (IsCertain(judged) && left.Remove(judged.Interface.Id)) next.Add(judged);
            }
        }

        return next;
    }

    private List<ReachedInterface> NextFromTargets(
        List<NetworkInterface> unreached, List<ReachedInterface> frontier, int hop, bool isEffective, CancellationToken cancellationToken)
    {
        var order = frontier.Select((via, i) => (via.Interface.Id, Place: i)).ToDictionary(f => f.Id, f => f.Place);
        var next = new List<ReachedInterface>();
        foreach (var target in unreached)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var set = _model.OfInterface(target);
            foreach (var found in Found(set, Direction.Ingress, n => order.ContainsKey(n.Id), cancellationToken).OrderBy(f => order[f.Interface.Id]))
            {
                var judged = Hopped(found, set, Direction.Ingress, target, frontier[order[found.Interface.Id]], hop, isEffective, cancellationToken);
                if (!IsCertain(judged)) continue;
                next.Add(judged);
                break;
            }
        }

        return next;
    }

    private ReachedInterface Hopped(
        ReachedInterface found, EndpointSet set, Direction direction, NetworkInterface target, ReachedInterface via, int hop, bool isEffective, CancellationToken cancellationToken) =>
        (isEffective ? Judge(found, set, direction, cancellationToken) : found) with { Interface = target, Hop = hop, Via = via.Interface.Id };

    private static bool IsCertain(ReachedInterface reached) => reached.Effective is { } effective ? !effective.IsEmpty : !reached.Allowed.IsEmpty;

    private ReachList List(EndpointSet set, Direction direction, bool isEffective, CancellationToken cancellationToken)
    {
        var found = Found(set, direction, _ => true, cancellationToken);
        if (isEffective) found = found.Select(f => Judge(f, set, direction, cancellationToken));
        return new ReachList
        {
            Direction = direction,
            Of = set,
            Interfaces = [.. found],
            Groups = [.. UnreadGroups(set, direction, cancellationToken)],
            Outside = [.. Outside(set, direction, IpFamily.V4), .. Outside(set, direction, IpFamily.V6)],
        };
    }

    // Nobody is known to carry them, and nobody knows that nobody does.
    private IEnumerable<ReachedGroup> UnreadGroups(EndpointSet set, Direction direction, CancellationToken cancellationToken)
    {
        foreach (var group in _model.Estate.SecurityGroups)
        {
            if (!_model.MemberGaps.AreIncomplete(group.Id)) continue;
            var ends = _model.OfGroup(group.Id);
            if (ends.EmptyGroups.IsEmpty) continue;
            var answer = _reacher.Ask(direction == Direction.Ingress ? new ReachQuestion(ends, set, Services) : new ReachQuestion(set, ends, Services), cancellationToken);
            if (answer.NoPair is null && !(answer.Allowed.IsEmpty && answer.Unknown.IsEmpty)) yield return new ReachedGroup(group, answer.Allowed, answer.Unknown);
        }
    }

    private IEnumerable<ReachedInterface> Found(EndpointSet set, Direction direction, Func<NetworkInterface, bool> wanted, CancellationToken cancellationToken)
    {
        var places = _model.Addresses.Places;
        var allowed = new int[_model.Estate.NetworkInterfaces.Length];
        var possible = new int[allowed.Length];
        foreach (var party in PartyList.Of(_model, set))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var scan = new PartyScan(_model, party, direction);
            Address? single = direction == Direction.Ingress && party.IsOutside && set.Outside(party.Family) is { Ranges: [var only] } && only.First == only.Last
                ? new Address(party.Family, only.First) : null;
            for (var i = 0; i < places.Length; i++)
            {
                if (places[i].Family != party.Family) continue;
                var nic = places[i].Nic;
                var (certain, atMost) = scan.At(i);
                if (single is { } address && _model.Pool.Intern(_model.UnfilteredTo(address, _model.Estate.NetworkInterfaces[nic].Vpc)) is var open and not ServicePool.Empty)
                {
                    (certain, atMost) = (_model.Pool.Union(certain, open), _model.Pool.Union(atMost, open));
                }

                if (atMost == ServicePool.Empty) continue;
                allowed[nic] = _model.Pool.Union(allowed[nic], certain);
                possible[nic] = _model.Pool.Union(possible[nic], atMost);
            }
        }

        var asked = Services is null ? ServicePool.Any : _model.Pool.Intern(Services);
        for (var nic = 0; nic < allowed.Length; nic++)
        {
            (allowed[nic], possible[nic]) = (_model.Pool.Intersect(allowed[nic], asked), _model.Pool.Intersect(possible[nic], asked));
            if (possible[nic] == ServicePool.Empty || !wanted(_model.Estate.NetworkInterfaces[nic])) continue;
            yield return new ReachedInterface(
                _model.Estate.NetworkInterfaces[nic], _model.Pool[allowed[nic]], _model.Pool[possible[nic]].Subtract(_model.Pool[allowed[nic]]));
        }
    }

    private ReachedInterface Judge(ReachedInterface found, EndpointSet set, Direction direction, CancellationToken cancellationToken)
    {
        var self = _model.OfInterface(found.Interface);
        var services = found.Allowed.Union(found.Unknown);
        var question = direction == Direction.Ingress ? new ReachQuestion(self, set, services, true) : new ReachQuestion(set, self, services, true);
        var answer = _reacher.Ask(question, cancellationToken);
        return found with
        {
            Effective = answer.Allowed,
            Exposure = !answer.Allowed.IsEmpty ? Exposure.Exposed : !answer.Unknown.IsEmpty ? Exposure.Unknown : Exposure.Latent,
        };
    }

    private IEnumerable<ReachedBlocks> Outside(EndpointSet set, Direction direction, IpFamily family)
    {
        var boxes = new List<AddressServices.Slab>();
        foreach (var party in PartyList.Of(_model, set))
        {
            if (party.Family != family || party.Groups is null) continue;
            if (party.Groups.Length == 0) boxes.Add(new(new AddressRange(0, Address.Max(family)), Services ?? ServiceSet.Any));
            foreach (var group in party.Groups)
            {
                foreach (var (range, services) in _model.Table(direction, group).Slabs(family))
                {
                    var asked = Services is null ? _model.Pool[services] : _model.Pool[services].Intersect(Services);
                    if (!asked.IsEmpty) boxes.Add(new(range, asked));
                }
            }
        }

        // Interfaces within a block are listed by themselves; cutting their addresses out would leave thousands of splinters.
        return AddressServices.FromBoxes(family, boxes).Slabs
            .Where(s => _model.IsPartlyUnheld(family, s.Range))
            .GroupBy(s => s.Services)
            .Select(g => new ReachedBlocks(AddressSet.FromRanges(family, g.Select(s => s.Range)), g.Key))
            .OrderBy(b => b.Addresses.Ranges[0].First).ThenBy(b => b.Services.Intervals[0].First);
    }
}

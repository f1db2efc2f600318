using Sallyport.Connectivity;
using Sallyport.Connectivity.Questions;
using Sallyport.Connectivity.Tables;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Policies;

/// <summary>
/// Looks for traffic to and from members to come: carriers of one group of the test and nothing else, at any free address of the
/// VPC. They are held against each other and against whoever is there now. Only the groups are asked: where in the network
/// somebody will be is not known. (reference: reachability-and-synthesis §8.2, "never")
/// </summary>
internal sealed class FutureJudge(ConnectivityModel model)
{
    private readonly SideReader _sides = new(model);
    private readonly SideTotals _totals = new(model);
    private readonly Reacher _reacher = new(model);
    private readonly Explainer _explainer = new(model);
    private readonly ServicePool _pool = model.Pool;

    /// <summary>Stops at the first pair that lets something through.</summary>
    public FuturePair Judge(TestRegion region, CancellationToken cancellationToken)
    {
        var named = new ReachQuestion(region.From.Now, region.To.Now);

        // To one address there may be services that no group filters, so nobody is left out by what its groups say.
        var own = named.To.OutsideV4.Ranges is [{ First: var first, Last: var last }] && first == last ? null : region.Services;
        var (fromNow, toNow) = (Now(region.From, Direction.Egress, own), Now(region.To, Direction.Ingress, region.Services));
        var (fromToCome, toToCome) = (ToCome(region.From, Direction.Egress, own), ToCome(region.To, Direction.Ingress, region.Services));
        var (unknown, gaps) = (ServiceSet.Empty, new SortedSet<string>(StringComparer.Ordinal));
        foreach (var (from, to) in Pairs(fromNow, fromToCome, toNow, toToCome))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var services = region.Services.Subtract(TestParts.ForeignTo(from.Party.Family));
            if (from.Party.Family != to.Party.Family || services.IsEmpty) continue;
            var egress = Some(Direction.Egress, from.Party, to);
            if (_reacher.UnfilteredFor(named, from.Party, to.Party) is { IsEmpty: false } unfiltered) egress = (_pool.Union(egress.Allowed, _pool.Intern(unfiltered)), _pool.Union(egress.Possible, _pool.Intern(unfiltered)));
            if (!services.Overlaps(_pool[egress.Possible])) continue;
            var ingress = Some(Direction.Ingress, to.Party, from);
            var allowed = services.Intersect(_pool[_pool.Intersect(egress.Allowed, ingress.Allowed)]);
            if (!allowed.IsEmpty) return Found(from.Party, to.Party, allowed);
            var possible = services.Intersect(_pool[_pool.Intersect(egress.Possible, ingress.Possible)]);
            if (possible.IsSubsetOf(unknown)) continue;
            unknown = unknown.Union(possible);
            gaps.UnionWith(_explainer.GapsBetween(from.Party, to.Party, possible));
            if (!from.IsRoomKnown || !to.IsRoomKnown) gaps.Add("the address blocks of a VPC were not read, so where members to come will be is not known");
        }

        return new FuturePair(ServiceSet.Empty, unknown) { Gaps = [.. gaps] };
    }

    // Pairs with one end that is there go first: of two witnesses that one tells more.
    private static IEnumerable<(Side From, Side To)> Pairs(List<Party> fromNow, List<Side> fromToCome, List<Party> toNow, List<Side> toToCome) =>
        fromToCome.SelectMany(from => toNow.Select(to => (from, new Side(to, true))))
            .Concat(fromNow.SelectMany(from => toToCome.Select(to => (new Side(from, true), to))))
            .Concat(fromToCome.SelectMany(from => toToCome.Select(to => (from, to))));

    private List<Party> Now(TestEnds ends, Direction own, ServiceSet? services)
    {
        if (ends.Now.HasNoMember) return [];
        return PartyList.Of(model, ends.Now).FindAll(p => services is null || _totals.MayPass(own, p.Groups, services));
    }

    // A group whose own side cannot let any of the services through, whoever asks, takes part in nothing.
    private List<Side> ToCome(TestEnds ends, Direction own, ServiceSet? services)
    {
        var result = new List<Side>();
        foreach (var (member, room) in ends.ToCome)
        {
            if (model.FindGroup(member.Group) is not { } index || (services is not null && !_totals.MayPass(own, [index], services))) continue;
            foreach (var family in new[] { IpFamily.V4, IpFamily.V6 })
            {
                if (room.Of(family) is not { IsEmpty: false } free) continue;
                result.Add(new Side(new Party([index], model.Links.IndexOf(member.Vpc), family) { Places = [], Ranges = [.. free.Ranges], IsSymbolic = true }, room.IsKnown));
            }
        }

        return result;
    }

    private (int Allowed, int Possible) Some(Direction direction, Party near, Side far)
    {
        var (some, every, possible) = (ServicePool.Empty, ServicePool.Any, ServicePool.Empty);
        foreach (var element in _sides.Elements(direction, near, far.Party))
        {
            some = _pool.Union(some, element.Allowed);
            every = _pool.Intersect(every, element.Allowed);
            possible = _pool.Union(possible, element.Possible);
        }

        // Where the VPC's blocks were not read, only what holds at every address is certain.
        return (far.IsRoomKnown ? some : every, possible);
    }

    private FuturePair Found(Party from, Party to, ServiceSet allowed)
    {
        var point = Witness.TellingPoint(allowed);
        var (source, target) = (EndOf(Direction.Ingress, to, from, point), EndOf(Direction.Egress, from, to, point));
        var matcher = new RuleMatcher(model, point);
        return new FuturePair(allowed, ServiceSet.Empty)
        {
            Witness = new TestWitness(source, target, new Witness(Endpoint.Outside(source.Address), Endpoint.Outside(target.Address), point).Service),
            Egress = matcher.RulesOf(Direction.Egress, from, to, target.Address),
            Ingress = matcher.RulesOf(Direction.Ingress, to, from, source.Address),
        };
    }

    private WitnessEnd EndOf(Direction direction, Party near, Party far, int point)
    {
        // What no group filters is in no element: then any of them will do.
        var elements = _sides.Elements(direction, near, far).ToList();
        var (nic, range, _, _) = elements.Where(e => _pool[e.Allowed].Contains(point)).Concat(elements).First();
        if (nic >= 0) return new WitnessEnd(new Address(far.Family, range.First), model.Estate.NetworkInterfaces[nic].Id);
        return far.IsSymbolic
            ? new WitnessEnd(new Address(far.Family, range.First), null, model.GroupId(far.Groups![0]))
            : new WitnessEnd(Witness.TellingAddress(far.Family, range));
    }

    private readonly record struct Side(Party Party, bool IsRoomKnown);
}

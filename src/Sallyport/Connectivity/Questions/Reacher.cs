using System.Collections.Immutable;
using Sallyport.Connectivity.Networks;
using Sallyport.Connectivity.Tables;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Questions;

/// <summary>
/// Answers questions about two sets of ends exactly. At the groups' layer no pair is ever looked at: each side is read over the
/// other's ends once (<see cref="Spread"/>). With the network's layers every pair is judged, cut where anything changes.
/// </summary>
public sealed class Reacher
{
    // Below this many pairs every layer of every pair is judged, so that all blockers can be named; above, pairs that the groups
    // stop anyway are not followed through the network.
    private const int FewPairs = 4_096;

    private readonly ConnectivityModel _model;
    private readonly ServicePool _pool;
    private readonly SideReader _sides;

    /// <summary>Asks this model.</summary>
    public Reacher(ConnectivityModel model)
    {
        _model = model;
        _pool = model.Pool;
        _sides = new SideReader(model);
    }

    /// <summary>The answer; a question of every layer over very large sets takes time by the number of pairs.</summary>
    public ReachAnswer Ask(ReachQuestion question, CancellationToken cancellationToken = default)
    {
        var tally = new Tally(_pool);
        var notes = new NoteBook();
        foreach (var (near, far) in PairsOf(question))
        {
            cancellationToken.ThrowIfCancellationRequested();
            tally.IsSymbolic |= near.IsSymbolic || far.IsSymbolic;
            if (question.IsEffective && !near.IsSymbolic && !far.IsSymbolic) AddPairs(tally, notes, near, far, question, cancellationToken);
            else AddSides(tally, near, far, question);
        }

        return Conclude(question, tally, notes);
    }

    /// <summary>One packet between two ends through every layer.</summary>
    public Verdict Judge(Endpoint from, Endpoint to, int point, bool isToPrivateAddress = false)
    {
        if (from.Interface is { } a && to.Interface is { } b && a.Id == b.Id) return Verdict.Allowed;
        Span<(int, int)> layers = stackalloc (int, int)[4];
        var path = Judge(from, to, isFew: true, isToPrivateAddress: isToPrivateAddress, services: null, layers, new NoteBook());
        var isUnknown = false;
        for (var i = 0; i < layers.Length; i++)
        {
            var (allowed, possible) = layers[i];
            if (!_pool[possible].Contains(point)) return VerdictNames.DenialOf((Layer)i);
            isUnknown |= !_pool[allowed].Contains(point);
        }

        if (isUnknown) return Verdict.Unknown;
        return path!.PartlyAnswered.Contains(point) ? Verdict.Partly : Verdict.Allowed;
    }

    /// <summary>The pairs of parties a question is about.</summary>
    internal IEnumerable<(Party From, Party To)> PairsOf(ReachQuestion question)
    {
        var from = PartyList.Of(_model, question.From);
        var to = PartyList.Of(_model, question.To);
        var onlyFamily = FamilyOf(question.Services, from, to);
        foreach (var near in from)
        {
            foreach (var far in to)
            {
                if (near.Family != far.Family || (onlyFamily is { } family && near.Family != family)) continue;

                // Between two outside addresses nothing here decides; only when nothing else is asked is that the answer.
                if (near.IsOutside && far.IsOutside && !IsSingle(question)) continue;
                yield return (near, far);
            }
        }
    }

    private static bool IsSingle(ReachQuestion question) =>
        question is { From: { Places.IsEmpty: true, EmptyGroups.IsEmpty: true }, To: { Places.IsEmpty: true, EmptyGroups.IsEmpty: true } };

    // ICMP does not exist on IPv6 nor ICMPv6 on IPv4: asked for one of them alone, a dual-stack pair is judged in that family.
    private static IpFamily? FamilyOf(ServiceSet? services, List<Party> from, List<Party> to)
    {
        if (services is null || services.IsEmpty) return null;
        IpFamily? family = services.IsSubsetOf(BlockOf(Protocol.Icmp)) ? IpFamily.V4 : services.IsSubsetOf(BlockOf(Protocol.IcmpV6)) ? IpFamily.V6 : null;
        return family is { } one && from.Exists(p => p.Family == one) && to.Exists(p => p.Family == one) ? one : null;
    }

    private static ServiceSet BlockOf(Protocol protocol) => ServiceSet.Of(Service.Create(protocol, null, null));

    private void AddSides(Tally tally, Party from, Party to, ReachQuestion question)
    {
        if (IsSame(from, to) && from.Places.Length > 0)
        {
            AddOverlapping(tally, from, to);
            return;
        }

        var egress = Fold(Direction.Egress, from, to);
        var ingress = Fold(Direction.Ingress, to, from);
        if (UnfilteredFor(question, from, to) is { IsEmpty: false } unfiltered) (egress, ingress) = (Widen(egress, unfiltered), Widen(ingress, unfiltered));
        var both = egress.Through(ingress, _pool);

        // A member to come has no subnet yet: what lies on its way nobody can tell.
        if (question.IsEffective) tally.AddUnknownNetwork(egress, ingress, both.Through(Spread.NotKnown, _pool));
        else tally.Add(egress, ingress, both);
    }

    /// <summary>What no group filters between two parties: only who names the one address of a resolver and its like means it.</summary>
    internal ServiceSet UnfilteredFor(ReachQuestion question, Party from, Party to)
    {
        if (!to.IsOutside || question.To.Outside(to.Family) is not { Ranges: [var only] } || only.First != only.Last) return ServiceSet.Empty;
        var home = from.IsOutside ? null : from.IsSymbolic ? _model.GroupVpc(from.Groups![0]) : _model.Estate.NetworkInterfaces[from.Places[0].Nic].Vpc;
        return _model.UnfilteredTo(new Address(to.Family, only.First), home);
    }

    private Spread Widen(Spread spread, ServiceSet services)
    {
        var id = _pool.Intern(services);
        return new Spread(_pool.Union(spread.SomeAllowed, id), _pool.Union(spread.AllAllowed, id), _pool.Union(spread.SomePossible, id), _pool.Union(spread.AllPossible, id));
    }

    private Spread Fold(Direction direction, Party near, Party far)
    {
        var spread = Spread.Start;
        foreach (var (_, _, allowed, possible) in _sides.Elements(direction, near, far)) spread = spread.With(Spread.One(allowed, possible), _pool);

        // Whoever will carry a group without members, only what holds for every address they can have is certain.
        return far.IsSymbolic ? new Spread(spread.AllAllowed, spread.AllAllowed, spread.AllPossible, spread.AllPossible) : spread;
    }

    private static bool IsSame(Party a, Party b) =>
        !a.IsOutside && !b.IsOutside && !a.IsSymbolic && !b.IsSymbolic && a.Vpc == b.Vpc && a.Groups.AsSpan().SequenceEqual(b.Groups);

    // Two parties with the same groups may share interfaces, and an interface is no pair with itself.
    private void AddOverlapping(Tally tally, Party from, Party to)
    {
        var shared = from.Places.Select(p => p.Nic).Intersect(to.Places.Select(p => p.Nic)).ToHashSet();
        if (shared.Count == 0)
        {
            var (e, i) = (Fold(Direction.Egress, from, to), Fold(Direction.Ingress, to, from));
            tally.Add(e, i, e.Through(i, _pool));
            return;
        }

        var targets = ByNic(_sides.Elements(Direction.Egress, from, to));
        var sources = ByNic(_sides.Elements(Direction.Ingress, to, from));
        if (targets.Count == 1 && sources.Count == 1) return;
        var others = Others(sources);
        var all = targets.Select(t => sources.ContainsKey(t.Key) ? others[t.Key] : Total(sources));
        foreach (var ((_, egress), ingress) in targets.Zip(all))
        {
            if (ingress is { } rest) tally.Add(egress, rest, egress.Through(rest, _pool));
        }
    }

    private SortedDictionary<int, Spread> ByNic(IEnumerable<(int Nic, AddressRange Range, int Allowed, int Possible)> elements)
    {
        var result = new SortedDictionary<int, Spread>();
        foreach (var (nic, _, allowed, possible) in elements)
        {
            result[nic] = result.GetValueOrDefault(nic, Spread.Start).With(Spread.One(allowed, possible), _pool);
        }

        return result;
    }

    private Spread Total(SortedDictionary<int, Spread> spreads) => spreads.Values.Aggregate(Spread.Start, (a, b) => a.With(b, _pool));

    /// <summary>For each interface the spread over all the others, by prefixes and suffixes; null when there is no other.</summary>
    private Dictionary<int, Spread?> Others(SortedDictionary<int, Spread> spreads)
    {
        var keys = spreads.Keys.ToArray();
        var after = new Spread[keys.Length + 1];
        after[keys.Length] = Spread.Start;
        for (var i = keys.Length - 1; i >= 0; i--) after[i] = after[i + 1].With(spreads[keys[i]], _pool);
        var before = Spread.Start;
        var result = new Dictionary<int, Spread?>(keys.Length);
        for (var i = 0; i < keys.Length; i++)
        {
            result[keys[i]] = keys.Length == 1 ? null : before.With(after[i + 1], _pool);
            before = before.With(spreads[keys[i]], _pool);
        }

        return result;
    }

    private void AddPairs(Tally tally, NoteBook notes, Party from, Party to, ReachQuestion question, CancellationToken cancellationToken)
    {
        var sources = Starts(from, to).ToList();
        var targets = Starts(to, from).ToList();
        var isFew = (long)sources.Count * targets.Count <= FewPairs;
        Span<(int, int)> layers = stackalloc (int, int)[4];
        foreach (var source in sources)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var target in targets)
            {
                if (source.Interface is { } a && target.Interface is { } b && a.Id == b.Id) continue;
                var path = Judge(source, target, isFew, question.To.IsPrivateAddress, question.Services, layers, notes);
                tally.Add(layers);
                if (path is { PartlyAnswered.IsEmpty: false }) tally.PartlyAnswered = tally.PartlyAnswered.Union(path.PartlyAnswered);
            }
        }
    }

    private PathJudgement? Judge(Endpoint from, Endpoint to, bool isFew, bool isToPrivateAddress, ServiceSet? services, Span<(int, int)> layers, NoteBook notes)
    {
        var egress = _model.Side(Direction.Egress, from, to);
        var ingress = _model.Side(Direction.Ingress, from, to);
        layers.Fill((ServicePool.Any, ServicePool.Any));
        (layers[0], layers[3]) = (Ids(egress), Ids(ingress));
        if (!isFew && egress.And(ingress).IsNothing) return null;

        // The services that groups cannot filter are not the network's to stop either.
        var unfiltered = new Passage(_model.UnfilteredBetween(from, to), ServiceSet.Empty);
        var path = _model.PathBetween(from, to, isToPrivateAddress);
        if (!path.ReferencesApply || path.SourceSeenAs is not null)
        {
            (egress, ingress) = SidesWithoutReferences(from, to, path);
            (layers[0], layers[3]) = (Ids(egress.Or(unfiltered)), Ids(ingress.Or(unfiltered)));
        }

        layers[1] = Ids(path.Nacl.Or(unfiltered));
        layers[2] = Ids(path.Route.Or(unfiltered));
        if (isFew) notes.Add(path.Notes, services);
        return path;
    }

    private (Passage Egress, Passage Ingress) SidesWithoutReferences(Endpoint from, Endpoint to, PathJudgement path)
    {
        var (source, target) = (_model.EndOf(from), _model.EndOf(to));
        var seen = path.SourceSeenAs is { } address ? new End(-1, address.Family, address.Bits) : source with { Nic = -1 };
        return (
            source.Nic < 0 ? Passage.Everything : _model.SideByAddress(Direction.Egress, source.Nic, target),
            target.Nic < 0 ? Passage.Everything : _model.SideByAddress(Direction.Ingress, target.Nic, seen));
    }

    private (int Allowed, int Possible) Ids(Passage passage)
    {
        var allowed = _pool.Intern(passage.Allowed);
        return (allowed, passage.Unknown.IsEmpty ? allowed : _pool.Intern(passage.Possible));
    }

    /// <summary>One end for each place, and for each piece of a range within which no layer changes.</summary>
    internal IEnumerable<Endpoint> Starts(Party party, Party other)
    {
        foreach (var place in party.Places)
        {
            if (place.IsSingle) yield return _model.EndpointOf(place);
            else foreach (var piece in Pieces(other, place.Family, place.Range, isOutside: false)) yield return Endpoint.Of(_model.Estate.NetworkInterfaces[place.Nic], new Address(place.Family, piece.First));
        }

        foreach (var range in party.Ranges)
        {
            foreach (var piece in Pieces(other, party.Family, range, party.IsOutside)) yield return Endpoint.Outside(Witness.TellingAddress(party.Family, piece));
        }
    }

    private List<AddressRange> Pieces(Party other, IpFamily family, AddressRange range, bool isOutside)
    {
        if (range.First == range.Last) return [range];
        var starts = new SortedSet<AddressNumber> { range.First };
        if (other.Groups is { Length: > 0 })
        {
            foreach (var direction in new[] { Direction.Egress, Direction.Ingress }) starts.UnionWith(_sides.Pieces(direction, other, family, range, isOutside).Select(p => p.First));
        }

        foreach (var nic in other.Places.Select(p => p.Nic).Distinct())
        {
            starts.UnionWith(_model.Networks.CutsFor(_model.Estate.NetworkInterfaces[nic], family).Where(c => c > range.First && c <= range.Last));
        }

        return SideReader.Ranges(starts, range.Last);
    }

    private ReachAnswer Conclude(ReachQuestion question, Tally tally, NoteBook notes)
    {
        if (!tally.HasPairs)
        {
            var why = question.From.IsEmpty ? $"{question.From.Name} is nobody" : question.To.IsEmpty ? $"{question.To.Name} is nobody"
                : "the two ends have no pair of different interfaces with addresses of one family";
            return new ReachAnswer { Verdict = Verdict.NoRoute, Asked = question.Services ?? ServiceSet.Any, Blockers = [Layer.Route], NoPair = why, Notes = [why] };
        }

        var total = tally.Total;
        var some = _pool[total.SomeAllowed];
        var possible = _pool[total.SomePossible];
        var asked = question.Services ?? WorthAsking(some, possible, _pool[tally.LeavesSource]);
        var allowed = asked.Intersect(some);
        var everywhere = asked.Intersect(_pool[total.AllAllowed]);
        var partly = tally.PartlyAnswered.Intersect(asked);
        ImmutableArray<Layer> blockers = [.. Enum.GetValues<Layer>().Where(l => !asked.IsSubsetOf(_pool[tally.OpenEverywhere(l)]))];
        return new ReachAnswer
        {
            Verdict = asked.IsSubsetOf(everywhere) ? (partly.IsEmpty ? Verdict.Allowed : Verdict.Partly)
                : !allowed.IsEmpty ? (asked.IsSubsetOf(_pool[total.AllPossible]) ? Verdict.Unknown : Verdict.Partly)
                : asked.Overlaps(possible) ? Verdict.Unknown
                : VerdictNames.DenialOf(blockers[0]),
            Asked = asked,
            Allowed = allowed,
            AllowedEverywhere = everywhere,
            Unknown = (question.Services ?? ServiceSet.Any).Intersect(possible).Subtract(allowed).Union(asked.Intersect(_pool[total.AllPossible]).Subtract(everywhere)),
            PartlyAnswered = partly,
            Blockers = blockers,
            Layers = [.. LayersOf(question).Select(l => LayerAnswerOf(tally, l, asked))],
            Basis = tally.IsSymbolic ? AnswerBasis.Symbolic : AnswerBasis.Snapshot,
            Notes = notes.ToSentences(),
        };
    }

    /// <summary>Asked for no service, the answer is about those that get somewhere: through, perhaps through, or at least out.</summary>
    private static ServiceSet WorthAsking(ServiceSet some, ServiceSet possible, ServiceSet leaves) =>
        !some.IsEmpty ? some : !possible.IsEmpty ? possible : !leaves.IsEmpty ? leaves : ServiceSet.Any;

    private static Layer[] LayersOf(ReachQuestion question) => question.IsEffective ? Enum.GetValues<Layer>() : [Layer.Egress, Layer.Ingress];

    private LayerAnswer LayerAnswerOf(Tally tally, Layer layer, ServiceSet asked)
    {
        var passes = asked.Intersect(_pool[tally.SureEverywhere(layer)]);
        return new LayerAnswer(layer, passes, asked.Intersect(_pool[tally.OpenEverywhere(layer)]).Subtract(passes));
    }
}

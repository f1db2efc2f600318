using Sallyport.Connectivity.Tables;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Differences;

/// <summary>
/// Finds every difference of flows between interfaces without looking at all pairs. A flow is the intersection of two sides, so it
/// can differ only where a side does: for each class of ends whose side may differ, the ends that the difference can match are looked
/// up, and those pairs of classes are compared exactly, each side read once for each end (reference: reachability-and-synthesis §5.2).
/// </summary>
internal sealed class FlowComparer
{
    // Below this many ends in reach of a difference it is cheaper to compare them than to find out which can answer at all.
    private const int FewEnds = 64;

    private readonly ConnectivityModel _old;
    private readonly ConnectivityModel _new;
    private readonly PairedEnds _ends;
    private readonly DeltaTables _deltas;
    private readonly ServiceAlgebra _sets;
    private readonly GroupNumbers _groups;
    private readonly Dictionary<(int Services, Direction Direction), bool[]> _touching = [];
    private readonly int[] _stamps;
    private readonly List<int> _found = [];
    private readonly Dictionary<(int Group, IpFamily Family, Direction Direction), int[]> _partners = [];
    private readonly List<int> _withUnreadGroups;
    private readonly bool[] _mayDifferAtEgress;
    private readonly bool[] _mayDifferAtIngress;
    private readonly List<(FlowState State, List<int>? Ends)> _far = [];
    private readonly List<(FlowState State, List<int>? Ends)> _near = [];
    private FlowState[] _states = new FlowState[16];
    private int _stamp;

    public FlowComparer(ConnectivityModel old, ConnectivityModel @new, PairedEnds ends, DeltaTables deltas, GroupNumbers groups, ServiceAlgebra sets)
    {
        (_old, _new, _ends, _deltas, _groups, _sets) = (old, @new, ends, deltas, groups, sets);
        _stamps = new int[ends.Classes.Count];
        _mayDifferAtEgress = [.. ends.Classes.Select(c => MayDiffer(c, Direction.Egress))];
        _mayDifferAtIngress = [.. ends.Classes.Select(c => MayDiffer(c, Direction.Ingress))];
        _withUnreadGroups = [.. ends.Classes.Where(c => (c.Old.Groups is { } a && old.CarriesUnread(a)) || (c.New.Groups is { } b && @new.CarriesUnread(b))).Select(c => c.Index)];
    }

    /// <summary>Compares. Of very many differences only some are kept, but never none of a kind that there is.</summary>
    /// <param name="most">Most blocks to keep.</param>
    /// <param name="hasAdded">True when flows are known to have come.</param>
    /// <param name="hasRemoved">True when flows are known to have gone.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public FlowBlocks Compare(int most, bool hasAdded, bool hasRemoved, CancellationToken cancellationToken)
    {
        var blocks = new FlowBlocks(most);
        var done = new bool[_ends.Classes.Count][];
        foreach (var to in _ends.Classes)
        {
            if (!_mayDifferAtIngress[to.Index]) continue;
            if (blocks.IsSettled(hasAdded, hasRemoved)) break;
            cancellationToken.ThrowIfCancellationRequested();
            var seen = done[to.Index] = new bool[_ends.Classes.Count];
            var (profile, anchor) = (new SideProfile(_old, _new, _ends, to, Direction.Ingress), AnchorOf(to, Direction.Ingress));
            foreach (var from in Partners(to, Direction.Ingress))
            {
                seen[from] = true;
                Compare(blocks, profile, to, _ends.Classes[from], anchor, isAtTarget: true);
            }
        }

        foreach (var from in _ends.Classes)
        {
            if (!_mayDifferAtEgress[from.Index]) continue;
            if (blocks.IsSettled(hasAdded, hasRemoved)) break;
            cancellationToken.ThrowIfCancellationRequested();
            var (profile, anchor) = (new SideProfile(_old, _new, _ends, from, Direction.Egress), AnchorOf(from, Direction.Egress));
            foreach (var to in Partners(from, Direction.Egress))
            {
                if (done[to] is not { } seen || !seen[from.Index]) Compare(blocks, profile, from, _ends.Classes[to], anchor, isAtTarget: false);
            }
        }

        CorrectMoved(blocks);
        return blocks;
    }

    private bool MayDiffer(EndClass near, Direction direction) =>
        near.IsChanged || Array.Exists(near.Groups, g => _deltas.Of(direction, g) is not null) || _deltas.LinksOf(near) is not null;

    /// <summary>Classes with an end that the difference of a side can match.</summary>
    private IReadOnlyList<int> Partners(EndClass near, Direction direction)
    {
        // Classes of one changed group look for the same partners.
        var only = near.IsChanged || _deltas.LinksOf(near) is not null ? -1 : AnchorOf(near, direction);
        if (only >= 0 && near.Groups.Count(g => _deltas.Of(direction, g) is not null) > 1) only = -1;
        if (only >= 0 && _partners.TryGetValue((only, near.Family, direction), out var known)) return known;
        _found.Clear();
        _stamp++;
        if (near.IsChanged)
        {
            foreach (var isNew in new[] { false, true }) AddMatched(near, direction, isNew);
        }
        else
        {
            foreach (var group in near.Groups)
            {
                if (_deltas.Of(direction, group) is { } delta) AddMatched(near, direction, delta);
            }

            if (_deltas.LinksOf(near) is { } links) AddLinked(near, direction, links);
        }

        // What was matched by the old rules and what by the new came in turn.
        _found.Sort();
        if (only < 0) return _found;
        return _partners[(only, near.Family, direction)] = [.. _found];
    }

    private void AddMatched(EndClass near, Direction direction, TableDelta delta)
    {
        foreach (var (group, _) in delta.References) AddCarriers(group, near.Family);
        foreach (var (range, services) in delta.Of(near.Family)) AddWithin(near.Family, range, services, direction);
    }

    private void AddMatched(EndClass near, Direction direction, bool isNew)
    {
        if (near.State(isNew) is not { Groups: { } groups }) return;
        var model = isNew ? _new : _old;
        if (groups.Length == 0) AddWithin(near.Family, new AddressRange(0, Address.Max(near.Family)), ServicePool.Any, direction);
        foreach (var group in groups)
        {
            var table = model.Table(direction, group);
            foreach (var reference in table.ReferenceGroups) AddCarriers(_groups.Of(isNew, reference), near.Family);
            if (table.DoubtAlways != ServicePool.Empty) AddWithin(near.Family, new AddressRange(0, Address.Max(near.Family)), table.DoubtAlways, direction);
            foreach (var (range, services) in table.Slabs(near.Family))
            {
                if (services != ServicePool.Empty) AddWithin(near.Family, range, services, direction);
            }
        }
    }

    // Where the link between two VPCs differs, every reference across it does.
    private void AddLinked(EndClass near, Direction direction, HashSet<VpcId> links)
    {
        foreach (var isNew in new[] { false, true })
        {
            var model = isNew ? _new : _old;
            foreach (var reference in near.State(isNew).Groups!.SelectMany(g => model.Table(direction, g).ReferenceGroups.ToArray()).Distinct())
            {
                foreach (var far in _ends.ClassesOf(_groups.Of(isNew, reference)).Concat(_withUnreadGroups))
                {
                    if (_ends.Classes[far].Family == near.Family && _deltas.VpcOf(_ends.Classes[far]) is { } vpc && links.Contains(vpc)) Add(far);
                }
            }
        }
    }

    private void AddCarriers(int group, IpFamily family)
    {
        foreach (var far in _ends.ClassesOf(group))
        {
            if (_ends.Classes[far].Family == family) Add(far);
        }

        // An interface whose groups were not read may carry this one.
        foreach (var far in _withUnreadGroups)
        {
            if (_ends.Classes[far].Family == family) Add(far);
        }
    }

    private void AddWithin(IpFamily family, AddressRange range, int services, Direction direction)
    {
        var (first, end) = _ends.Within(family, range);
        var touching = end - first > FewEnds ? Touching(services, direction == Direction.Ingress ? Direction.Egress : Direction.Ingress) : null;
        for (var i = first; i < end; i++)
        {
            var far = _ends.Ends[i].Class;
            if (_stamps[far] != _stamp && (touching is null || touching[far])) Add(far);
        }
    }

    private void Add(int far)
    {
        if (_stamps[far] == _stamp) return;
        _stamps[far] = _stamp;
        _found.Add(far);
    }

    /// <summary>Classes whose own side may let one of the services through to somebody; of the others no flow can depend on them.</summary>
    private bool[] Touching(int services, Direction direction)
    {
        if (_touching.TryGetValue((services, direction), out var known)) return known;
        var overlaps = new Dictionary<int, bool>();
        var groups = new bool[_groups.Count];
        foreach (var isNew in new[] { false, true })
        {
            var model = isNew ? _new : _old;
            for (var group = 0; group < model.GroupCount; group++)
            {
                var number = _groups.Of(isNew, group);
                groups[number] = groups[number] || Touches(model.Table(direction, group));
            }
        }

        var result = new bool[_ends.Classes.Count];
        foreach (var end in _ends.Classes)
        {
            result[end.Index] = end.Old.Groups is { Length: 0 } || end.New.Groups is { Length: 0 } || Array.Exists(end.Groups, g => groups[g]);
        }

        return _touching[(services, direction)] = result;

        bool Touches(SideTable table)
        {
            if (Overlaps(table.DoubtAlways)) return true;
            foreach (var set in table.ReferenceSets)
            {
                if (Overlaps(set)) return true;
            }

            return table.Slabs(IpFamily.V4).Any(s => Overlaps(s.Services)) || table.Slabs(IpFamily.V6).Any(s => Overlaps(s.Services));
        }

        bool Overlaps(int set)
        {
            if (set == ServicePool.Empty) return false;
            if (!overlaps.TryGetValue(set, out var answer)) overlaps.Add(set, answer = _sets.Intersect(set, services) != ServicePool.Empty);
            return answer;
        }
    }

    private int AnchorOf(EndClass near, Direction direction) => near.IsChanged
        ? -1 - near.Index
        : near.Groups.Where(g => _deltas.Of(direction, g) is not null).DefaultIfEmpty(-1 - near.Index).First();

    private void Compare(FlowBlocks blocks, SideProfile profile, EndClass near, EndClass far, int anchor, bool isAtTarget)
    {
        // Nearly always one side is what it was, so only ends where the other side differs need a second look.
        var (own, opposite) = isAtTarget ? (Direction.Ingress, Direction.Egress) : (Direction.Egress, Direction.Ingress);
        var isSteady = !near.IsChanged && !MayDiffer(far.Index, opposite);
        SplitFar(profile, near, far, own, keepsSame: !isSteady);
        if (_far.Count == 0) return;
        SplitNear(profile, near, far, isSteady);
        if (_near.Count == 0) return;
        var doubts = _sets.Union(_deltas.DoubtsOf(own, near), _deltas.DoubtsOf(opposite, far));
        foreach (var (ownState, farEnds) in _far)
        {
            foreach (var (oppositeState, nearEnds) in _near)
            {
                var found = ownState.Through(oppositeState, _sets).Compare(doubts, _sets);
                if (found == default) continue;
                var a = farEnds is null ? blocks.Number(far) : blocks.Number([.. farEnds]);
                var b = nearEnds is null ? blocks.Number(near) : blocks.Number([.. nearEnds]);
                blocks.Add(isAtTarget ? new FlowBlock(a, b, ServicePool.Empty, anchor, IsAtTarget: true) : new FlowBlock(b, a, ServicePool.Empty, anchor, IsAtTarget: false), found);
            }
        }
    }

    private bool MayDiffer(int end, Direction direction) => (direction == Direction.Egress ? _mayDifferAtEgress : _mayDifferAtIngress)[end];

    // The far ends by what the near side says of them. Where it knows no addresses, one look serves all.
    private void SplitFar(SideProfile profile, EndClass near, EndClass far, Direction own, bool keepsSame)
    {
        keepsSame |= _deltas.DoubtsOf(own, near) != ServicePool.Empty;
        if (!profile.KnowsAddresses)
        {
            _far.Clear();
            var state = profile.Own(_ends.Ends[far.Ends[0]]);
            if (!state.IsNothing && (keepsSame || !state.IsSame)) _far.Add((state, null));
            return;
        }

        var states = States(far.Ends.Length);
        for (var i = 0; i < states.Length; i++)
        {
            var state = profile.Own(_ends.Ends[far.Ends[i]]);
            states[i] = keepsSame || !state.IsSame ? state : default;
        }

        Split(_far, states, far.Ends);
    }

    private void SplitNear(SideProfile profile, EndClass near, EndClass far, bool isSteady)
    {
        var states = States(near.Ends.Length);
        for (var i = 0; i < states.Length; i++) states[i] = profile.Opposite(far, i, isSteady);
        Split(_near, states, near.Ends);
    }

    private Span<FlowState> States(int count)
    {
        if (_states.Length < count) _states = new FlowState[count * 2];
        return _states.AsSpan(0, count);
    }

    // Ends that stand alike together, without those that nothing reaches; no list where all of a class stand alike.
    private static void Split(List<(FlowState State, List<int>? Ends)> into, ReadOnlySpan<FlowState> states, int[] ends)
    {
        into.Clear();
        if (states.Count(states[0]) == states.Length)
        {
            if (!states[0].IsNothing) into.Add((states[0], null));
            return;
        }

        for (var i = 0; i < states.Length; i++)
        {
            var state = states[i];
            if (state.IsNothing) continue;
            var index = into.FindIndex(r => r.State == state);
            if (index < 0) into.Add((state, [ends[i]]));
            else into[index].Ends!.Add(ends[i]);
        }
    }

    // An interface is no pair with itself. Two of its addresses that were on one interface and are on two now (or the other way
    // round) are a pair in one estate only, which the rules do not tell.
    private void CorrectMoved(FlowBlocks blocks)
    {
        var moved = new HashSet<(int From, int To)>();
        foreach (var isNew in new[] { false, true })
        {
            var shared = Enumerable.Range(0, _ends.Ends.Length)
                .Where(e => _ends.Ends[e] is { OldNic: >= 0, NewNic: >= 0 })
                .GroupBy(e => (_ends.Ends[e].Nic(isNew), _ends.Ends[e].Family))
                .Where(g => g.Skip(1).Any());
            foreach (var ends in shared)
            {
                foreach (var a in ends)
                {
                    foreach (var b in ends)
                    {
                        if (_ends.Ends[a].Nic(!isNew) != _ends.Ends[b].Nic(!isNew)) moved.Add((a, b));
                    }
                }
            }
        }

        if (moved.Count == 0) return;
        foreach (var list in new[] { blocks.Added, blocks.Removed, blocks.Unknown }) Cut(blocks, list, moved);
        foreach (var (from, to) in moved.Order())
        {
            var (source, target) = (_ends.Classes[_ends.Ends[from].Class], _ends.Classes[_ends.Ends[to].Class]);
            var profile = new SideProfile(_old, _new, _ends, target, Direction.Ingress);
            var state = profile.Read(Direction.Egress, source, _ends.Ends[to]).Through(profile.Read(Direction.Ingress, target, _ends.Ends[from]), _sets);
            state = _ends.Ends[from].OldNic == _ends.Ends[to].OldNic ? state with { OldAllowed = ServicePool.Empty, OldPossible = ServicePool.Empty } : state;
            state = _ends.Ends[from].NewNic == _ends.Ends[to].NewNic ? state with { NewAllowed = ServicePool.Empty, NewPossible = ServicePool.Empty } : state;
            blocks.Add(new FlowBlock(blocks.Number([from]), blocks.Number([to]), ServicePool.Empty, -1 - _ends.Ends[to].Class, IsAtTarget: true), state.Compare(ServicePool.Empty, _sets));
        }
    }

    private static void Cut(FlowBlocks blocks, List<FlowBlock> list, HashSet<(int From, int To)> moved)
    {
        var targets = moved.ToLookup(m => m.To, m => m.From);
        for (var i = list.Count - 1; i >= 0; i--)
        {
            var block = list[i];
            var (from, to) = (blocks.Set(block.From), blocks.Set(block.To));
            var hit = to.Where(targets.Contains).Where(t => targets[t].Intersect(from).Any()).ToArray();
            if (hit.Length == 0) continue;
            list.RemoveAt(i);
            var rest = to.Except(hit).ToArray();
            if (rest.Length > 0) list.Add(block with { To = blocks.Number(rest) });
            foreach (var target in hit)
            {
                var sources = from.Except(targets[target]).ToArray();
                if (sources.Length > 0) list.Add(block with { From = blocks.Number(sources), To = blocks.Number([target]) });
            }
        }
    }
}

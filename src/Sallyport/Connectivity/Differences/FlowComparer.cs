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
    private readonly List<int> _withUnreadGroups;
    private readonly bool[] _mayDifferAtEgress;
    private readonly bool[] _mayDifferAtIngress;
    private readonly List<(FlowState State, List<int> Ends)> _sources = [];
    private readonly List<(FlowState State, List<int> Ends)> _targets = [];
    private int _stamp;

    public FlowComparer(ConnectivityModel old, ConnectivityModel @new, PairedEnds ends, DeltaTables deltas, GroupNumbers groups, ServiceAlgebra sets)
    {
        (_old, _new, _ends, _deltas, _groups, _sets) = (old, @new, ends, deltas, groups, sets);
        _stamps = new int[ends.Classes.Count];
        _mayDifferAtEgress = [.. ends.Classes.Select(c => MayDiffer(c, Direction.Egress))];
        _mayDifferAtIngress = [.. ends.Classes.Select(c => MayDiffer(c, Direction.Ingress))];
        _withUnreadGroups = [.. ends.Classes.Where(c => (c.Old.Groups is { } a && old.CarriesUnread(a)) || (c.New.Groups is { } b && @new.CarriesUnread(b))).Select(c => c.Index)];
    }

    /// <summary>Compares.</summary>
    public FlowBlocks Compare(CancellationToken cancellationToken)
    {
        var blocks = new FlowBlocks();
        var done = new bool[_ends.Classes.Count][];
        foreach (var to in _ends.Classes.Where(c => _mayDifferAtIngress[c.Index]))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var seen = done[to.Index] = new bool[_ends.Classes.Count];
            var anchor = AnchorOf(to, Direction.Ingress);
            foreach (var from in Partners(to, Direction.Ingress))
            {
                seen[from] = true;
                Compare(blocks, _ends.Classes[from], to, anchor, isAtTarget: true);
            }
        }

        foreach (var from in _ends.Classes.Where(c => _mayDifferAtEgress[c.Index]))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var anchor = AnchorOf(from, Direction.Egress);
            foreach (var to in Partners(from, Direction.Egress))
            {
                if (done[to] is not { } seen || !seen[from.Index]) Compare(blocks, from, _ends.Classes[to], anchor, isAtTarget: false);
            }
        }

        CorrectMoved(blocks);
        return blocks;
    }

    /// <summary>The difference of one pair of ends, whatever interfaces they are on.</summary>
    public FlowState At(int from, int to)
    {
        var (a, b) = (_ends.Ends[from], _ends.Ends[to]);
        return Side(Direction.Egress, _ends.Classes[a.Class], b, isSteady: false).Through(Side(Direction.Ingress, _ends.Classes[b.Class], a, isSteady: false), _sets);
    }

    private bool MayDiffer(EndClass near, Direction direction) =>
        near.IsChanged || Array.Exists(near.Groups, g => _deltas.Of(direction, g) is not null) || _deltas.LinksOf(near) is not null;

    /// <summary>Classes with an end that the difference of a side can match.</summary>
    private List<int> Partners(EndClass near, Direction direction)
    {
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

        return _found;
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

    private void Compare(FlowBlocks blocks, EndClass from, EndClass to, int anchor, bool isAtTarget)
    {
        // Nearly always one side is what it was, so only ends where the other side differs need a second look.
        var (isEgressSteady, isIngressSteady) = (IsSteady(Direction.Egress, from, to), IsSteady(Direction.Ingress, to, from));
        Split(_sources, Direction.Ingress, to, from, isIngressSteady, keepsSame: !isEgressSteady);
        if (_sources.Count == 0) return;
        Split(_targets, Direction.Egress, from, to, isEgressSteady, keepsSame: !isIngressSteady);
        if (_targets.Count == 0) return;
        var doubts = _sets.Union(_deltas.DoubtsOf(Direction.Egress, from), _deltas.DoubtsOf(Direction.Ingress, to));
        foreach (var (ingress, sourceEnds) in _sources)
        {
            foreach (var (egress, targetEnds) in _targets)
            {
                var found = egress.Through(ingress, _sets).Compare(doubts, _sets);
                if (found == default) continue;
                blocks.Add(new FlowBlock(blocks.Number([.. sourceEnds]), blocks.Number([.. targetEnds]), ServicePool.Empty, anchor, isAtTarget), found);
            }
        }
    }

    /// <summary>True when a side certainly says to the far ends what it said.</summary>
    private bool IsSteady(Direction direction, EndClass near, EndClass far) => !far.IsChanged && !(direction == Direction.Egress ? _mayDifferAtEgress : _mayDifferAtIngress)[near.Index];

    /// <summary>The far ends by what the near side says of them. Where the near side knows no addresses, one look serves all.</summary>
    private void Split(List<(FlowState State, List<int> Ends)> result, Direction direction, EndClass near, EndClass far, bool isSteady, bool keepsSame)
    {
        result.Clear();
        var isOne = far.Ends.Length == 1 || (!KnowsAddresses(direction, near, isNew: true, far.Family) && (isSteady || !KnowsAddresses(direction, near, isNew: false, far.Family)));
        foreach (var end in far.Ends)
        {
            var state = Side(direction, near, _ends.Ends[end], isSteady);
            if (state.IsNothing || (!keepsSame && state.IsSame && _deltas.DoubtsOf(direction, near) == ServicePool.Empty))
            {
                if (isOne) return;
                continue;
            }

            if (isOne)
            {
                result.Add((state, [.. far.Ends]));
                return;
            }

            var index = result.FindIndex(r => r.State == state);
            if (index < 0) result.Add((state, [end]));
            else result[index].Ends.Add(end);
        }
    }

    private bool KnowsAddresses(Direction direction, EndClass near, bool isNew, IpFamily family)
    {
        var model = isNew ? _new : _old;
        foreach (var group in near.State(isNew).Groups ?? [])
        {
            if (model.Table(direction, group).SlabCount(family) > 1) return true;
        }

        return false;
    }

    private FlowState Side(Direction direction, EndClass near, in PairedEnd far, bool isSteady)
    {
        var (newAllowed, newPossible) = Side(_new, direction, near.New, _ends.Classes[far.Class].New, far);
        var (oldAllowed, oldPossible) = isSteady ? (newAllowed, newPossible) : Side(_old, direction, near.Old, _ends.Classes[far.Class].Old, far);
        return new FlowState(oldAllowed, oldPossible, newAllowed, newPossible);
    }

    private static (int Allowed, int Possible) Side(ConnectivityModel model, Direction direction, EndState near, EndState far, in PairedEnd end)
    {
        if (!near.Exists || !far.Exists) return (ServicePool.Empty, ServicePool.Empty);
        if (near.Groups!.Length == 0) return (ServicePool.Any, ServicePool.Any);
        var (allowed, doubt) = (ServicePool.Empty, ServicePool.Empty);
        model.AddSide(direction, near.Groups, near.Vpc, new Far(far.Groups, far.Vpc, end.Family, end.Range.First), ref allowed, ref doubt);
        return (allowed, doubt == ServicePool.Empty ? allowed : model.Pool.Union(allowed, doubt));
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
            var state = At(from, to);
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

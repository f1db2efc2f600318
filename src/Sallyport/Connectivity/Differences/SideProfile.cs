using Sallyport.Connectivity.Tables;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Differences;

/// <summary>
/// The sides of one class against many others, in both estates, prepared so that each question costs one search: its own side by
/// address with all its groups merged, and what each other group says of each of its ends, asked once a group and not once a class.
/// Only for sides without doubts; the others are read as they are.
/// </summary>
internal sealed class SideProfile
{
    private const int NotAsked = -1;

    private readonly ConnectivityModel _old;
    private readonly ConnectivityModel _new;
    private readonly PairedEnds _ends;
    private readonly EndClass _near;
    private readonly Direction _own;
    private readonly Direction _opposite;
    private readonly ServicePool _pool;
    private readonly bool _isPlain;
    private readonly AddressNumber[] _starts = [];
    private readonly FlowState[] _states = [];
    private readonly HashSet<int> _named = [];
    private readonly Memory _before;
    private readonly Memory _after;

    /// <summary>Prepares a class.</summary>
    /// <param name="old">Before.</param>
    /// <param name="new">After.</param>
    /// <param name="ends">Ends of both.</param>
    /// <param name="near">The class.</param>
    /// <param name="own">The direction of its own side; the others' is the opposite one.</param>
    public SideProfile(ConnectivityModel old, ConnectivityModel @new, PairedEnds ends, EndClass near, Direction own)
    {
        (_old, _new, _ends, _near, _own, _pool) = (old, @new, ends, near, own, old.Pool);
        _opposite = own == Direction.Egress ? Direction.Ingress : Direction.Egress;
        _before = new Memory(old, near.Old, near.Ends, ends, _opposite);
        _after = new Memory(@new, near.New, near.Ends, ends, _opposite);
        var tables = Tables(old, near.Old).Concat(Tables(@new, near.New)).ToList();
        _isPlain = !tables.Exists(t => t.HasDoubts) && near.Old.Groups is not { Length: 0 } && near.New.Groups is not { Length: 0 };
        if (!_isPlain) return;
        _starts = [.. tables.SelectMany(t => t.Slabs(near.Family)).Select(s => s.Range.First).Distinct().Order()];
        _states = Array.ConvertAll(_starts, At);
        AddNamed(old, near.Old, isNew: false);
        AddNamed(@new, near.New, isNew: true);
    }

    /// <summary>True when some far address makes a difference to the class's own side.</summary>
    public bool KnowsAddresses => !_isPlain || _starts.Length > 1;

    /// <summary>The class's own side towards an end.</summary>
    public FlowState Own(in PairedEnd far)
    {
        var other = _ends.Classes[far.Class];
        if (!_isPlain || CarriesUnread(other)) return Read(_own, _near, far);
        var index = Array.BinarySearch(_starts, far.Range.First);
        var state = _states.Length == 0 ? default : _states[index < 0 ? ~index - 1 : index];
        if (!other.Old.Exists) state = state with { OldAllowed = ServicePool.Empty, OldPossible = ServicePool.Empty };
        if (!other.New.Exists) state = state with { NewAllowed = ServicePool.Empty, NewPossible = ServicePool.Empty };
        foreach (var group in other.Groups)
        {
            if (_named.Contains(group)) return WithReferences(state, far, other);
        }

        return state;
    }

    /// <summary>What another class's side, of the opposite direction, says of the class's end number <paramref name="end"/>.</summary>
    /// <param name="other">The other class.</param>
    /// <param name="end">Position among the class's ends.</param>
    /// <param name="isSteady">True when it says what it said.</param>
    public FlowState Opposite(EndClass other, int end, bool isSteady)
    {
        var far = _ends.Ends[_near.Ends[end]];
        var after = _after.Ask(other.New, end) ?? Read(_new, _opposite, other.New, _near.New, far);
        var before = isSteady ? after : _before.Ask(other.Old, end) ?? Read(_old, _opposite, other.Old, _near.Old, far);
        return new FlowState(before.Allowed, before.Possible, after.Allowed, after.Possible);
    }

    /// <summary>One side of both estates towards an end, read as it is.</summary>
    public FlowState Read(Direction direction, EndClass near, in PairedEnd far)
    {
        var other = _ends.Classes[far.Class];
        var (oldAllowed, oldPossible) = Read(_old, direction, near.Old, other.Old, far);
        var (newAllowed, newPossible) = Read(_new, direction, near.New, other.New, far);
        return new FlowState(oldAllowed, oldPossible, newAllowed, newPossible);
    }

    private static (int Allowed, int Possible) Read(ConnectivityModel model, Direction direction, EndState near, EndState far, in PairedEnd end)
    {
        if (!near.Exists || !far.Exists) return (ServicePool.Empty, ServicePool.Empty);
        if (near.Groups!.Length == 0) return (ServicePool.Any, ServicePool.Any);
        var (allowed, doubt) = (ServicePool.Empty, ServicePool.Empty);
        model.AddSide(direction, near.Groups, near.Vpc, new Far(far.Groups, far.Vpc, end.Family, end.Range.First), ref allowed, ref doubt);
        return (allowed, doubt == ServicePool.Empty ? allowed : model.Pool.Union(allowed, doubt));
    }

    private IEnumerable<SideTable> Tables(ConnectivityModel model, EndState state) => (state.Groups ?? []).Select(g => model.Table(_own, g));

    private FlowState At(AddressNumber start)
    {
        var (before, after) = (Union(_old, _near.Old), Union(_new, _near.New));
        return new FlowState(before, before, after, after);

        int Union(ConnectivityModel model, EndState state)
        {
            var result = ServicePool.Empty;
            foreach (var group in state.Groups ?? []) result = _pool.Union(result, model.Table(_own, group).At(_near.Family, start));
            return result;
        }
    }

    private void AddNamed(ConnectivityModel model, EndState state, bool isNew)
    {
        foreach (var table in Tables(model, state))
        {
            foreach (var group in table.ReferenceGroups) _named.Add(_ends.Groups.Of(isNew, group));
        }
    }

    private FlowState WithReferences(FlowState state, in PairedEnd far, EndClass other)
    {
        var before = References(_old, _near.Old, other.Old);
        var after = References(_new, _near.New, other.New);
        if (before < 0 || after < 0) return Read(_own, _near, far);
        var (then, now) = (_pool.Union(state.OldAllowed, before), _pool.Union(state.NewAllowed, after));
        return new FlowState(then, then, now, now);
    }

    // -1 when it is not known whether references match at all.
    private int References(ConnectivityModel model, EndState near, EndState far)
    {
        var result = ServicePool.Empty;
        if (!near.Exists || !far.Exists) return result;
        foreach (var group in near.Groups!)
        {
            var table = model.Table(_own, group);
            foreach (var named in far.Groups!) result = _pool.Union(result, table.Reference(named));
        }

        if (result == ServicePool.Empty) return result;
        return model.Links.Between(near.Vpc, far.Vpc).Carries(_own) switch { true => result, false => ServicePool.Empty, null => -1 };
    }

    private bool CarriesUnread(EndClass other) =>
        (other.Old.Groups is { } old && _old.CarriesUnread(old)) || (other.New.Groups is { } now && _new.CarriesUnread(now));

    /// <summary>What the groups of one estate say of a class's ends, each asked once.</summary>
    private sealed class Memory
    {
        private readonly ConnectivityModel _model;
        private readonly EndState _far;
        private readonly int[] _ends;
        private readonly PairedEnds _paired;
        private readonly Direction _direction;
        private readonly bool _isPlain;
        private readonly int[] _references;
        private readonly int[]?[] _addresses;
        private readonly Dictionary<int, bool?> _links = [];

        public Memory(ConnectivityModel model, EndState far, int[] ends, PairedEnds paired, Direction direction)
        {
            (_model, _far, _ends, _paired, _direction) = (model, far, ends, paired, direction);
            _isPlain = far.Groups is not { } groups || !model.CarriesUnread(groups);
            _references = Fresh();
            _addresses = new int[]?[ends.Length];
        }

        /// <summary>Null when the side has doubts.</summary>
        public (int Allowed, int Possible)? Ask(EndState near, int end)
        {
            if (!near.Exists || !_far.Exists) return (ServicePool.Empty, ServicePool.Empty);
            if (near.Groups!.Length == 0) return (ServicePool.Any, ServicePool.Any);
            if (!_isPlain) return null;
            var addresses = _addresses[end] ??= Fresh();
            var (allowed, named) = (ServicePool.Empty, ServicePool.Empty);
            foreach (var group in near.Groups)
            {
                var known = addresses[group];
                if (known == NotAsked)
                {
                    var table = _model.Table(_direction, group);
                    if (table.HasDoubts) return null;
                    var paired = _paired.Ends[_ends[end]];
                    known = addresses[group] = table.At(paired.Family, paired.Range.First);
                    if (_references[group] == NotAsked) _references[group] = Named(table);
                }

                allowed = _model.Pool.Union(allowed, known);
                named = _model.Pool.Union(named, _references[group]);
            }

            if (named == ServicePool.Empty) return (allowed, allowed);
            if (!_links.TryGetValue(near.Vpc, out var carries)) _links.Add(near.Vpc, carries = _model.Links.Between(near.Vpc, _far.Vpc).Carries(_direction));
            if (carries is null) return null;
            if (carries.Value) allowed = _model.Pool.Union(allowed, named);
            return (allowed, allowed);
        }

        private int Named(SideTable table)
        {
            var result = ServicePool.Empty;
            foreach (var group in _far.Groups!) result = _model.Pool.Union(result, table.Reference(group));
            return result;
        }

        private int[] Fresh()
        {
            var result = new int[_model.GroupCount];
            Array.Fill(result, NotAsked);
            return result;
        }
    }
}

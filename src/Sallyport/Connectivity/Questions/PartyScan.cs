using Sallyport.Connectivity.Tables;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Questions;

/// <summary>
/// One party against every interface of the estate: what its own side lets through for each place, met with what the place's
/// groups let through for the party. A group's table is read once for the party and not once for each interface that carries it.
/// </summary>
internal sealed class PartyScan
{
    private readonly ConnectivityModel _model;
    private readonly ServicePool _pool;
    private readonly Party _party;
    private readonly Direction _direction;
    private readonly int[] _bySlab;
    private readonly int[] _byReference;
    private readonly int[] _theirs;
    private readonly int[] _theirsByReference;
    private readonly int[] _theirDoubts;
    private readonly CarrierSides[] _carriers;
    private readonly Dictionary<int, int?> _fellows;
    private readonly bool _hasReferences;
    private int _ownDoubt;

    /// <summary>
    /// Reads the tables. <paramref name="direction"/> is the party's own: ingress to learn who reaches it, egress to learn whom it
    /// reaches.
    /// </summary>
    public PartyScan(ConnectivityModel model, Party party, Direction direction)
    {
        _model = model;
        _pool = model.Pool;
        _party = party;
        _direction = direction;
        _bySlab = new int[model.Addresses.Places.Length];
        _byReference = new int[model.GroupCount];
        _theirs = new int[model.GroupCount];
        _theirsByReference = new int[model.GroupCount];
        _theirDoubts = new int[model.GroupCount];
        _carriers = new CarrierSides[model.CarrierCount];
        _hasReferences = party.Groups is { Length: > 0 };
        ReadOwn();
        ReadTheirs();
        _fellows = Fellows();
    }

    /// <summary>
    /// Services that pass both sides for the place and some element of the party, certainly and at most; of a place whose interface is
    /// in the party, some element that is not of that interface.
    /// </summary>
    public (int Allowed, int Possible) At(int placeIndex)
    {
        var nic = _model.Addresses.Places[placeIndex].Nic;
        ref var carrier = ref _carriers[_model.CarrierOf(nic)];
        if (!carrier.IsOwnRead) carrier = ReadOwn(_model.GroupsOf(nic), _model.VpcOf(nic));
        var own = _pool.Union(_bySlab[placeIndex], carrier.Own);
        if (own == ServicePool.Empty && carrier.OwnDoubt == ServicePool.Empty) return (ServicePool.Empty, ServicePool.Empty);
        if (!carrier.IsTheirRead) ReadTheir(ref carrier, _model.GroupsOf(nic), _model.VpcOf(nic));
        var their = carrier.Their;
        if (_fellows.TryGetValue(nic, out var fellows))
        {
            if (fellows is not { } others) return (ServicePool.Empty, ServicePool.Empty);
            their = _pool.Union(others, carrier.TheirNamed);
        }

        var allowed = _pool.Intersect(own, their);
        if (carrier.OwnDoubt == ServicePool.Empty && carrier.TheirDoubt == ServicePool.Empty) return (allowed, allowed);
        return (allowed, _pool.Intersect(_pool.Union(own, carrier.OwnDoubt), _pool.Union(their, carrier.TheirDoubt)));
    }

    // Everything but the blocks of the party's own rules depends on the groups and VPC of the other end alone. Most carriers of a
    // large estate are shut out by the party's own side, so theirs is read when that one lets something through.
    private CarrierSides ReadOwn(int[] groups, int vpc)
    {
        var (own, doubt) = (ServicePool.Empty, _ownDoubt);
        if (_party.Groups is null or { Length: 0 }) own = _party.IsHidden ? ServicePool.Empty : ServicePool.Any;
        if (_party.IsHidden) doubt = ServicePool.Any;
        if (!_hasReferences) return new CarrierSides { IsOwnRead = true, Own = own, OwnDoubt = doubt };
        var carries = _model.Links.Between(vpc, _party.Vpc).Carries(_direction);
        var isKnown = !_model.CarriesUnread(groups);
        foreach (var group in groups) AddReference(carries, isKnown, OwnReference(group), ref own, ref doubt);
        return new CarrierSides { IsOwnRead = true, Own = own, OwnDoubt = doubt };
    }

    private void ReadTheir(ref CarrierSides carrier, int[] groups, int vpc)
    {
        var carries = _hasReferences ? _model.Links.Between(vpc, _party.Vpc).Carries(Opposite(_direction)) : false;
        var isKnown = _party.Groups is null || !_model.CarriesUnread(_party.Groups);
        var (their, named, doubt) = (groups.Length == 0 ? ServicePool.Any : ServicePool.Empty, ServicePool.Empty, ServicePool.Empty);
        foreach (var group in groups)
        {
            their = _pool.Union(their, _theirs[group]);
            doubt = _pool.Union(doubt, _theirDoubts[group]);
            if (_party.IsOutside) AddUnreadMembers(group, vpc, ref doubt);
            AddReference(carries, isKnown, _theirsByReference[group], ref named, ref doubt);
        }

        carrier = carrier with { IsTheirRead = true, Their = _pool.Union(their, named), TheirNamed = named, TheirDoubt = doubt };
    }

    private int OwnReference(int group) => _model.CarriesUnread([group])
        ? _party.Groups!.Aggregate(ServicePool.Empty, (services, own) => _pool.Union(services, _model.Table(_direction, own).AnyReference(_pool)))
        : _byReference[group];

    private void AddReference(bool? carries, bool isKnown, int services, ref int allowed, ref int doubt)
    {
        if (carries == true && isKnown) allowed = _pool.Union(allowed, services);
        else if (carries != false) doubt = _pool.Union(doubt, services);
    }

    private static Direction Opposite(Direction direction) => direction == Direction.Ingress ? Direction.Egress : Direction.Ingress;

    // The party's own rules: blocks are laid over the sorted places once, references go by group.
    private void ReadOwn()
    {
        var book = _model.Addresses;
        foreach (var group in _party.Groups ?? [])
        {
            var table = _model.Table(_direction, group);
            _ownDoubt = _pool.Union(_ownDoubt, table.DoubtAlways);
            for (var i = 0; i < table.ReferenceGroups.Length; i++)
            {
                ref var services = ref _byReference[table.ReferenceGroups[i]];
                services = _pool.Union(services, table.ReferenceSets[i]);
            }

            foreach (var (range, set) in table.Slabs(_party.Family))
            {
                if (set == ServicePool.Empty) continue;
                for (var i = book.FirstAtOrAfter(_party.Family, range.First); i < book.Places.Length && book.Places[i].Family == _party.Family && book.Places[i].Range.First <= range.Last; i++)
                {
                    _bySlab[i] = _pool.Union(_bySlab[i], set);
                }

                // A delegated prefix that begins before the slab reaches into it.
                foreach (var i in book.PrefixesOver(_party.Family, range.First)) _bySlab[i] = _pool.Union(_bySlab[i], set);
            }
        }
    }

    private void ReadTheirs()
    {
        for (var group = 0; group < _theirs.Length; group++)
        {
            var table = _model.Table(Opposite(_direction), group);
            _theirs[group] = Towards(table);
            _theirDoubts[group] = table.DoubtAlways;
            foreach (var own in _party.Groups ?? []) _theirsByReference[group] = _pool.Union(_theirsByReference[group], _model.ReferenceTo(table, own));
        }
    }

    private void AddUnreadMembers(int group, int vpc, ref int doubt)
    {
        if (_party.IsInternet) return;
        var direction = Opposite(_direction);
        foreach (var (named, services) in _model.Table(direction, group).DoubtfulReferences)
        {
            if (_party.Ranges.Any(r => _model.MayBeMember(direction, vpc, named, _party.Family, r))) doubt = _pool.Union(doubt, services);
        }
    }

    /// <summary>
    /// For each interface of the party, which all carry the same groups, what these let through by address for the others; null
    /// when there is no other.
    /// </summary>
    private Dictionary<int, int?> Fellows()
    {
        var byNic = new SortedDictionary<int, int>();
        foreach (var place in _party.Places)
        {
            var services = _party.Groups is { Length: > 0 } groups
                ? groups.Aggregate(ServicePool.Empty, (s, group) => _pool.Union(s, At(_model.Table(Opposite(_direction), group), place))) : ServicePool.Any;
            byNic[place.Nic] = _pool.Union(byNic.GetValueOrDefault(place.Nic, ServicePool.Empty), services);
        }

        var (nics, own) = (byNic.Keys.ToArray(), byNic.Values.ToArray());
        var after = new int[nics.Length + 1];
        for (var i = nics.Length - 1; i >= 0; i--) after[i] = _pool.Union(after[i + 1], own[i]);
        var (before, result) = (ServicePool.Empty, new Dictionary<int, int?>(nics.Length));
        for (var i = 0; i < nics.Length; i++)
        {
            result[nics[i]] = nics.Length == 1 ? null : _pool.Union(before, after[i + 1]);
            before = _pool.Union(before, own[i]);
        }

        return result;
    }

    private int At(SideTable table, Place place) => place.IsSingle ? table.At(place.Family, place.Range.First) : Over(table, place.Range, isSome: true);

    private int Towards(SideTable table)
    {
        var services = ServicePool.Empty;
        foreach (var place in _party.Places) services = _pool.Union(services, At(table, place));

        if (_party.Ranges.Length == 0) return services;
        if (!_party.IsSymbolic) return _party.Ranges.Aggregate(services, (s, range) => _pool.Union(s, Over(table, range, isSome: true)));
        return _party.Ranges.Aggregate(ServicePool.Any, (s, range) => _pool.Intersect(s, Over(table, range, isSome: false)));
    }

    private int Over(SideTable table, AddressRange range, bool isSome)
    {
        var services = isSome ? ServicePool.Empty : ServicePool.Any;
        foreach (var (slab, set) in table.Slabs(_party.Family))
        {
            if (slab.Last < range.First) continue;
            if (slab.First > range.Last) break;
            services = isSome ? _pool.Union(services, set) : _pool.Intersect(services, set);
        }

        return services;
    }

    private readonly record struct CarrierSides(bool IsOwnRead, int Own, int OwnDoubt, bool IsTheirRead, int Their, int TheirNamed, int TheirDoubt);
}

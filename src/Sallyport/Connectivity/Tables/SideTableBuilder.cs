using System.Runtime.InteropServices;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Tables;

/// <summary>Makes the two tables of each group, expanding prefix lists and setting aside what cannot be known.</summary>
internal sealed class SideTableBuilder
{
    private readonly Estate _estate;
    private readonly ServicePool _pool;
    private readonly Func<SecurityGroupId, int> _indexOf;
    private readonly ILookup<string, EstateGap> _ruleGaps;
    private readonly HashSet<string> _listGaps;
    private readonly MemberGaps _members;
    private readonly Dictionary<Interval, (ServiceSet Set, int Id)> _intervals = [];
    private readonly List<AddressServices.Slab> _v4 = [];
    private readonly List<AddressServices.Slab> _v6 = [];
    private readonly Dictionary<int, int> _references = [];
    private readonly Dictionary<int, int> _doubtful = [];

    public SideTableBuilder(Estate estate, ServicePool pool, MemberGaps members, Func<SecurityGroupId, int> indexOf)
    {
        _estate = estate;
        _pool = pool;
        _members = members;
        _indexOf = indexOf;
        _ruleGaps = estate.Gaps.Where(g => g.What == GapKind.Rules).ToLookup(g => g.Where, StringComparer.Ordinal);
        _listGaps = estate.Gaps.Where(g => g.What == GapKind.PrefixLists).Select(g => g.Where).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The table of a group that the estate does not hold: nothing is known.</summary>
    public static SideTable NotRead(ServicePool pool) =>
        new(AddressServices.Empty(IpFamily.V4), AddressServices.Empty(IpFamily.V6), [], pool) { DoubtAlways = ServicePool.Any };

    /// <summary>One direction of a group.</summary>
    public SideTable Build(SecurityGroup group, Direction direction)
    {
        _v4.Clear();
        _v6.Clear();
        _references.Clear();
        _doubtful.Clear();
        var doubt = IsDoubtful(group, direction) ? ServicePool.Any : ServicePool.Empty;
        foreach (var rule in group.Rules)
        {
            if (rule.Direction != direction) continue;
            var (services, id) = Of(rule.Service.Interval);
            switch (rule.Peer)
            {
                case CidrPeer { Cidr: var cidr }:
                    Add(cidr, services);
                    break;
                case PrefixListPeer list when _estate.Index.EntriesOf(list.PrefixList) is { } entries:
                    foreach (var entry in entries) Add(entry.Cidr, services);
                    if (IsPartlyRead(list.PrefixList)) doubt = _pool.Union(doubt, id);
                    break;
                case PrefixListPeer:
                    doubt = _pool.Union(doubt, id);
                    break;
                case GroupPeer peer when GroupReference.IsAlive(peer):
                    var far = _indexOf(peer.Group);
                    AddTo(_references, far, id);
                    if (_members.AreIncomplete(peer.Group)) AddTo(_doubtful, far, id);

                    // It may be any group, one of the estate too.
                    if (GroupReference.IsUnresolved(peer, _estate)) doubt = _pool.Union(doubt, id);
                    break;
            }
        }

        return new SideTable(
            AddressServices.FromBoxes(IpFamily.V4, _v4), AddressServices.FromBoxes(IpFamily.V6, _v6),
            _references.OrderBy(r => r.Key).Select(r => (r.Key, r.Value)).ToArray(), _pool)
        {
            DoubtAlways = doubt,
            DoubtfulReferences = [.. _doubtful.OrderBy(d => d.Key).Select(d => (d.Key, d.Value))],
        };
    }

    // Malformed rules are known by direction and leave one gap; any other says that a direction is missing as a whole.
    private bool IsDoubtful(SecurityGroup group, Direction direction) =>
        group.Malformed.Any(m => m.Direction == direction)
        || _ruleGaps[group.Id.Value].Count() > (group.Malformed.IsEmpty ? 0 : 1)
        || _ruleGaps[string.Empty].Any() || (_ruleGaps.Count > 0 && _ruleGaps[group.Scope.ToString()].Any());

    private bool IsPartlyRead(PrefixListId list) => _listGaps.Count > 0
        && (_listGaps.Contains(list.Value) || _listGaps.Contains(string.Empty) || _listGaps.Contains(_estate.Index.PrefixLists[list].Scope.ToString()));

    private (ServiceSet Set, int Id) Of(Interval interval)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_intervals, interval, out var exists);
        if (!exists)
        {
            var set = ServiceSet.FromIntervals([interval]);
            var id = _pool.Intern(set);
            known = (_pool[id], id);
        }

        return known;
    }

    private void Add(Cidr cidr, ServiceSet services) =>
        (cidr.Family == IpFamily.V4 ? _v4 : _v6).Add(new AddressServices.Slab(new AddressRange(cidr.Bits, cidr.Last.Bits), services));

    private void AddTo(Dictionary<int, int> map, int group, int services)
    {
        ref var set = ref CollectionsMarshal.GetValueRefOrAddDefault(map, group, out _);
        set = _pool.Union(set, services);
    }
}

using System.Runtime.InteropServices;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Differences;

/// <summary>
/// Names sets of ends as people do: a group when all its ends are in the set, then interfaces, then single addresses. The names of one
/// set together are exactly the set; an end with several groups may be in two of them.
/// </summary>
internal sealed class EndNamer
{
    private readonly ConnectivityModel _model;
    private readonly bool _isNew;
    private readonly PairedEnds _ends;
    private readonly GroupNumbers _groups;
    private readonly Func<int, bool> _isTouched;
    private readonly Dictionary<(int Group, IpFamily Family), int> _sizes = [];
    private readonly Dictionary<int[], List<NamedEnds>> _known = [];

    /// <summary>Names by the groups that ends carry in one of the estates.</summary>
    /// <param name="model">That estate.</param>
    /// <param name="isNew">Which of the two it is.</param>
    /// <param name="ends">Ends of both.</param>
    /// <param name="groups">Numbers of groups.</param>
    /// <param name="isTouched">True for a group whose own rules differ: its name comes first.</param>
    public EndNamer(ConnectivityModel model, bool isNew, PairedEnds ends, GroupNumbers groups, Func<int, bool> isTouched)
    {
        (_model, _isNew, _ends, _groups, _isTouched) = (model, isNew, ends, groups, isTouched);
        foreach (var end in ends.Classes)
        {
            foreach (var group in CarriedBy(end)) CollectionsMarshal.GetValueRefOrAddDefault(_sizes, (group, end.Family), out _) += end.Ends.Length;
        }
    }

    /// <summary>Names for a set of ends of one family.</summary>
    public IReadOnlyList<NamedEnds> Name(int[] ends)
    {
        if (!_known.TryGetValue(ends, out var names)) _known.Add(ends, names = Find(ends));
        return names;
    }

    /// <summary>The name of addresses outside.</summary>
    public static DiffEnd Outside(AddressSet addresses, bool includesInterfaces) =>
        new(DiffEndKind.Blocks, BlockText.Of(addresses)) { Blocks = addresses.ToCidrs(), IncludesInterfaces = includesInterfaces };

    /// <summary>The name of a group.</summary>
    public static DiffEnd Of(SecurityGroupId group, Estate estate) => new(DiffEndKind.Group, group.Value)
    {
        Group = group,
        Name = estate.Index.Groups.TryGetValue(group, out var found) ? found.Name : string.Empty,
    };

    private List<NamedEnds> Find(int[] ends)
    {
        var members = new Dictionary<int, List<int>>();
        foreach (var end in ends)
        {
            foreach (var group in CarriedBy(_ends.Classes[_ends.Ends[end].Class]))
            {
                ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(members, group, out _);
                (list ??= []).Add(end);
            }
        }

        var family = _ends.Ends[ends[0]].Family;
        var names = new List<NamedEnds>();
        var left = ends.ToHashSet();
        var whole = members.Where(m => m.Value.Count == _sizes[(m.Key, family)])
            .OrderByDescending(m => _isTouched(m.Key)).ThenByDescending(m => m.Value.Count).ThenBy(m => _groups[m.Key]);
        foreach (var (group, of) in whole)
        {
            if (left.Count == 0) break;
            if (!of.Exists(left.Contains)) continue;
            left.ExceptWith(of);
            names.Add(new NamedEnds(Of(_groups[group], _model.Estate), [.. of]));
        }

        foreach (var nic in left.Order().GroupBy(e => _ends.Ends[e].Nic(_isNew)))
        {
            var @interface = _model.Estate.NetworkInterfaces[nic.Key];
            int[] of = [.. nic];
            if (of.Length == PlacesOf(nic.Key, family)) names.Add(new NamedEnds(new DiffEnd(DiffEndKind.Interface, @interface.Id.Value) { Interface = @interface.Id }, of));
            else names.AddRange(of.Select(e => new NamedEnds(One(@interface, _ends.Ends[e]), [e])));
        }

        return names;
    }

    private int PlacesOf(int nic, IpFamily family)
    {
        var count = 0;
        foreach (var place in _model.PlacesOf(nic).Where(p => p.Family == family))
        {
            var (first, end) = _ends.Within(family, place.Range);
            for (var i = first; i < end; i++)
            {
                if (_ends.Ends[i].Nic(_isNew) == nic) count++;
            }
        }

        return count;
    }

    private static DiffEnd One(NetworkInterface nic, PairedEnd end)
    {
        var blocks = AddressSet.FromRanges(end.Family, [end.Range]).ToCidrs();
        var text = blocks is [var only] && only.PrefixLength == Cidr.Width(end.Family) ? only.First.ToString() : string.Join(", ", blocks);
        return new DiffEnd(DiffEndKind.Address, nic.Vpc is { } vpc ? $"{vpc}/{text}" : text) { Interface = nic.Id, Blocks = blocks };
    }

    private IEnumerable<int> CarriedBy(EndClass end) =>
        end.State(_isNew).Groups is { } groups && !_model.CarriesUnread(groups) ? groups.Select(g => _groups.Of(_isNew, g)) : [];
}

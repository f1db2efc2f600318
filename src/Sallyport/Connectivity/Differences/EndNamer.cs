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
    private readonly Dictionary<(int Nic, IpFamily Family), (int Places, DiffEnd Name)> _interfaces = [];
    private readonly int[][] _carried;
    private readonly List<int>[] _classesOf;
    private readonly int[] _counts;
    private readonly bool[] _isLeft;

    /// <summary>Names by the groups that ends carry in one of the estates.</summary>
    /// <param name="model">That estate.</param>
    /// <param name="isNew">Which of the two it is.</param>
    /// <param name="ends">Ends of both.</param>
    /// <param name="groups">Numbers of groups.</param>
    /// <param name="isTouched">True for a group whose own rules differ: its name comes first.</param>
    public EndNamer(ConnectivityModel model, bool isNew, PairedEnds ends, GroupNumbers groups, Func<int, bool> isTouched)
    {
        (_model, _isNew, _ends, _groups, _isTouched) = (model, isNew, ends, groups, isTouched);
        _carried = [.. ends.Classes.Select(c => CarriedBy(c).ToArray())];
        _classesOf = new List<int>[groups.Count];
        _counts = new int[groups.Count];
        _isLeft = new bool[ends.Ends.Length];
        foreach (var end in ends.Classes)
        {
            foreach (var group in _carried[end.Index]) (_classesOf[group] ??= []).Add(end.Index);
            foreach (var group in _carried[end.Index]) CollectionsMarshal.GetValueRefOrAddDefault(_sizes, (group, end.Family), out _) += end.Ends.Length;
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
        var family = _ends.Ends[ends[0]].Family;
        var seen = new List<int>();
        foreach (var end in ends)
        {
            _isLeft[end] = true;
            foreach (var group in _carried[_ends.Ends[end].Class])
            {
                if (_counts[group]++ == 0) seen.Add(group);
            }
        }

        var order = seen.Select(g => (Group: g, Count: _counts[g])).ToArray();
        foreach (var group in seen) _counts[group] = 0;
        Array.Sort(order, (a, b) => _isTouched(a.Group) != _isTouched(b.Group) ? (_isTouched(a.Group) ? -1 : 1) : a.Count != b.Count ? b.Count.CompareTo(a.Count) : _groups[a.Group].CompareTo(_groups[b.Group]));
        var names = new List<NamedEnds>();
        foreach (var (group, count) in order)
        {
            if (count == _sizes[(group, family)] && Take(group, family, least: 1) is { Length: > 0 }) names.Add(new NamedEnds(Of(_groups[group], _model.Estate), EndsOf(group, family)));
        }

        // Of a group of which only some ends are left, two or more are one name with a list, not a name each.
        foreach (var (group, count) in order)
        {
            if (count < 2 || Take(group, family, least: 2) is not { Length: > 0 } some) continue;
            names.Add(new NamedEnds(Of(_groups[group], _model.Estate) with { Part = [.. Single(some).Select(n => n.Name)], PartOf = _sizes[(group, family)] }, some));
        }

        foreach (var end in Single(ends.Where(e => _isLeft[e]))) names.Add(end);
        foreach (var end in ends) _isLeft[end] = false;
        return names;
    }

    private int[] EndsOf(int group, IpFamily family) => [.. _classesOf[group].Where(c => _ends.Classes[c].Family == family).SelectMany(c => _ends.Classes[c].Ends).Order()];

    // What is left of a group, taken away; nothing when it is less than asked for.
    private int[] Take(int group, IpFamily family, int least)
    {
        var result = new List<int>();
        foreach (var index in _classesOf[group])
        {
            if (_ends.Classes[index].Family != family) continue;
            foreach (var end in _ends.Classes[index].Ends)
            {
                if (_isLeft[end]) result.Add(end);
            }
        }

        if (result.Count < least) return [];
        foreach (var end in result) _isLeft[end] = false;
        result.Sort();
        return [.. result];
    }

    private List<NamedEnds> Single(IEnumerable<int> ends)
    {
        var result = new List<NamedEnds>();
        foreach (var nic in ends.GroupBy(e => _ends.Ends[e].Nic(_isNew)))
        {
            int[] of = [.. nic];
            var (places, name) = Interface(nic.Key, _ends.Ends[of[0]].Family);
            if (of.Length == places) result.Add(new NamedEnds(name, of));
            else result.AddRange(of.Select(e => new NamedEnds(One(_model.Estate.NetworkInterfaces[nic.Key], _ends.Ends[e]), [e])));
        }

        return result;
    }

    /// <summary>How many ends of a family an interface has, and its name.</summary>
    private (int Places, DiffEnd Name) Interface(int nic, IpFamily family)
    {
        if (_interfaces.TryGetValue((nic, family), out var known)) return known;
        var count = 0;
        foreach (var place in _model.PlacesOf(nic).Where(p => p.Family == family))
        {
            var (first, end) = _ends.Within(family, place.Range);
            for (var i = first; i < end; i++)
            {
                if (_ends.Ends[i].Nic(_isNew) == nic) count++;
            }
        }

        var id = _model.Estate.NetworkInterfaces[nic].Id;
        return _interfaces[(nic, family)] = (count, new DiffEnd(DiffEndKind.Interface, id.Value) { Interface = id });
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

using System.Runtime.InteropServices;
using Sallyport.Connectivity.Tables;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Differences;

/// <summary>The ends of two estates, each once, and sorted into classes.</summary>
internal sealed class PairedEnds
{
    private readonly ConnectivityModel _old;
    private readonly ConnectivityModel _new;
    private readonly GroupNumbers _groups;
    private readonly List<PairedEnd> _ends = [];
    private readonly List<EndClass> _classes = [];
    private readonly List<List<int>> _members = [];
    private readonly Dictionary<(int, int, int, int, IpFamily), int> _classIndex = [];
    private readonly int[] _oldSets;
    private readonly int[] _newSets;
    private readonly List<int>?[] _classesOfGroup;
    private readonly int _firstV6;
    private readonly Lazy<AddressSet> _heldV4;
    private readonly Lazy<AddressSet> _heldV6;

    public PairedEnds(ConnectivityModel old, ConnectivityModel @new, GroupNumbers groups)
    {
        (_old, _new, _groups) = (old, @new, groups);
        _oldSets = SetsOf(old);
        _newSets = SetsOf(@new);
        _classesOfGroup = new List<int>?[groups.Count];
        var cuts = CutsOf(old, @new);
        Pair(Pieces(old, cuts), Pieces(@new, cuts));
        foreach (var end in _classes) end.Ends = [.. _members[end.Index]];
        _firstV6 = _ends.FindIndex(e => e.Family == IpFamily.V6) is var first and >= 0 ? first : _ends.Count;
        _heldV4 = new(() => AddressSet.FromRanges(IpFamily.V4, _ends.Take(_firstV6).Select(e => e.Range)));
        _heldV6 = new(() => AddressSet.FromRanges(IpFamily.V6, _ends.Skip(_firstV6).Select(e => e.Range)));
    }

    /// <summary>Every end, by family and address.</summary>
    public ReadOnlySpan<PairedEnd> Ends => CollectionsMarshal.AsSpan(_ends);

    /// <summary>Numbers of the groups of both.</summary>
    public GroupNumbers Groups => _groups;

    /// <summary>Every class.</summary>
    public IReadOnlyList<EndClass> Classes => _classes;

    /// <summary>Addresses of a family that some interface holds in some VPC of some estate.</summary>
    public AddressSet Held(IpFamily family) => (family == IpFamily.V4 ? _heldV4 : _heldV6).Value;

    /// <summary>Classes of which a group is or was carried, by the group's number.</summary>
    public IReadOnlyList<int> ClassesOf(int group) => _classesOfGroup[group] ?? (IReadOnlyList<int>)[];

    /// <summary>Ends of a range, from and up to (not including) an index. Ranges of tables never cut an end.</summary>
    public (int From, int To) Within(IpFamily family, AddressRange range) =>
        (FirstAtOrAfter(family, range.First), range.Last == Address.Max(family) ? EndOf(family) : FirstAtOrAfter(family, range.Last + 1));

    /// <summary>True when no address of the range is outside.</summary>
    public bool IsHeldWholly(IpFamily family, AddressRange range) => FirstOutside(family, range) is null;

    /// <summary>The lowest address of the range that no interface holds; null when there is none.</summary>
    public Address? FirstOutside(IpFamily family, AddressRange range)
    {
        var ranges = Held(family).Ranges;
        var (low, high) = (0, ranges.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (ranges[middle].Last < range.First) low = middle + 1;
            else if (ranges[middle].First > range.First) high = middle - 1;
            else return ranges[middle].Last >= range.Last ? null : new Address(family, ranges[middle].Last + 1);
        }

        return new Address(family, range.First);
    }

    private int EndOf(IpFamily family) => family == IpFamily.V4 ? _firstV6 : _ends.Count;

    private int FirstAtOrAfter(IpFamily family, AddressNumber bits)
    {
        var (low, high) = family == IpFamily.V4 ? (0, _firstV6) : (_firstV6, _ends.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_ends[middle].Range.First < bits) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    // Sets of groups as numbers, one a set.
    private static int[] SetsOf(ConnectivityModel model)
    {
        var sets = new Dictionary<int[], int>(NumberSetComparer.Instance);
        var result = new int[model.Estate.NetworkInterfaces.Length];
        for (var nic = 0; nic < result.Length; nic++)
        {
            ref var set = ref CollectionsMarshal.GetValueRefOrAddDefault(sets, model.GroupsOf(nic), out var exists);
            if (!exists) set = sets.Count;
            result[nic] = set;
        }

        return result;
    }

    // A delegated prefix is many addresses. Cut wherever any table or any other place begins anew, each piece is as good as one address.
    private static Dictionary<IpFamily, AddressNumber[]> CutsOf(ConnectivityModel old, ConnectivityModel @new)
    {
        var result = new Dictionary<IpFamily, AddressNumber[]>();
        foreach (var family in new[] { IpFamily.V4, IpFamily.V6 })
        {
            var prefixes = AddressSet.FromRanges(family, new[] { old, @new }.SelectMany(m => m.Addresses.Places).Where(p => p.Family == family && !p.IsSingle).Select(p => p.Range));
            if (prefixes.IsEmpty) continue;
            var cuts = new SortedSet<AddressNumber>();
            foreach (var model in new[] { old, @new })
            {
                foreach (var place in model.Addresses.Places.Where(p => p.Family == family)) Add(place.Range);
                for (var group = 0; group < model.GroupCount; group++)
                {
                    foreach (var direction in new[] { Direction.Egress, Direction.Ingress })
                    {
                        foreach (var (range, _) in model.Table(direction, group).Slabs(family)) Add(range);
                    }
                }
            }

            result[family] = [.. cuts];

            void Add(AddressRange range)
            {
                if (prefixes.Contains(new Address(family, range.First))) cuts.Add(range.First);
                if (range.Last != Address.Max(family) && prefixes.Contains(new Address(family, range.Last + 1))) cuts.Add(range.Last + 1);
            }
        }

        return result;
    }

    private static IReadOnlyList<Place> Pieces(ConnectivityModel model, Dictionary<IpFamily, AddressNumber[]> cuts)
    {
        var places = model.Addresses.Places;
        if (places.All(p => p.IsSingle)) return places;
        var result = new List<Place>(places.Length);
        foreach (var place in places)
        {
            var first = place.Range.First;
            var list = cuts.GetValueOrDefault(place.Family, []);
            var index = Array.BinarySearch(list, first);
            for (index = index < 0 ? ~index : index + 1; index < list.Length && list[index] <= place.Range.Last; index++)
            {
                result.Add(place with { Range = new AddressRange(first, list[index] - 1) });
                first = list[index];
            }

            result.Add(place with { Range = new AddressRange(first, place.Range.Last) });
        }

        result.Sort((a, b) => a.Family != b.Family ? a.Family.CompareTo(b.Family) : a.Range.First != b.Range.First ? a.Range.First.CompareTo(b.Range.First) : a.Nic.CompareTo(b.Nic));
        return result;
    }

    private void Pair(IReadOnlyList<Place> old, IReadOnlyList<Place> @new)
    {
        _ends.Capacity = Math.Max(old.Count, @new.Count);
        var left = new List<int>();
        var right = new List<int>();
        for (var (i, j) = (0, 0); i < old.Count || j < @new.Count;)
        {
            var next = j >= @new.Count || (i < old.Count && Compare(old[i], @new[j]) <= 0) ? old[i] : @new[j];
            left.Clear();
            right.Clear();
            for (; i < old.Count && Compare(old[i], next) == 0; i++) left.Add(old[i].Nic);
            for (; j < @new.Count && Compare(@new[j], next) == 0; j++) right.Add(@new[j].Nic);

            if (left.Count == 1 && right.Count == 1 && _old.Estate.NetworkInterfaces[left[0]].Vpc == _new.Estate.NetworkInterfaces[right[0]].Vpc)
            {
                Add(next, left[0], right[0]);
                continue;
            }

            // Where VPCs overlap, or two readings of one VPC were merged, the same interface comes before its like.
            var pairs = new List<(int Old, int New)>();
            Match(pairs, left, right, isStrict: true);
            Match(pairs, left, right, isStrict: false);
            pairs.AddRange(left.Select(nic => (nic, -1)));
            pairs.AddRange(right.Select(nic => (-1, nic)));
            foreach (var (oldNic, newNic) in pairs.OrderBy(p => VpcOf(p.Old, p.New)).ThenBy(p => FirstId(p.Old, p.New), StringComparer.Ordinal)) Add(next, oldNic, newNic);
        }
    }

    // By what they are, not by which estate is the old one: differences are told alike in both directions.
    private VpcId? VpcOf(int oldNic, int newNic) =>
        oldNic >= 0 ? _old.Estate.NetworkInterfaces[oldNic].Vpc : _new.Estate.NetworkInterfaces[newNic].Vpc;

    private string FirstId(int oldNic, int newNic)
    {
        var before = oldNic < 0 ? null : _old.Estate.NetworkInterfaces[oldNic].Id.Value;
        var after = newNic < 0 ? null : _new.Estate.NetworkInterfaces[newNic].Id.Value;
        if (before is null || after is null) return before ?? after!;
        return string.CompareOrdinal(before, after) <= 0 ? before : after;
    }

    private void Match(List<(int Old, int New)> pairs, List<int> left, List<int> right, bool isStrict)
    {
        for (var i = 0; i < left.Count; i++)
        {
            var a = _old.Estate.NetworkInterfaces[left[i]];
            var index = right.FindIndex(r => _new.Estate.NetworkInterfaces[r] is var b && a.Vpc == b.Vpc && (!isStrict || a.Id == b.Id));
            if (index < 0) continue;
            pairs.Add((left[i], right[index]));
            left.RemoveAt(i--);
            right.RemoveAt(index);
        }
    }

    private static int Compare(Place a, Place b) => a.Family != b.Family ? a.Family.CompareTo(b.Family) : a.Range.First.CompareTo(b.Range.First);

    private void Add(Place place, int oldNic, int newNic)
    {
        var index = ClassOf(place.Family, oldNic, newNic);
        _members[index].Add(_ends.Count);
        _ends.Add(new PairedEnd(place.Family, place.Range, oldNic, newNic, index));
    }

    private int ClassOf(IpFamily family, int oldNic, int newNic)
    {
        var old = oldNic < 0 ? default : new EndState(_old.GroupsOf(oldNic), _old.VpcOf(oldNic));
        var @new = newNic < 0 ? default : new EndState(_new.GroupsOf(newNic), _new.VpcOf(newNic));
        var key = (oldNic < 0 ? -1 : _oldSets[oldNic], old.Vpc, newNic < 0 ? -1 : _newSets[newNic], @new.Vpc, family);
        if (_classIndex.TryGetValue(key, out var index)) return index;
        index = _classes.Count;
        _classIndex.Add(key, index);
        _members.Add([]);
        var before = old.Groups?.Select(g => _groups.Of(false, g)).Order().ToArray() ?? [];
        var after = @new.Groups?.Select(g => _groups.Of(true, g)).Order().ToArray() ?? [];
        int[] groups = [.. before.Union(after).Order()];
        foreach (var group in groups) (_classesOfGroup[group] ??= []).Add(index);

        // Ends are paired within a VPC, so only groups and presence can differ.
        _classes.Add(new EndClass { Index = index, Family = family, Old = old, New = @new, Groups = groups, IsChanged = old.Exists != @new.Exists || !before.AsSpan().SequenceEqual(after) });
        return index;
    }
}

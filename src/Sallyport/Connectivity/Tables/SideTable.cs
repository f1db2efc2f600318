using Sallyport.Packets;

namespace Sallyport.Connectivity.Tables;

/// <summary>
/// What one group allows in one direction: for every address of both families the number of a service set, and for every
/// group it names another. References stay references, so a table costs what its rules cost and not what their members cost.
/// (reference: reachability-and-synthesis §2.1)
/// </summary>
internal sealed class SideTable
{
    private readonly uint[] _v4Starts;
    private readonly int[] _v4Sets;
    private readonly AddressNumber[] _v6Starts;
    private readonly int[] _v6Sets;
    private readonly int[] _referenceGroups;
    private readonly int[] _referenceSets;

    /// <summary>Takes the tables; <paramref name="references"/> is sorted by group.</summary>
    public SideTable(AddressServices v4, AddressServices v6, ReadOnlySpan<(int Group, int Services)> references, ServicePool pool)
    {
        (var starts, _v4Sets) = Flatten(v4, pool);
        _v4Starts = Array.ConvertAll(starts, s => (uint)s);
        (_v6Starts, _v6Sets) = Flatten(v6, pool);
        _referenceGroups = new int[references.Length];
        _referenceSets = new int[references.Length];
        for (var i = 0; i < references.Length; i++) (_referenceGroups[i], _referenceSets[i]) = references[i];
    }

    /// <summary>Groups that are named, by index, sorted.</summary>
    public ReadOnlySpan<int> ReferenceGroups => _referenceGroups;

    /// <summary>Services for each of <see cref="ReferenceGroups"/>.</summary>
    public ReadOnlySpan<int> ReferenceSets => _referenceSets;

    /// <summary>What may be allowed to anybody: lists that were not read, rules that could not be understood.</summary>
    public int DoubtAlways { get; init; }

    /// <summary>What may be allowed to addresses that might belong to a group whose members were not all read.</summary>
    public (int Group, int Services)[] DoubtfulReferences { get; init; } = [];

    /// <summary>True when some answer may depend on a gap.</summary>
    public bool HasDoubts => DoubtAlways != ServicePool.Empty || DoubtfulReferences.Length > 0;

    /// <summary>Services by address.</summary>
    public int At(IpFamily family, AddressNumber address) =>
        family == IpFamily.V4 ? _v4Sets[IndexV4((uint)address)] : _v6Sets[IndexV6(address)];

    /// <summary>Services by reference to one group.</summary>
    public int Reference(int group)
    {
        var index = Array.BinarySearch(_referenceGroups, group);
        return index < 0 ? ServicePool.Empty : _referenceSets[index];
    }

    /// <summary>Services by reference to whatever group.</summary>
    public int AnyReference(ServicePool pool)
    {
        var services = ServicePool.Empty;
        foreach (var set in _referenceSets) services = pool.Union(services, set);
        return services;
    }

    /// <summary>Slabs of a family in address order, those that allow nothing as well; together they are the whole family.</summary>
    public IEnumerable<(AddressRange Range, int Services)> Slabs(IpFamily family)
    {
        var sets = family == IpFamily.V4 ? _v4Sets : _v6Sets;
        for (var i = 0; i < sets.Length; i++)
        {
            var last = i + 1 == sets.Length ? Address.Max(family) : StartOf(family, i + 1) - 1;
            yield return (new AddressRange(StartOf(family, i), last), sets[i]);
        }
    }

    /// <summary>True when the other table, of the same pool, says the same of every address of a family.</summary>
    public bool HasSameSlabs(SideTable other, IpFamily family) => family == IpFamily.V4
        ? _v4Starts.AsSpan().SequenceEqual(other._v4Starts) && _v4Sets.AsSpan().SequenceEqual(other._v4Sets)
        : _v6Starts.AsSpan().SequenceEqual(other._v6Starts) && _v6Sets.AsSpan().SequenceEqual(other._v6Sets);

    /// <summary>Number of slabs of a family.</summary>
    public int SlabCount(IpFamily family) => family == IpFamily.V4 ? _v4Sets.Length : _v6Sets.Length;

    private AddressNumber StartOf(IpFamily family, int index) => family == IpFamily.V4 ? _v4Starts[index] : _v6Starts[index];

    private static (AddressNumber[] Starts, int[] Sets) Flatten(AddressServices services, ServicePool pool)
    {
        var starts = new List<AddressNumber>(services.Slabs.Length + 1);
        var sets = new List<int>(services.Slabs.Length + 1);
        AddressNumber next = 0;
        var isAtEnd = false;
        foreach (var slab in services.Slabs)
        {
            if (slab.Range.First > next) Add(next, ServicePool.Empty);
            Add(slab.Range.First, pool.Intern(slab.Services));
            isAtEnd = slab.Range.Last == Address.Max(services.Family);
            next = slab.Range.Last + 1;
        }

        if (!isAtEnd) Add(next, ServicePool.Empty);
        return ([.. starts], [.. sets]);

        void Add(AddressNumber start, int set)
        {
            starts.Add(start);
            sets.Add(set);
        }
    }

    // The last start that is not above the address; the first start is 0, so there always is one.
    private int IndexV4(uint address)
    {
        var starts = _v4Starts;
        var (low, high) = (0, starts.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) >>> 1;
            if (starts[middle] <= address) low = middle;
            else high = middle - 1;
        }

        return low;
    }

    private int IndexV6(AddressNumber address)
    {
        var starts = _v6Starts;
        var (low, high) = (0, starts.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) >>> 1;
            if (starts[middle] <= address) low = middle;
            else high = middle - 1;
        }

        return low;
    }
}

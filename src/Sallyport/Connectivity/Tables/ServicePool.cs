using System.Collections.Concurrent;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Tables;

/// <summary>
/// Service sets as small numbers: equal sets have one number, and the union or intersection of two numbers is worked out once.
/// Safe for several threads. (reference: reachability-and-synthesis §1.2, "hash-cons it")
/// </summary>
internal sealed class ServicePool
{
    /// <summary>Number of the empty set.</summary>
    public const int Empty = 0;

    /// <summary>Number of the whole line.</summary>
    public const int Any = 1;

    private readonly Dictionary<ServiceSet, int> _ids = [];
    private readonly ConcurrentDictionary<ulong, int> _unions = new();
    private readonly ConcurrentDictionary<ulong, int> _intersections = new();
    private readonly Lock _gate = new();
    private ServiceSet[] _sets = new ServiceSet[64];
    private int _count;

    public ServicePool()
    {
        Intern(ServiceSet.Empty);
        Intern(ServiceSet.Any);
    }

    /// <summary>Number of distinct sets seen.</summary>
    public int Count => _count;

    /// <summary>The set behind a number.</summary>
    public ServiceSet this[int id] => Volatile.Read(ref _sets)[id];

    /// <summary>The number of a set.</summary>
    public int Intern(ServiceSet set)
    {
        lock (_gate)
        {
            if (_ids.TryGetValue(set, out var id)) return id;
            id = _count;
            if (id == _sets.Length)
            {
                var grown = new ServiceSet[_sets.Length * 2];
                _sets.CopyTo(grown, 0);
                Volatile.Write(ref _sets, grown);
            }

            _sets[id] = set;
            _ids.Add(set, id);
            _count++;
            return id;
        }
    }

    /// <summary>In either.</summary>
    public int Union(int a, int b)
    {
        if (a == b || b == Empty || a == Any) return a;
        if (a == Empty || b == Any) return b;
        var key = Key(a, b);
        return _unions.TryGetValue(key, out var known) ? known : _unions[key] = Intern(this[a].Union(this[b]));
    }

    /// <summary>In both.</summary>
    public int Intersect(int a, int b)
    {
        if (a == b || a == Empty || b == Any) return a;
        if (b == Empty || a == Any) return b;
        var key = Key(a, b);
        return _intersections.TryGetValue(key, out var known) ? known : _intersections[key] = Intern(this[a].Intersect(this[b]));
    }

    private static ulong Key(int a, int b) => a < b ? ((ulong)(uint)a << 32) | (uint)b : ((ulong)(uint)b << 32) | (uint)a;
}

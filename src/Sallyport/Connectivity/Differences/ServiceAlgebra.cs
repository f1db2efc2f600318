using Sallyport.Connectivity.Tables;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Differences;

/// <summary>What a comparison asks of numbered service sets beyond union and intersection; each answer is worked out once. For one thread.</summary>
internal sealed class ServiceAlgebra(ServicePool pool)
{
    private readonly Dictionary<(int, int), int> _remainders = [];

    /// <summary>The set of a number.</summary>
    public ServiceSet this[int id] => pool[id];

    /// <summary>The number of a set.</summary>
    public int Intern(ServiceSet set) => pool.Intern(set);

    /// <summary>In either.</summary>
    public int Union(int a, int b) => pool.Union(a, b);

    /// <summary>In both.</summary>
    public int Intersect(int a, int b) => pool.Intersect(a, b);

    /// <summary>In the first alone.</summary>
    public int Subtract(int a, int b)
    {
        if (a == b || a == ServicePool.Empty || b == ServicePool.Any) return ServicePool.Empty;
        if (b == ServicePool.Empty) return a;
        if (!_remainders.TryGetValue((a, b), out var rest)) _remainders.Add((a, b), rest = pool.Intern(pool[a].Subtract(pool[b])));
        return rest;
    }

    /// <summary>In one of them alone.</summary>
    public int Differ(int a, int b) => a == b ? ServicePool.Empty : Union(Subtract(a, b), Subtract(b, a));
}

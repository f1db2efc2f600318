using Sallyport.Connectivity;
using Sallyport.Connectivity.Tables;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Policies;

/// <summary>
/// What a group's side may let through for anybody at all: whoever's own side stops every service of a test takes part in nothing,
/// and need not be held against thousands of others.
/// </summary>
internal sealed class SideTotals(ConnectivityModel model)
{
    private readonly Dictionary<(Direction, int), int> _totals = [];
    private readonly ServicePool _pool = model.Pool;

    /// <summary>False when none of the groups can let any of the services through in the direction; ends without groups always may.</summary>
    public bool MayPass(Direction direction, int[]? groups, ServiceSet services)
    {
        if (groups is null or { Length: 0 }) return true;
        foreach (var group in groups)
        {
            if (services.Overlaps(_pool[TotalOf(direction, group)])) return true;
        }

        return false;
    }

    private int TotalOf(Direction direction, int group)
    {
        if (_totals.TryGetValue((direction, group), out var total)) return total;
        var table = model.Table(direction, group);
        total = table.DoubtAlways;
        foreach (var set in table.ReferenceSets) total = _pool.Union(total, set);
        foreach (var family in new[] { IpFamily.V4, IpFamily.V6 })
        {
            foreach (var (_, set) in table.Slabs(family)) total = _pool.Union(total, set);
        }

        return _totals[(direction, group)] = total;
    }
}

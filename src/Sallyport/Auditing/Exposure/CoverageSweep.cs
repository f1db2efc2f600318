using Sallyport.Packets;

namespace Sallyport.Auditing.Exposure;

/// <summary>
/// For every service, how many addresses of a universe the rules admit together: a sweep along the service line over a segment
/// tree of address cuts, O(n log n) for n boxes however they nest.
/// </summary>
internal sealed class CoverageSweep
{
    private readonly AddressNumber[] _starts;
    private readonly AddressNumber[] _total;
    private readonly AddressNumber[] _covered;
    private readonly int[] _open;
    private readonly int _leaves;

    private CoverageSweep(AddressSet universe, AddressNumber[] cuts)
    {
        _starts = cuts;
        _leaves = cuts.Length - 1;
        _total = new AddressNumber[4 * _leaves];
        _covered = new AddressNumber[4 * _leaves];
        _open = new int[4 * _leaves];
        Weigh(universe, 1, 0, _leaves - 1);
    }

    /// <summary>Disjoint service intervals in line order with the number of universe addresses admitted; none with zero.</summary>
    public static List<(Interval Services, AddressNumber Covered)> Run(AddressSet universe, IReadOnlyList<(Interval Services, AddressRange Range)> boxes)
    {
        var result = new List<(Interval Services, AddressNumber Covered)>();
        var bounds = new AddressRange(universe.Ranges[0].First, universe.Ranges[^1].Last);
        var clipped = new List<(Interval Services, AddressRange Range)>(boxes.Count);
        foreach (var (services, range) in boxes)
        {
            var first = AddressNumber.Max(range.First, bounds.First);
            var last = AddressNumber.Min(range.Last, bounds.Last);
            if (first <= last) clipped.Add((services, new AddressRange(first, last)));
        }

        if (clipped.Count == 0) return result;
        var cuts = clipped.SelectMany(b => new[] { b.Range.First, b.Range.Last + 1 }).Distinct().Order().ToArray();
        var tree = new CoverageSweep(universe, cuts);
        var events = clipped.SelectMany(b => new[] { (Point: b.Services.First, b.Range, Change: 1), (Point: b.Services.Last + 1, b.Range, Change: -1) }).ToList();
        events.Sort((a, b) => a.Point.CompareTo(b.Point));
        for (var i = 0; i < events.Count;)
        {
            var point = events[i].Point;
            for (; i < events.Count && events[i].Point == point; i++)
            {
                var (_, range, change) = events[i];
                tree.Add(1, 0, tree._leaves - 1, tree.Leaf(range.First), tree.Leaf(range.Last + 1) - 1, change);
            }

            if (i == events.Count || tree._covered[1] == 0) continue;
            var interval = new Interval(point, events[i].Point - 1);
            if (result.Count > 0 && result[^1] is var before && before.Covered == tree._covered[1] && before.Services.Last + 1 == point)
            {
                result[^1] = (new Interval(before.Services.First, interval.Last), before.Covered);
            }
            else
            {
                result.Add((interval, tree._covered[1]));
            }
        }

        return result;
    }

    private int Leaf(AddressNumber address) => Array.BinarySearch(_starts, address);

    private void Weigh(AddressSet universe, int node, int low, int high)
    {
        if (low == high)
        {
            _total[node] = universe.CountWithin(new AddressRange(_starts[low], _starts[low + 1] - 1));
            return;
        }

        var middle = (low + high) / 2;
        Weigh(universe, 2 * node, low, middle);
        Weigh(universe, (2 * node) + 1, middle + 1, high);
        _total[node] = _total[2 * node] + _total[(2 * node) + 1];
    }

    private void Add(int node, int low, int high, int first, int last, int change)
    {
        if (last < low || high < first) return;
        if (first <= low && high <= last)
        {
            _open[node] += change;
        }
        else
        {
            var middle = (low + high) / 2;
            Add(2 * node, low, middle, first, last, change);
            Add((2 * node) + 1, middle + 1, high, first, last, change);
        }

        if (_open[node] > 0) _covered[node] = _total[node];
        else if (low == high) _covered[node] = 0;
        else _covered[node] = _covered[2 * node] + _covered[(2 * node) + 1];
    }
}

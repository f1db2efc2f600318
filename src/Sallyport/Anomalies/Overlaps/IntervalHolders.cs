using Sallyport.Packets;

namespace Sallyport.Anomalies.Overlaps;

/// <summary>The services of rules that share a peer: which of them holds an interval, and what at least two of them hold.</summary>
internal sealed class IntervalHolders
{
    private readonly (Interval Services, int Rule)[] _sorted;

    // For the first n entries, the two that reach furthest: the second answers when the first is the asker itself.
    private readonly (int Best, int Second)[] _furthest;

    public IntervalHolders(IEnumerable<(Interval Services, int Rule)> entries)
    {
        _sorted = [.. entries];
        Array.Sort(_sorted, (a, b) =>
        {
            var order = a.Services.First.CompareTo(b.Services.First);
            if (order == 0) order = b.Services.Last.CompareTo(a.Services.Last);
            return order != 0 ? order : a.Rule.CompareTo(b.Rule);
        });
        _furthest = new (int Best, int Second)[_sorted.Length];
        var (best, second) = (-1, -1);
        for (var i = 0; i < _sorted.Length; i++)
        {
            if (best < 0 || _sorted[i].Services.Last > _sorted[best].Services.Last) (best, second) = (i, best);
            else if (second < 0 || _sorted[i].Services.Last > _sorted[second].Services.Last) second = i;
            _furthest[i] = (best, second);
        }

        All = ServiceSet.FromIntervals(_sorted.Select(e => e.Services));
        CoveredTwice = Twice();
    }

    /// <summary>What any of the rules holds.</summary>
    public ServiceSet All { get; }

    /// <summary>What at least two of the rules hold.</summary>
    public ServiceSet CoveredTwice { get; }

    /// <summary>A rule other than one that holds the whole interval; null when none does.</summary>
    public int? HolderOf(Interval services, int except)
    {
        var last = LastStartingAtOrBefore(services.First);
        if (last < 0) return null;
        var (best, second) = _furthest[last];
        foreach (var candidate in (ReadOnlySpan<int>)[best, second])
        {
            if (candidate >= 0 && _sorted[candidate].Rule != except && _sorted[candidate].Services.Last >= services.Last) return _sorted[candidate].Rule;
        }

        return null;
    }

    private ServiceSet Twice()
    {
        if (_sorted.Length < 2) return ServiceSet.Empty;
        var twice = new List<Interval>();
        var reach = -1;
        foreach (var (services, _) in _sorted)
        {
            if (services.First <= reach) twice.Add(new Interval(services.First, Math.Min(reach, services.Last)));
            reach = Math.Max(reach, services.Last);
        }

        return ServiceSet.FromIntervals(twice);
    }

    private int LastStartingAtOrBefore(int point)
    {
        var (low, high) = (0, _sorted.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (_sorted[middle].Services.First <= point) low = middle + 1;
            else high = middle - 1;
        }

        return high;
    }
}

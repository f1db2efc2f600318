using System.Collections.Immutable;

namespace Sallyport.Estates;

public sealed partial class EstateBuilder
{
    /// <summary>
    /// Kinds whose absence is a fault of its own, so that it must be known where they were read: one account's flow logs say nothing about
    /// another's.
    /// </summary>
    internal static readonly ImmutableArray<GapKind> KindsByScope = [GapKind.VpcEndpoints, GapKind.FlowLogs, GapKind.PublicAccessBlocks, GapKind.Monitoring];

    private readonly HashSet<(GapKind Kind, Scope Scope)> _collectedIn = [];
    private readonly HashSet<(MonitoringPart Part, Scope Scope)> _monitored = [];

    /// <summary>Says that a kind of thing was collected in one account and Region. An unknown scope stands for the only one there is.</summary>
    public EstateBuilder MarkCollected(GapKind kind, Scope scope)
    {
        if (KindsByScope.Contains(kind)) _collectedIn.Add((kind, scope));
        else _collected.Add(kind);
        return this;
    }

    /// <summary>Says that one of the answers about monitoring was read in one account and Region.</summary>
    public EstateBuilder MarkCollected(MonitoringPart part, Scope scope)
    {
        _monitored.Add((part, scope));
        return this;
    }

    /// <summary>True when a gap of the kind holds for the scope, whatever the reason.</summary>
    internal static bool IsTold(IEnumerable<EstateGap> gaps, GapKind kind, Scope scope) =>
        gaps.Any(g => g.What == kind && (g.Where.Length == 0 || g.Where == scope.ToString()));

    private void AddGapsByScope()
    {
        foreach (var kind in KindsByScope)
        {
            if (_collected.Contains(kind)) continue;
            var read = ReadScopes(kind).Select(Settled).ToHashSet();
            if (read.Count == 0 && !_gaps.Any(g => g.What == kind))
            {
                _gaps.Add(new EstateGap(kind, string.Empty, NoneHeld));
                continue;
            }

            foreach (var scope in _scopes.Where(s => !read.Contains(s) && !IsTold(_gaps, kind, s)).ToList()) _gaps.Add(new EstateGap(kind, scope.ToString(), NoneHeld));
        }
    }

    private IEnumerable<Scope> ReadScopes(GapKind kind)
    {
        var marked = _collectedIn.Where(c => c.Kind == kind).Select(c => c.Scope);
        return kind switch
        {
            GapKind.VpcEndpoints => marked.Concat(_endpoints.Values.Select(e => e.Scope)),
            GapKind.FlowLogs => marked.Concat(_flowLogs.Values.Select(l => l.Scope)),
            GapKind.PublicAccessBlocks => marked.Concat(_publicAccess.Select(b => b.Scope)),
            GapKind.Monitoring => marked.Concat(WhollyMonitored()),
            _ => marked,
        };
    }

    private IEnumerable<Scope> WhollyMonitored()
    {
        var parts = _monitored
            .Concat(_metricFilters.Select(f => (MonitoringPart.MetricFilters, f.Scope)))
            .Concat(_metricAlarms.Select(a => (MonitoringPart.MetricAlarms, a.Scope)))
            .Concat(_eventRules.Select(r => (MonitoringPart.EventRules, r.Scope)));
        var all = Enum.GetValues<MonitoringPart>().Length;
        return parts.Select(p => (Part: p.Item1, Scope: Settled(p.Item2))).Distinct().GroupBy(p => p.Scope).Where(g => g.Count() == all).Select(g => g.Key);
    }
}

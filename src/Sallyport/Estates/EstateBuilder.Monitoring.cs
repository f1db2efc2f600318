using System.Collections.Immutable;

namespace Sallyport.Estates;

public sealed partial class EstateBuilder
{
    private readonly List<PublicAccessBlock> _publicAccess = [];
    private readonly List<PublicAccessExclusion> _exclusions = [];
    private readonly List<MetricFilter> _metricFilters = [];
    private readonly List<MetricAlarm> _metricAlarms = [];
    private readonly List<EventRule> _eventRules = [];
    private readonly List<Trail> _trails = [];
    private Scope? _onlyScope;

    /// <summary>Adds block-public-access options; of one account and Region the last reading counts.</summary>
    public EstateBuilder Add(PublicAccessBlock value)
    {
        _publicAccess.Add(value);
        return this;
    }

    /// <summary>Adds an exclusion from block public access.</summary>
    public EstateBuilder Add(PublicAccessExclusion value)
    {
        _exclusions.Add(value);
        return this;
    }

    /// <summary>Adds a metric filter.</summary>
    public EstateBuilder Add(MetricFilter value)
    {
        _metricFilters.Add(value);
        return this;
    }

    /// <summary>Adds a metric alarm.</summary>
    public EstateBuilder Add(MetricAlarm value)
    {
        _metricAlarms.Add(value);
        return this;
    }

    /// <summary>Adds an event rule.</summary>
    public EstateBuilder Add(EventRule value)
    {
        _eventRules.Add(value);
        return this;
    }

    /// <summary>Adds a trail.</summary>
    public EstateBuilder Add(Trail value)
    {
        _trails.Add(value);
        return this;
    }

    private void AbsorbMonitoring(EstateBuilder other)
    {
        _publicAccess.AddRange(other._publicAccess);
        _exclusions.AddRange(other._exclusions);
        _metricFilters.AddRange(other._metricFilters);
        _metricAlarms.AddRange(other._metricAlarms);
        _eventRules.AddRange(other._eventRules);
        _trails.AddRange(other._trails);
        _collectedIn.UnionWith(other._collectedIn);
        _monitored.UnionWith(other._monitored);
    }

    /// <summary>Answers of these services seldom say whose they are: in an estate of one account and Region they can only be its own.</summary>
    private void FindOnlyScope() =>
        _onlyScope = _scopes.Where(s => s.Account.Length > 0 && s.Region.Length > 0).Take(2).ToList() is [var only] ? only : null;

    private Scope Settled(Scope scope) => _onlyScope is { } only && (scope.Account.Length == 0 || scope.Region.Length == 0) ? scope.FilledFrom(only) : scope;

    private static ImmutableArray<T> Latest<T>(List<T> things, Func<T, T> settled, Func<T, (Scope Scope, string Name)> key)
    {
        if (things.Count == 0) return [];
        var latest = new Dictionary<(Scope Scope, string Name), T>();
        foreach (var thing in things.Select(settled)) latest[key(thing)] = thing;
        return [.. latest.OrderBy(t => t.Key.Scope).ThenBy(t => t.Key.Name, StringComparer.Ordinal).Select(t => t.Value)];
    }
}

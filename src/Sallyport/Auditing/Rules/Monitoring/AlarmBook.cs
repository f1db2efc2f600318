using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.Monitoring;

/// <summary>
/// Which API calls raise an alarm: an enabled event rule of the call's own Region takes it, or a metric filter with an alarm that
/// acts counts it. A filter reaches as far as the trail that fills its log group; without trails that were read, its own Region is
/// certain and others are not.
/// </summary>
internal sealed class AlarmBook
{
    private readonly AuditContext _context;
    private readonly ILookup<string, (MetricFilter Filter, bool HasAlarm)> _filters;
    private readonly ILookup<Scope, EventRule> _rules;
    private readonly HashSet<string> _partlyRead;

    public AlarmBook(AuditContext context)
    {
        _context = context;
        var watched = Acting(context.Estate).SelectMany(a => a.Metrics.Select(m => (a.Scope, Metric: m))).ToHashSet();
        _filters = context.Estate.MetricFilters.ToLookup(f => f.Scope.Account, f => (f, f.Metrics.Any(m => watched.Contains((f.Scope, m)))), StringComparer.Ordinal);

        // A trail of another Region may count a call there: one unread Region leaves the whole account open.
        _partlyRead = context.AnsweredScopes.Where(s => context.Facts.IsMissing(GapKind.Monitoring, s)).Select(s => s.Account).ToHashSet(StringComparer.Ordinal);
        _rules = context.Estate.EventRules.Where(r => r.IsEnabled && r.Bus == "default").ToLookup(r => r.Scope);
    }

    /// <summary>True when the call raises an alarm, false when it does not, null when what was not read decides.</summary>
    public bool? IsAlarmed(ApiCall call)
    {
        bool? result = false;
        foreach (var answer in Answers(call))
        {
            if (answer == true) return true;
            if (answer is null) result = null;
        }

        return result is false && _partlyRead.Contains(call.Scope.Account) ? null : result;
    }

    // An alarm acts by itself, or through a composite alarm that rings with it.
    private static HashSet<MetricAlarm> Acting(Estate estate)
    {
        var byName = estate.MetricAlarms.ToLookup(a => (a.Scope, a.Name));
        var acting = new HashSet<MetricAlarm>(ReferenceEqualityComparer.Instance);
        var waiting = new Stack<MetricAlarm>(estate.MetricAlarms.Where(a => a.HasActions));
        while (waiting.TryPop(out var alarm))
        {
            if (!acting.Add(alarm)) continue;
            foreach (var part in alarm.Combines.SelectMany(n => byName[(alarm.Scope, n)])) waiting.Push(part);
        }

        return acting;
    }

    private IEnumerable<bool?> Answers(ApiCall call)
    {
        foreach (var rule in _rules[call.Scope]) yield return EventPattern.Matches(rule.Pattern, call);
        var isOrganized = _context.Estate.Trails.Any(t => t.IsOrganization);
        foreach (var (filter, hasAlarm) in isOrganized ? _filters.SelectMany(g => g) : _filters[call.Scope.Account])
        {
            var counts = FilterPattern.Matches(filter.Pattern, call);
            if (counts == false) continue;
            var reaches = Reaches(filter, call.Scope);
            var rings = hasAlarm ? true : _context.Facts.IsMissing(GapKind.Monitoring, filter.Scope) ? (bool?)null : false;
            if (reaches == false || rings == false) continue;
            yield return counts == true && reaches == true && rings == true ? true : null;
        }
    }

    private bool? Reaches(MetricFilter filter, Scope scope)
    {
        if (_context.Estate.Trails.IsEmpty) return filter.Scope == scope ? true : null;
        return _context.Estate.Trails.Any(t => t.LogGroup == filter.LogGroup && t.Scope.Account == filter.Scope.Account
            && (t.IsMultiRegion || t.Scope.Region == scope.Region) && (t.IsOrganization || t.Scope.Account == scope.Account));
    }
}

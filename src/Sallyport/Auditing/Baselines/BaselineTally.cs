using Sallyport.Estates;

namespace Sallyport.Auditing.Baselines;

/// <summary>A baseline held against the findings of a run, one by one.</summary>
internal sealed class BaselineTally(Baseline baseline)
{
    private readonly HashSet<UInt128> _met = [];
    private int _known;
    private int _worse;

    /// <summary>True when the baseline has the finding and nothing about it got worse.</summary>
    public bool IsKnown(Finding finding)
    {
        if (!Baseline.TryParse(finding.Fingerprint, out var key) || !baseline.Entries.TryGetValue(key, out var entry)) return false;
        _met.Add(key);
        if (entry.IsWaived && finding.Waiver is null) return false;
        if (finding.Severity > entry.Severity)
        {
            _worse++;
            return false;
        }

        _known++;
        return true;
    }

    /// <summary>What became of the baseline's findings, after all were asked about.</summary>
    /// <param name="ran">Ids of the rules that ran.</param>
    /// <param name="scopes">What was read.</param>
    /// <param name="unknown">What could not be judged.</param>
    public BaselineComparison Close(IReadOnlySet<string> ran, IReadOnlySet<Scope> scopes, IEnumerable<UnknownVerdict> unknown)
    {
        var open = unknown.Select(u => (u.Rule, u.Resource.Id, u.Resource.Scope)).ToHashSet();
        var (gone, notChecked) = (0, 0);
        foreach (var (key, entry) in baseline.Entries)
        {
            if (_met.Contains(key)) continue;
            var wasChecked = ran.Contains(entry.Rule) && scopes.Contains(entry.Scope) && !open.Contains((entry.Rule, entry.Resource, entry.Scope));
            if (wasChecked) gone++;
            else notChecked++;
        }

        return new BaselineComparison(baseline.File, _known, _worse, gone, notChecked);
    }
}

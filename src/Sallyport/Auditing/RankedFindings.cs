using System.Collections.Immutable;

namespace Sallyport.Auditing;

/// <summary>Findings of a run in the order of a report: most severe first, then by rule, then by place.</summary>
internal sealed class RankedFindings
{
    // By severity, then by rule: the runtime has dictionaries of texts ready, but would put one together for a key of both.
    private readonly Dictionary<string, List<Finding>>?[] _alike = new Dictionary<string, List<Finding>>?[(int)FindingSeverity.Critical + 1];

    /// <summary>Adds a finding.</summary>
    public void Add(Finding finding)
    {
        var rules = _alike[(int)finding.Severity] ??= new Dictionary<string, List<Finding>>(StringComparer.Ordinal);
        if (!rules.TryGetValue(finding.Rule, out var alike)) rules.Add(finding.Rule, alike = []);
        alike.Add(finding);
    }

    /// <summary>All of them in order.</summary>
    public ImmutableArray<Finding> ToImmutable()
    {
        var findings = ImmutableArray.CreateBuilder<Finding>();
        for (var severity = FindingSeverity.Critical; severity >= FindingSeverity.Info; severity--)
        {
            if (_alike[(int)severity] is not { } rules) continue;
            string[] codes = [.. rules.Keys];
            Array.Sort(codes, string.CompareOrdinal);
            foreach (var code in codes)
            {
                // What one rule finds group by group is in order already.
                var alike = rules[code];
                if (!IsSorted(alike)) alike.Sort(ByPlace);
                findings.AddRange(alike);
            }
        }

        return findings.DrainToImmutable();
    }

    private static bool IsSorted(List<Finding> findings)
    {
        for (var i = 1; i < findings.Count; i++)
        {
            if (ByPlace(findings[i - 1], findings[i]) > 0) return false;
        }

        return true;
    }

    private static int ByPlace(Finding a, Finding b)
    {
        var order = a.Resource.Scope.CompareTo(b.Resource.Scope);
        if (order == 0) order = string.CompareOrdinal(a.Resource.Id, b.Resource.Id);
        for (var i = 0; order == 0 && i < a.Evidence.Length && i < b.Evidence.Length; i++) order = a.Evidence[i].CompareTo(b.Evidence[i]);
        if (order == 0) order = a.Evidence.Length.CompareTo(b.Evidence.Length);
        return order != 0 ? order : string.CompareOrdinal(a.Fingerprint, b.Fingerprint);
    }
}

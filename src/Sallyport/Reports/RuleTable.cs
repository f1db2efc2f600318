using System.Collections.Immutable;
using Sallyport.Auditing;

namespace Sallyport.Reports;

/// <summary>The rules that a report speaks of, each with its place: those that ran, those that could not, and any other a finding names.</summary>
internal sealed class RuleTable
{
    private readonly Dictionary<string, int> _places = [];

    public RuleTable(AuditReport report)
    {
        var named = report.Findings.Select(f => f.Rule).Concat(report.Unknown.Select(u => u.Rule)).Distinct().Select(RuleCatalogue.Find).OfType<AuditRule>();
        Rules = [.. report.Rules.Concat(report.NotAssessed.Select(n => n.Rule)).Concat(named).DistinctBy(r => r.Code).OrderBy(r => r.Code, StringComparer.Ordinal)];
        for (var i = 0; i < Rules.Length; i++) _places.Add(Rules[i].Code, i);
    }

    /// <summary>By code, ordinal.</summary>
    public ImmutableArray<AuditRule> Rules { get; }

    /// <summary>Index into <see cref="Rules"/>; null for a code that no rule has.</summary>
    public int? PlaceOf(string code) => _places.TryGetValue(code, out var place) ? place : null;

    /// <summary>The rule; null for a code that no rule has.</summary>
    public AuditRule? Find(string code) => PlaceOf(code) is { } place ? Rules[place] : null;
}

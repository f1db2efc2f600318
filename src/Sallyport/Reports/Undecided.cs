using System.Collections.Immutable;
using Sallyport.Auditing;
using Sallyport.Estates;

namespace Sallyport.Reports;

/// <summary>What one rule left open in one account and Region for one reason: verdicts that would read alike, told once.</summary>
/// <param name="Rule">Id of the audit rule.</param>
/// <param name="Scope">Where the resources are.</param>
/// <param name="Gap">One clause: what is missing.</param>
/// <param name="Resources">What could not be judged, in order.</param>
internal sealed record Undecided(string Rule, Scope Scope, string Gap, ImmutableArray<FindingResource> Resources)
{
    private const int MostNamed = 5;

    /// <summary>The verdicts of a report, in its order.</summary>
    public static IEnumerable<Undecided> Of(AuditReport report) => report.Unknown
        .GroupBy(u => (u.Rule, u.Resource.Scope, u.Gap))
        .Select(g => new Undecided(g.Key.Rule, g.Key.Scope, g.Key.Gap, [.. g.Select(u => u.Resource).DistinctBy(r => (r.Type, r.Id))]));

    /// <summary>A sentence for people; quotes untrusted ids.</summary>
    public string Sentence => $"Not decided for {Clause}.";

    /// <summary>The resources, as far as a line has room, and what is missing.</summary>
    public string Clause
    {
        get
        {
            var named = string.Join(", ", Resources.Take(MostNamed).Select(r => r.Id.Length > 0 ? r.Id : r.Scope.Shown));
            var more = Resources.Length > MostNamed ? $" and {Resources.Length - MostNamed} more" : string.Empty;
            return $"{named}{more}: {Gap}";
        }
    }
}

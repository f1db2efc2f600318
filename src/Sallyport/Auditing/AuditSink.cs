using System.Collections.Immutable;
using Sallyport.Auditing.Compliance;
using Sallyport.Diagnostics;
using Sallyport.Estates;

namespace Sallyport.Auditing;

/// <summary>Where rules put what they find: fills in all that a rule need not say.</summary>
internal sealed class AuditSink
{
    private readonly AuditOptions _options;

    public AuditSink(AuditOptions options) => _options = options;

    public List<Finding> Findings { get; } = [];

    public List<UnknownVerdict> Unknown { get; } = [];

    /// <summary>Objects to a group.</summary>
    /// <param name="rule">Who objects.</param>
    /// <param name="group">To what.</param>
    /// <param name="message">Ends with a full stop.</param>
    /// <param name="evidence">The offending rules of the group; a rule given twice counts once.</param>
    /// <param name="severity">Null for the rule's own; an override of the run wins over both.</param>
    /// <param name="basis">What may make it stale.</param>
    /// <param name="aliases">False when the other tools' own condition does not hold.</param>
    /// <param name="controls">The clauses this finding breaks when it does not break all of its rule's; null for all.</param>
    public void Report(
        AuditRule rule, GroupFacts group, string message, IEnumerable<SecurityGroupRule> evidence,
        FindingSeverity? severity = null, FindingBasis basis = FindingBasis.Symbolic, bool aliases = true,
        ImmutableArray<Control>? controls = null)
    {
        var offending = evidence.DistinctBy(r => r.Key).OrderBy(r => r.Key).ToList();
        var location = offending.Find(r => r.File is not null) is { File: { } file, Line: var line }
            ? new SourceSpan(file, line)
            : group.Group.At;
        Add(rule, group.Resource, message, [.. offending.Select(EvidenceAtom.Of)], severity, basis, aliases, location, controls);
    }

    /// <summary>Objects to something that is no group, or to a group from the point of view of the whole estate.</summary>
    public void Report(
        AuditRule rule, FindingResource resource, string message, FindingSeverity? severity = null,
        FindingBasis basis = FindingBasis.Snapshot, SourceSpan? location = null) =>
        Add(rule, resource, message, [], severity, basis, aliases: true, location);

    /// <summary>Says that a rule cannot be judged for a group; the same gap twice is one.</summary>
    public void Doubt(AuditRule rule, GroupFacts group, IEnumerable<string> gaps) => Doubt(rule, group.Resource, gaps);

    /// <summary>Says that a rule cannot be judged for a resource; the same gap twice is one.</summary>
    public void Doubt(AuditRule rule, FindingResource resource, IEnumerable<string> gaps)
    {
        var text = string.Join("; ", gaps.Distinct().Order(StringComparer.Ordinal));
        Unknown.Add(new UnknownVerdict(rule.Code, resource, text));
    }

    private void Add(
        AuditRule rule, FindingResource resource, string message, ImmutableArray<EvidenceAtom> evidence,
        FindingSeverity? severity, FindingBasis basis, bool aliases, SourceSpan? location, ImmutableArray<Control>? controls = null) => Findings.Add(new Finding
        {
            Rule = rule.Code,
            Severity = _options.Severities.TryGetValue(rule.Code, out var overridden) ? overridden : severity ?? rule.Severity,
            Title = rule.Title,
            Message = message,
            Resource = resource,
            Evidence = evidence,
            Basis = basis,
            Aliases = aliases ? rule.Aliases : [],
            Controls = controls ?? rule.Controls,
            Location = location,
            Fingerprint = Fingerprint.Of(rule.Code, resource, evidence),
        });
}

using Sallyport.Anomalies;

namespace Sallyport.Auditing.Rules;

/// <summary>A rule that hands on what one finder of anomalies says of a group: a finding an anomaly.</summary>
internal abstract class AnomalyRule : AuditRule
{
    protected abstract AnomalyKind Kind { get; }

    /// <summary>False when the group cannot have the anomaly, told at a glance.</summary>
    protected abstract bool IsWorthLooking(GroupFacts group);

    /// <summary>The rules of the group that make the anomaly.</summary>
    protected abstract IEnumerable<Estates.SecurityGroupRule> EvidenceOf(GroupFacts group, Anomaly anomaly);

    internal override void Prepare(AuditContext context) => context.Meaning.Prepare(Kind);

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        if (group.Group.Rules.IsEmpty || !IsWorthLooking(group)) return;
        var found = group.Context.Meaning.Anomalies(Kind, group.Group);
        foreach (var anomaly in found.Anomalies) sink.Report(this, group, anomaly.Message, EvidenceOf(group, anomaly), basis: BasisOf(anomaly.Basis));
        if (!found.Doubts.IsEmpty) sink.Doubt(this, group, found.Doubts.Select(d => d.Rule is null ? d.Gap : $"{d.Rule.Key}: {d.Gap}"));
    }

    private static FindingBasis BasisOf(AnomalyBasis basis) => basis switch
    {
        AnomalyBasis.Symbolic => FindingBasis.Symbolic,
        AnomalyBasis.Invariant => FindingBasis.Invariant,
        _ => FindingBasis.Snapshot,
    };
}

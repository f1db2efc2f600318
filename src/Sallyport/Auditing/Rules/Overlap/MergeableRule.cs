using Sallyport.Anomalies;
using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.Overlap;

/// <summary>SP-OVL-03: two rules that one rule can stand for, word for word.</summary>
internal sealed class MergeableRule : AnomalyRule
{
    public override string Code => "SP-OVL-03";

    public override string Title => "Mergeable rules";

    public override RuleFamily Family => RuleFamily.Overlap;

    public override FindingSeverity Severity => FindingSeverity.Info;

    public override RuleGuide Guide => new(
        What: "Two rules of one direction have the same peer and ports that touch or cross, or the same service and the two halves of one block, so that a single rule allows exactly what both do. A prefix list is merged with itself only.",
        Why: "Fewer rules are easier to read, and leave room below the quota.",
        Fix: "Authorize the one rule, then revoke both; nothing is widened.",
        Fires: "group web\n  ingress tcp/443 from 10.0.0.0/25\n  ingress tcp/443 from 10.0.0.128/25",
        Quiet: "group web\n  ingress tcp/443 from 10.0.0.128/25\n  ingress tcp/443 from 10.0.1.0/25");

    protected override AnomalyKind Kind => AnomalyKind.Mergeable;

    protected override bool IsWorthLooking(GroupFacts group) => group.Ingress.Rules.Length > 1 || group.Egress.Rules.Length > 1;

    protected override IEnumerable<SecurityGroupRule> EvidenceOf(GroupFacts group, Anomaly anomaly) => anomaly.Others.Select(o => o.Rule).Append(anomaly.Rule!);
}

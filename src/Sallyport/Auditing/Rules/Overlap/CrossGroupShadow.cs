using System.Collections.Immutable;
using Sallyport.Anomalies;
using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.Overlap;

/// <summary>SP-OVL-04: on every interface that carries the group, its other groups allow all that a rule allows.</summary>
internal sealed class CrossGroupShadow : AnomalyRule
{
    public override string Code => "SP-OVL-04";

    public override string Title => "Cross-group shadow on an ENI";

    public override RuleFamily Family => RuleFamily.Overlap;

    public override FindingSeverity Severity => FindingSeverity.Low;

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.Interfaces];

    public override RuleGuide Guide => new(
        What: "On every interface that carries the group, the interface's other groups together allow everything the rule allows. Nothing is said of a group that no interface carries.",
        Why: "Revoking or narrowing the rule changes nothing today, which misleads whoever relies on it.",
        Fix: "Revoke the rule if the group is never used without the others, or take the service out of the others.",
        Fires: "group web\n  ingress tcp/22 from 10.0.1.0/24\ngroup admin\n  ingress tcp/22 from 10.0.0.0/16\ninterface eni-1 web,admin 10.1.0.5",
        Quiet: "group web\n  ingress tcp/22 from 10.0.1.0/24\ngroup admin\n  ingress tcp/22 from 10.0.0.0/16\ninterface eni-1 web,admin 10.1.0.5\ninterface eni-2 web 10.1.0.6");

    protected override AnomalyKind Kind => AnomalyKind.AttachmentRedundant;

    internal override void CheckEstate(AuditContext context, AuditSink sink) => UnreadInterfaces.Doubt(this, context, sink);

    protected override bool IsWorthLooking(GroupFacts group) => group.Members.Count > 0 && group.Members.All(m => m.Groups.Length > 1)
        && !UnreadInterfaces.AreMissing(group.Context, group.Group.Scope);

    protected override IEnumerable<SecurityGroupRule> EvidenceOf(GroupFacts group, Anomaly anomaly) => [anomaly.Rule!];
}

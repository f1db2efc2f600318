using System.Collections.Immutable;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.Pair;

/// <summary>SP-PAIR-02: an ingress rule names a group that cannot send what it admits, or can only because it may send anything.</summary>
internal sealed class IngressWithoutEgress : AuditRule
{
    public override string Code => "SP-PAIR-02";

    public override string Title => "One-sided: ingress without egress";

    public override RuleFamily Family => RuleFamily.Pair;

    public override FindingSeverity Severity => FindingSeverity.Medium;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.AllowAllCounts];

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.Interfaces, AuditNeed.Vpcs];

    public override RuleGuide Guide => new(
        What: "An ingress rule names a group none of whose egress rules covers any of its services for this group. A rule for everything everywhere does not count as the other half unless allowall.counts is set. Partial cover is SP-PAIR-03.",
        Why: "Either the connection does not work, or it works only because the other side may talk to anybody.",
        Fix: "Add the egress rule to the other group, and retire its allow-all rule.",
        Fires: "group web\n  egress any to 0.0.0.0/0\ngroup db\n  ingress tcp/3306 from web",
        Quiet: "group web\n  egress tcp/3306 to db\ngroup db\n  ingress tcp/3306 from web");

    internal override void Check(GroupFacts group, AuditSink sink) =>
        PairReport.OneSided(this, group, Direction.Ingress, sink, (j, peer) => $"{group.Group.Id} admits {j.Rule.Service} from {peer}, which declares none of it as egress.");
}

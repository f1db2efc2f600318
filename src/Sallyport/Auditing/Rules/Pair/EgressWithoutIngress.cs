using System.Collections.Immutable;
using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.Pair;

/// <summary>SP-PAIR-01: an egress rule names a group that does not let its traffic in.</summary>
internal sealed class EgressWithoutIngress : AuditRule
{
    public override string Code => "SP-PAIR-01";

    public override string Title => "One-sided: egress without ingress";

    public override RuleFamily Family => RuleFamily.Pair;

    public override FindingSeverity Severity => FindingSeverity.Medium;

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.Interfaces, AuditNeed.Vpcs];

    public override RuleGuide Guide => new(
        What: "An egress rule names a group none of whose ingress rules covers any of its services for this group: neither by reference, nor by blocks that hold all of this group's addresses of a family. Partial cover is SP-PAIR-03.",
        Why: "The connection does not work, or no longer exists: the rule is a leftover or half of a change.",
        Fix: "Add the missing ingress rule if the connection is wanted, else revoke this one.",
        Fires: "group web\n  egress tcp/3306 to db\ngroup db\n  ingress tcp/5432 from web",
        Quiet: "group web\n  egress tcp/3306 to db\ngroup db\n  ingress tcp/3306 from web");

    internal override void Check(GroupFacts group, AuditSink sink) =>
        PairReport.OneSided(this, group, Direction.Egress, sink, (j, peer) => $"{group.Group.Id} may open {j.Rule.Service} to {peer}, which admits none of it.");
}

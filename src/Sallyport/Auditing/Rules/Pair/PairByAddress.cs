using System.Collections.Immutable;
using Sallyport.Anomalies.Pairs;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.Pair;

/// <summary>SP-PAIR-04: one side names the group, the other only an address block that happens to hold it.</summary>
internal sealed class PairByAddress : AuditRule
{
    public override string Code => "SP-PAIR-04";

    public override string Title => "One side by reference, other by CIDR";

    public override RuleFamily Family => RuleFamily.Pair;

    public override FindingSeverity Severity => FindingSeverity.Low;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.AllowAllCounts];

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.Interfaces, AuditNeed.Vpcs];

    public override RuleGuide Guide => new(
        What: "A rule names a group whose rules cover it, but not without a block or prefix list that holds this group's addresses.",
        Why: "The block admits everything else in it too, and stops working when addresses change.",
        Fix: "Replace the block by a reference to the group.",
        Fires: "group web\n  egress tcp/3306 to db\ngroup db\n  ingress tcp/3306 from 10.1.0.0/16",
        Quiet: "group web\n  egress tcp/3306 to db\ngroup db\n  ingress tcp/3306 from web\n  ingress tcp/3306 from 10.1.0.0/16");

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        foreach (var judgement in group.Pairs)
        {
            if (judgement.Kind != PairKind.MatchedByAddress) continue;
            var verb = judgement.Rule.Direction == Direction.Egress ? "admits" : "declares as egress";
            sink.Report(
                this, group, $"{PairReport.Name(judgement)} {verb} {judgement.Rule.Service} only by address, not by naming {group.Group.Id}.",
                [judgement.Rule], basis: PairReport.BasisOf(judgement));
        }
    }
}

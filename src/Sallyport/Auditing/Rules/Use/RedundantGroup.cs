using System.Collections.Immutable;
using Sallyport.Auditing.Compliance;
using Sallyport.Auditing.Strategy;

namespace Sallyport.Auditing.Rules.Use;

/// <summary>SP-USE-02: another group of the VPC allows exactly the same.</summary>
internal sealed class RedundantGroup : AuditRule
{
    public override string Code => "SP-USE-02";

    public override string Title => "Redundant groups";

    public override RuleFamily Family => RuleFamily.Use;

    public override FindingSeverity Severity => FindingSeverity.Low;

    public override ImmutableArray<Control> Controls => ControlBundles.Unused;

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.Interfaces, AuditNeed.PrefixLists];

    public override RuleGuide Guide => new(
        What: "Another group of the VPC allows exactly the same traffic, in whatever order or form the rules are written; prefix lists count as their entries. Of such groups the one that most interfaces carry is kept and the others are reported. Default groups, groups without rules and groups that name themselves are left out.",
        Why: "Every change has to be made twice, and one day it is made once.",
        Fix: "Move what carries the group to the one that is kept, as the finding lists it, then delete it.",
        Fires: "group a\n  ingress tcp/443-444 from 10.0.0.0/8\ngroup b\n  ingress tcp/443 from 10.0.0.0/8\n  ingress tcp/444 from 10.0.0.0/8\ninterface eni-1 a 10.1.0.5\ninterface eni-2 b 10.1.0.6",
        Quiet: "group a\n  ingress tcp/443-444 from 10.0.0.0/8\ngroup b\n  ingress tcp/443 from 10.0.0.0/8\n  ingress tcp/445 from 10.0.0.0/8");

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        var duplicates = group.Context.Strategy.Duplicates;
        if (duplicates.KeeperOf(group.Group.Id) is { } keeper)
        {
            var proposal = MergeProposal.Of(group.Context.Facts, group.Group, keeper);
            sink.Report(this, group, $"{keeper.Id} ({keeper.Name}) of the same VPC allows exactly the same. {proposal.Describe()}", [], basis: FindingBasis.Snapshot);
        }
        else if (duplicates.DoubtOf(group.Group.Id) is { } gap)
        {
            sink.Doubt(this, group, [gap]);
        }
    }
}

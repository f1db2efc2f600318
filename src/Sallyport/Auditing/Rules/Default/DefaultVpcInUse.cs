using System.Collections.Immutable;
using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.Default;

/// <summary>SP-DEF-05: a Region's default VPC has interfaces, or a group of one's own lives in it.</summary>
internal sealed class DefaultVpcInUse : AuditRule
{
    public override string Code => "SP-DEF-05";

    public override string Title => "Default VPC / group in default VPC";

    public override RuleFamily Family => RuleFamily.Default;

    public override FindingSeverity Severity => FindingSeverity.Low;

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.Interfaces, AuditNeed.Vpcs];

    public override RuleGuide Guide => new(
        What: "A default VPC has at least one interface (reported on the VPC), or a group other than its default group lives in a default VPC (reported on the group).",
        Why: "Every subnet of a default VPC is public, and gives what starts there a public address.",
        Fix: "Move the workload to a VPC that somebody designed, then delete the default one.",
        Fires: "vpc vpc-a 172.31.0.0/16 default\ngroup web\ninterface eni-1 web 172.31.0.5",
        Quiet: "vpc vpc-a 10.1.0.0/16\nvpc vpc-b 172.31.0.0/16 default\ngroup web\ninterface eni-1 web 10.1.0.5");

    internal override void CheckEstate(AuditContext context, AuditSink sink)
    {
        foreach (var vpc in context.Estate.Vpcs)
        {
            if (!vpc.IsDefault) continue;
            if (context.IsOccupied(vpc.Id))
            {
                sink.Report(this, FindingResource.Of(vpc), $"The default VPC {vpc.Id} is in use: interfaces lie in it.");
            }
            else if (context.Facts.IsMissing(GapKind.NetworkInterfaces, vpc.Scope))
            {
                sink.Doubt(this, FindingResource.Of(vpc), [$"{vpc.Scope.Describe("interfaces")} were not read"]);
            }
        }
    }

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        // Every VPC has a default group: its verdict stands for that of a VPC that was not read.
        if (group.Group.Vpc is not { } id) return;
        if (!group.Context.Estate.Index.Vpcs.TryGetValue(id, out var vpc))
        {
            sink.Doubt(this, group, [$"VPC {id} was not read"]);
        }
        else if (vpc.IsDefault && !group.Group.IsDefault)
        {
            sink.Report(this, group, $"The group lives in the default VPC {id}.", [], basis: FindingBasis.Snapshot);
        }
    }
}

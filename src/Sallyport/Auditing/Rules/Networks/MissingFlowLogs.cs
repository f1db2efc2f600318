using System.Collections.Immutable;
using Sallyport.Auditing.Compliance;
using Sallyport.Auditing.Parameters;
using Sallyport.Auditing.Rules.NetworkAcls;
using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.Networks;

/// <summary>SP-VPC-01: nothing records the traffic of a VPC.</summary>
internal sealed class MissingFlowLogs : AuditRule
{
    public override string Code => "SP-VPC-01";

    public override string Title => "Flow logs missing";

    public override RuleFamily Family => RuleFamily.Vpc;

    public override FindingSeverity Severity => FindingSeverity.Medium;

    public override ImmutableArray<Control> Controls => ControlBundles.FlowLogs;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.FlowLogTraffic];

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.FlowLogSettings, AuditNeed.Vpcs, AuditNeed.Subnets, AuditNeed.Interfaces];

    public override RuleGuide Guide => new(
        What: "A VPC has no active flow log that records flowlog.traffic (or ALL), and neither do all of its subnets, nor, where a subnet has none, all interfaces in it.",
        Why: "Without flow logs nobody can tell who tried what, nor which rules are needed.",
        Fix: "Create a flow log for the VPC; record ALL to learn connections from it.",
        Fires: "group web\nvpc vpc-a 10.1.0.0/16\nflowlog fl-1 vpc-a ACCEPT",
        Quiet: "group web\nvpc vpc-a 10.1.0.0/16\nflowlog fl-1 vpc-a REJECT");

    internal override void CheckEstate(AuditContext context, AuditSink sink)
    {
        var logs = new FlowLogBook(context);
        context.DoubtMissing(this, GapKind.FlowLogs, "flow-log settings", sink);
        context.DoubtMissing(this, GapKind.Vpcs, "VPCs", sink, s => !context.Facts.IsMissing(GapKind.FlowLogs, s));
        var subnets = context.Estate.Subnets.ToLookup(s => s.Vpc);
        var interfaces = context.Estate.NetworkInterfaces.Where(n => n.Subnet is not null).ToLookup(n => n.Subnet!.Value);
        foreach (var vpc in context.Estate.Vpcs)
        {
            if (logs.Records(vpc.Id.Value) || context.Facts.IsMissing(GapKind.FlowLogs, vpc.Scope)) continue;
            var bare = subnets[vpc.Id].Where(s => !IsRecorded(s)).ToList();
            var knowsAll = !context.Facts.IsMissing(GapKind.Subnets, vpc.Scope) && !context.Facts.IsMissing(GapKind.NetworkInterfaces, vpc.Scope);
            if (bare.Count == 0 && subnets[vpc.Id].Any())
            {
                if (!knowsAll) sink.Doubt(this, FindingResource.Of(vpc), [$"not all {vpc.Scope.Describe("subnets and interfaces")} were read"]);
                continue;
            }

            var wanted = context.Parameters.Get(AuditParameters.FlowLogTraffic);
            var words = wanted == "ALL" ? "all traffic" : $"{wanted} traffic";
            var where = bare.Count == 0 ? string.Empty : $", nor in {EntryWords.List(bare.Select(s => s.Id.Value), ", ")}";
            sink.Report(this, FindingResource.Of(vpc), $"No active flow log records {words} of the VPC{where}.");
        }

        bool IsRecorded(Subnet subnet) =>
            logs.Records(subnet.Id.Value) || (interfaces[subnet.Id].Any() && interfaces[subnet.Id].All(n => logs.Records(n.Id.Value)));
    }
}

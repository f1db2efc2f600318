using System.Collections.Immutable;
using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.Networks;

/// <summary>SP-VPC-03: whatever is launched in the subnet gets a public address.</summary>
internal sealed class PublicSubnet : AuditRule
{
    public override string Code => "SP-VPC-03";

    public override string Title => "Public subnet or automatic public IP";

    public override RuleFamily Family => RuleFamily.Vpc;

    public override FindingSeverity Severity => FindingSeverity.Medium;

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Subnets];

    public override RuleGuide Guide => new(
        What: "A subnet gives new instances a public IPv4 address (map-public-ip-on-launch).",
        Why: "An instance launched there by mistake is on the internet before anybody looks at its groups.",
        Fix: "Switch it off, and ask for a public address where one is meant.",
        Fires: "group web\nsubnet subnet-a 10.1.0.0/24 public",
        Quiet: "group web\nsubnet subnet-a 10.1.0.0/24");

    internal override void CheckEstate(AuditContext context, AuditSink sink)
    {
        context.DoubtMissing(this, GapKind.Subnets, "subnets", sink);
        foreach (var subnet in context.Estate.Subnets.Where(s => s.MapPublicIpOnLaunch))
        {
            sink.Report(this, FindingResource.Of(subnet), "New instances in the subnet get a public IPv4 address.");
        }
    }
}

using System.Collections.Immutable;
using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.NetworkAcls;

/// <summary>SP-NACL-07: a subnet has its VPC's default network ACL.</summary>
internal sealed class SubnetOnDefaultAcl : AuditRule
{
    public override string Code => "SP-NACL-07";

    public override string Title => "Subnet on default network ACL";

    public override RuleFamily Family => RuleFamily.NetworkAcl;

    public override FindingSeverity Severity => FindingSeverity.Info;

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.NetworkAcls, AuditNeed.Subnets];

    public override RuleGuide Guide => new(
        What: "A subnet is associated with its VPC's default network ACL, or with none, which is the same.",
        Why: "Every subnet nobody thought of has that ACL too: what is opened in it for one is open for all.",
        Fix: "Give the subnet a network ACL of its own.",
        Fires: "subnet subnet-a 10.1.0.0/24\nacl subnet-a default",
        Quiet: "subnet subnet-a 10.1.0.0/24\nacl subnet-a allow ingress tcp/443 0.0.0.0/0");

    internal override void CheckEstate(AuditContext context, AuditSink sink)
    {
        context.DoubtMissing(this, GapKind.Subnets, "subnets", sink);
        context.DoubtMissing(this, GapKind.NetworkAcls, "network ACLs", sink, s => !context.Facts.IsMissing(GapKind.Subnets, s));
        var acls = new Dictionary<SubnetId, NetworkAcl>();
        foreach (var acl in context.Estate.NetworkAcls)
        {
            foreach (var subnet in acl.Subnets) acls.TryAdd(subnet, acl);
        }

        foreach (var subnet in context.Estate.Subnets)
        {
            if (acls.TryGetValue(subnet.Id, out var own))
            {
                if (own.IsDefault) sink.Report(this, FindingResource.Of(subnet), $"The subnet has its VPC's default network ACL {own.Id}.");
            }
            else if (!context.Facts.IsMissing(GapKind.NetworkAcls, subnet.Scope))
            {
                sink.Report(this, FindingResource.Of(subnet), "The subnet is associated with no network ACL, so its VPC's default one holds.");
            }
        }
    }
}

using System.Collections.Immutable;
using Sallyport.Auditing.Compliance;
using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.NetworkAcls;

/// <summary>SP-NACL-06: no subnet uses the network ACL.</summary>
internal sealed class UnusedAcl : AclRule
{
    public override string Code => "SP-NACL-06";

    public override string Title => "Unused network ACL";

    public override FindingSeverity Severity => FindingSeverity.Low;

    public override ImmutableArray<Control> Controls => ControlBundles.UnusedNetworkAcls;

    public override RuleGuide Guide => new(
        What: "A network ACL that is not its VPC's default one is associated with no subnet.",
        Why: "It protects nothing, and is one click away from replacing one that does.",
        Fix: "Associate it with the subnets it was made for, or delete it.",
        Fires: "acl - allow ingress tcp/443 0.0.0.0/0",
        Quiet: "subnet subnet-a 10.1.0.0/24\nacl subnet-a allow ingress tcp/443 0.0.0.0/0");

    protected override bool ReadsEntries => false;

    protected override void Check(AuditContext context, NetworkAcl acl, AuditSink sink)
    {
        if (!acl.IsDefault && acl.Subnets.IsEmpty) sink.Report(this, FindingResource.Of(acl), "No subnet is associated with the network ACL.");
    }
}

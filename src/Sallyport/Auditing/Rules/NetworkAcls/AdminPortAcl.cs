using System.Collections.Immutable;
using Sallyport.Auditing.Compliance;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.NetworkAcls;

/// <summary>SP-NACL-01: a network ACL lets the world in on administration ports.</summary>
internal sealed class AdminPortAcl : AclRule
{
    public override string Code => "SP-NACL-01";

    public override string Title => "Network ACL admits the world to admin ports";

    public override FindingSeverity Severity => FindingSeverity.Medium;

    public override ImmutableArray<Control> Controls => ControlBundles.NetworkAcls;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.AclAdminTcp, AuditParameters.AclAdminUdp, AuditParameters.NearWorldFraction];

    public override RuleGuide Guide => new(
        What: "By first match in order of rule numbers, each family apart, ingress entries allow a port of nacl.admin.tcp or nacl.admin.udp from the world (at least nearworld.fraction of public space). An earlier deny of the port clears it, a later one does not.",
        Why: "The ACL is the second lock: with it open, one wrong group rule exposes remote administration to everybody.",
        Fix: "Deny the port before the entry that allows it, or allow only the blocks that administer.",
        Fires: "subnet subnet-a 10.1.0.0/24\nacl subnet-a allow ingress tcp/22 0.0.0.0/0\nacl subnet-a deny ingress tcp/22 0.0.0.0/0",
        Quiet: "subnet subnet-a 10.1.0.0/24\nacl subnet-a deny ingress tcp/22 0.0.0.0/0\nacl subnet-a allow ingress tcp/20-25 0.0.0.0/0");

    protected override void Check(AuditContext context, NetworkAcl acl, AuditSink sink)
    {
        var ports = context.Parameters.Get(AuditParameters.AclAdminTcp).Union(context.Parameters.Get(AuditParameters.AclAdminUdp));
        var open = context.Acls.Of(acl)!.Describe(Direction.Ingress, s => s.Intersect(ports));
        if (open.Length > 0) sink.Report(this, FindingResource.Of(acl), $"The world is let in to administration ports: {open}.");
    }
}

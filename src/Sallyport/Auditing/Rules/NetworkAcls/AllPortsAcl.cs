using System.Collections.Immutable;
using Sallyport.Auditing.Compliance;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.NetworkAcls;

/// <summary>SP-NACL-02: a network ACL lets the world use all ports.</summary>
internal sealed class AllPortsAcl : AclRule
{
    public override string Code => "SP-NACL-02";

    public override string Title => "Network ACL allows all ports to the world";

    public override FindingSeverity Severity => FindingSeverity.High;

    public override ImmutableArray<Control> Controls => ControlBundles.NetworkAcls;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.AllPortsMinimum, AuditParameters.NearWorldFraction];

    public override RuleGuide Guide => new(
        What: "By first match, entries allow all traffic, or at least allports.min TCP or UDP ports in a row, from the world (high) or to it (low), each family apart. Low as well when no subnet uses the ACL.",
        Why: "Such an ACL is no lock at all: every mistake in a group is an exposure.",
        Fix: "Allow the ports that the subnets serve, and the ephemeral ports for answers.",
        Fires: "subnet subnet-a 10.1.0.0/24\nacl subnet-a allow ingress any 0.0.0.0/0",
        Quiet: "subnet subnet-a 10.1.0.0/24\nacl subnet-a allow ingress tcp/443 0.0.0.0/0\nacl subnet-a allow ingress tcp/1024-65535 0.0.0.0/0");

    protected override void Check(AuditContext context, NetworkAcl acl, AuditSink sink)
    {
        var opening = context.Acls.Of(acl)!;
        var least = AllPorts.Least(context);
        var inwards = opening.Describe(Direction.Ingress, s => AllPorts.Of(s, least));
        var outwards = opening.Describe(Direction.Egress, s => AllPorts.Of(s, least));
        if (inwards.Length + outwards.Length == 0) return;
        var parts = new List<string>();
        if (inwards.Length > 0) parts.Add($"in from the world: {inwards}");
        if (outwards.Length > 0) parts.Add($"out to the world: {outwards}");
        var severity = inwards.Length > 0 && !acl.Subnets.IsEmpty ? FindingSeverity.High : FindingSeverity.Low;
        sink.Report(this, FindingResource.Of(acl), $"All ports are open {string.Join("; ", parts)}.", severity);
    }
}

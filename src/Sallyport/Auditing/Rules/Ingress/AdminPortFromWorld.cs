using System.Collections.Immutable;
using Sallyport.Auditing.Compliance;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.Ingress;

/// <summary>SP-ING-06: the whole world may reach an administration port. One finding a family.</summary>
internal sealed class AdminPortFromWorld : AuditRule
{
    public override string Code => "SP-ING-06";

    public override string Title => "Admin port from the world";

    public override RuleFamily Family => RuleFamily.Ingress;

    public override FindingSeverity Severity => FindingSeverity.High;

    public override ImmutableArray<Control> Controls => ControlBundles.AdministrationPorts;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.AdminTcp, AuditParameters.AdminUdp];

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.Interfaces, AuditNeed.Routes];

    public override RuleGuide Guide => new(
        What: "Ingress rules of one family together admit the whole world on a port of admin.tcp or admin.udp, alone, inside a range, or with all protocols. Critical when an interface that carries the group has a public address of that family in a subnet with a route to an internet gateway.",
        Why: "Remote-administration ports are scanned around the clock, and one weak password is a shell.",
        Fix: "Use Session Manager, EC2 Instance Connect or a bastion; narrow the rule to their groups, blocks or prefix lists.",
        Fires: "group web\n  ingress tcp/20-22 from ::/0",
        Quiet: "group web\n  ingress tcp/24-25 from ::/0\n  ingress udp/22 from 0.0.0.0/0\n  ingress icmp/22/-1 from 0.0.0.0/0");

    private static ServiceSet Ports(AuditContext context) =>
        context.Parameters.Get(AuditParameters.AdminTcp).Union(context.Parameters.Get(AuditParameters.AdminUdp));

    internal override void CheckEstate(AuditContext context, AuditSink sink) =>
        JoinedReport.Check(this, context, Direction.Ingress, services => services.Intersect(Ports(context)), sink);

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        var facts = group.Ingress;
        if (facts.Rules.IsEmpty) return;
        var ports = Ports(group.Context);
        var isOpen = false;
        foreach (var family in new[] { IpFamily.V4, IpFamily.V6 })
        {
            var coverage = facts.World(family);
            var open = coverage.World.Intersect(ports);
            if (open.IsEmpty) continue;
            isOpen = true;
            var exposed = group.Members.FirstOrDefault(m => group.Context.IsOnInternet(m, family));
            var message = $"Administration ports ({open}) are open to the whole {(family == IpFamily.V4 ? "IPv4" : "IPv6")} Internet"
                + (exposed is null ? "." : $", and interface {exposed.Id} is reachable from there.");
            sink.Report(
                this, group, message, facts.RulesAt(coverage.EvidenceOf(open)),
                exposed is null ? null : FindingSeverity.Critical, exposed is null ? FindingBasis.Symbolic : FindingBasis.Snapshot);
        }

        if (!isOpen && facts.GapsFor(ports) is { Count: > 0 } gaps) sink.Doubt(this, group, gaps);
    }
}

using System.Collections.Immutable;
using Sallyport.Auditing.Compliance;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.Ingress;

/// <summary>SP-ING-02: the whole world may reach a port that is not on the list of public ports.</summary>
internal sealed class UnlistedPortFromWorld : WorldRule
{
    private static readonly ServiceSet Ported = ServiceSet.Of([Service.Tcp(0, 65_535), Service.Udp(0, 65_535)]);

    public override string Code => "SP-ING-02";

    public override string Title => "Any port from the world outside allow-list";

    public override RuleFamily Family => RuleFamily.Ingress;

    public override FindingSeverity Severity => FindingSeverity.High;

    public override ImmutableArray<Control> Controls => ControlBundles.OpenIngress;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.WorldTcp, AuditParameters.WorldUdp];

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.Interfaces];

    public override RuleGuide Guide => new(
        What: "Ingress rules together admit the whole world on a TCP port outside world.tcp or a UDP port outside world.udp; a range must lie inside the list as a whole. Low when only internet-facing load balancers carry the group.",
        Why: "Each public port is one more service that must be patched before the next scan.",
        Fix: "Close the port, or narrow it to the blocks, groups or prefix lists that need it.",
        Fires: "group web\n  ingress tcp/443-444 from 0.0.0.0/0",
        Quiet: "group web\n  ingress tcp/443 from 0.0.0.0/0\n  ingress tcp/80 from ::/0");

    protected override Direction Direction => Direction.Ingress;

    protected override ServiceSet Forbidden(AuditContext context) => Ported
        .Subtract(context.Parameters.Get(AuditParameters.WorldTcp))
        .Subtract(context.Parameters.Get(AuditParameters.WorldUdp));

    protected override string Describe(DirectionFacts facts, ServiceSet open) =>
        $"Ingress of {Words(open)} is open to the whole {facts.FamiliesOf(open)} Internet.";

    protected override void Object(GroupFacts group, DirectionFacts facts, ServiceSet open, AuditSink sink)
    {
        var isOnlyBalancers = group.IsAttached == true && group.Members.Count > 0
            && !group.Context.Facts.IsMissing(GapKind.NetworkInterfaces, group.Group.Scope)
            && group.Members.All(IsInternetFacingBalancer);
        sink.Report(
            this, group, Describe(facts, open) + (isOnlyBalancers ? " Only internet-facing load balancers carry the group." : string.Empty),
            facts.WorldEvidence(open), isOnlyBalancers ? FindingSeverity.Low : null, isOnlyBalancers ? FindingBasis.Snapshot : FindingBasis.Symbolic);
    }

    private static bool IsInternetFacingBalancer(NetworkInterface nic) => !nic.PublicAddresses.IsEmpty
        && (nic.InterfaceType is "load_balancer" or "network_load_balancer" || nic.RequesterId == "amazon-elb"
            || (nic.RequesterManaged && nic.Description.StartsWith("ELB ", StringComparison.Ordinal)));
}

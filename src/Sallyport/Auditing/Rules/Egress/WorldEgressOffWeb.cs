using System.Collections.Immutable;
using Sallyport.Auditing.Compliance;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.Egress;

/// <summary>SP-EGR-06: TCP or UDP ports other than the allowed ones may leave for the whole world.</summary>
internal sealed class WorldEgressOffWeb : WorldRule
{
    private static readonly ServiceSet Ported = ServiceSet.Of([Service.Tcp(0, 65_535), Service.Udp(0, 65_535)]);

    public override string Code => "SP-EGR-06";

    public override string Title => "Egress to the world on non-web ports";

    public override RuleFamily Family => RuleFamily.Egress;

    public override FindingSeverity Severity => FindingSeverity.Medium;

    public override ImmutableArray<Control> Controls => ControlBundles.Egress;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.EgressWorldTcp, AuditParameters.EgressWorldUdp];

    public override RuleGuide Guide => new(
        What: "Egress rules together admit the whole world on TCP ports outside egress.world.tcp or UDP ports outside egress.world.udp.",
        Why: "Web traffic can be sent through a proxy and inspected; other ports to anywhere are how tunnels, mail floods and scans leave.",
        Fix: "Keep only the ports that must be open to anywhere, and send them through an endpoint or a proxy.",
        Fires: "group web\n  egress tcp/80-443 to 0.0.0.0/0",
        Quiet: "group web\n  egress tcp/443 to 0.0.0.0/0");

    protected override Direction Direction => Direction.Egress;

    protected override ServiceSet Forbidden(AuditContext context) => Ported
        .Subtract(context.Parameters.Get(AuditParameters.EgressWorldTcp))
        .Subtract(context.Parameters.Get(AuditParameters.EgressWorldUdp));

    protected override string Describe(DirectionFacts facts, ServiceSet open) =>
        $"Egress of {Words(open)} is open to the whole {facts.FamiliesOf(open)} Internet.";
}

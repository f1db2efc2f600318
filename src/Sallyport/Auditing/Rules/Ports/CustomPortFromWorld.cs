using System.Collections.Immutable;
using Sallyport.Auditing.Compliance;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.Ports;

/// <summary>SP-PRT-39: the whole world may reach a port that the user listed.</summary>
internal sealed class CustomPortFromWorld : WorldRule
{
    public override string Code => "SP-PRT-39";

    public override string Title => "Listed port from the world";

    public override RuleFamily Family => RuleFamily.Port;

    public override FindingSeverity Severity => FindingSeverity.High;

    public override string? PartOf => Ingress.RiskyServicePort.Id;

    public override ImmutableArray<Control> Controls => ControlBundles.RiskyPorts;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.CustomPorts];

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.Configuration];

    public override RuleGuide Guide => new(
        What: "Ingress rules together admit the whole world, in one family or both, on a service of custom_ports. Not assessed while custom_ports is empty.",
        Why: "Only you know which of your services were never meant for the public.",
        Fix: "Close the port, or narrow it to the blocks, groups or prefix lists that need it.",
        Fires: "set custom_ports tcp/8443\ngroup web\n  ingress tcp/8000-9000 from 0.0.0.0/0",
        Quiet: "set custom_ports tcp/8443\ngroup web\n  ingress tcp/8443 from 10.0.0.0/16\n  ingress tcp/8444 from 0.0.0.0/0");

    protected override Direction Direction => Direction.Ingress;

    internal override string? WhyNotAssessed(AuditContext context) =>
        context.Parameters.Get(AuditParameters.CustomPorts).IsEmpty ? "needs the parameter custom_ports" : null;

    protected override ServiceSet Forbidden(AuditContext context) => context.Parameters.Get(AuditParameters.CustomPorts);

    protected override string Describe(DirectionFacts facts, ServiceSet open) =>
        $"{Words(open)}, which custom_ports lists, is open to the whole {facts.FamiliesOf(open)} Internet.";
}

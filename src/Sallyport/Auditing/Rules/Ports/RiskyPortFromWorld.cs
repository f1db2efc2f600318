using System.Collections.Immutable;
using Sallyport.Auditing.Compliance;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.Ports;

/// <summary>SP-PRT-01 to SP-PRT-38: the whole world may reach a port of a well-known service. One rule a row of the table.</summary>
internal sealed class RiskyPortFromWorld : WorldRule
{
    private readonly RiskyPort _row;

    public RiskyPortFromWorld(RiskyPort row) => _row = row;

    public override string Code => _row.Code;

    public override string Title => _row.Title;

    public override RuleFamily Family => RuleFamily.Port;

    public override FindingSeverity Severity => _row.Severity;

    public override string? PartOf => Ingress.RiskyServicePort.Id;

    public override ImmutableArray<Control> Controls => _row.Number == 12 ? ControlBundles.FileSharing : ControlBundles.RiskyPorts;

    public override ImmutableArray<AuditParameter> Parameters => _row.Setting is { } setting ? [setting] : [];

    public override RuleGuide Guide => new(
        What: $"Ingress rules together admit the whole world, in one family or both, on a port of {_row.Service}: {_row.Ports}{(_row.Setting is { } setting ? $" (parameter {setting.Name})" : string.Empty)}. A port inside a range or under all protocols counts.",
        Why: _row.Why,
        Fix: "Close the port, or narrow it to the blocks, groups or prefix lists that need it.",
        Fires: $"group web\n  ingress {Example} from 0.0.0.0/0",
        Quiet: $"group web\n  ingress {Example} from 10.1.0.0/16\n  ingress {Neighbour} from 0.0.0.0/0");

    private Service Example => _row.Services.ToServices()[0];

    // The port just below the first one: the nearest thing that is not meant.
    private Service Neighbour => Service.Create(Example.Protocol, Example.From - 1, Example.From - 1);

    protected override Direction Direction => Direction.Ingress;

    protected override ServiceSet Forbidden(AuditContext context) =>
        _row.Setting is { } setting ? context.Parameters.Get(setting) : _row.Services;

    protected override string Describe(DirectionFacts facts, ServiceSet open) =>
        $"{_row.Service} ({Words(open)}) is open to the whole {facts.FamiliesOf(open)} Internet.";
}

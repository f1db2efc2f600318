using System.Collections.Immutable;
using Sallyport.Auditing.Compliance;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.Egress;

/// <summary>SP-EGR-02: everything, or every port of TCP or UDP, may leave for the whole world.</summary>
internal sealed class AllTrafficEgress : AuditRule
{
    public override string Code => "SP-EGR-02";

    public override string Title => "All-traffic egress to the world";

    public override RuleFamily Family => RuleFamily.Egress;

    public override FindingSeverity Severity => FindingSeverity.High;

    public override ImmutableArray<Control> Controls => ControlBundles.Egress;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.AllPortsMinimum];

    public override RuleGuide Guide => new(
        What: "Egress rules together admit the whole world on all protocols, or on at least allports.min TCP or UDP ports in a row (0-65535 and 1-65535 both count).",
        Why: "This is the rule AWS adds to every new group: nothing that runs in it is kept from talking to anybody, on any port.",
        Fix: "Declare the connections the workload needs, authorize those, then revoke the rule.",
        Fires: "group web\n  egress any to 0.0.0.0/0",
        Quiet: "group web\n  egress tcp/443 to 0.0.0.0/0");

    internal override void CheckEstate(AuditContext context, AuditSink sink) =>
        JoinedReport.Check(this, context, Direction.Egress, services => AllPorts.Of(services, AllPorts.Least(context)), sink);

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        var facts = group.Egress;
        if (facts.Rules.IsEmpty) return;
        var least = AllPorts.Least(group.Context);
        var open = AllPorts.Of(facts.WorldServices, least);
        if (!open.IsEmpty)
        {
            var words = open.IsAny ? "All egress traffic" : $"Egress of {open}";
            sink.Report(this, group, $"{words} is open to the whole {facts.FamiliesOf(open)} Internet.", AllPorts.Evidence(facts, open, least));
        }
        else if (AllPorts.Of(facts.WorldServices.Union(ServiceSet.FromIntervals(facts.Doubts.Select(d => d.Services))), least) is { IsEmpty: false } possible)
        {
            sink.Doubt(this, group, facts.GapsFor(possible));
        }
    }
}

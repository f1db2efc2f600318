using System.Collections.Immutable;
using Sallyport.Auditing.Compliance;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.Ingress;

/// <summary>SP-ING-01: the whole world may send everything, or to every port of TCP or UDP.</summary>
internal sealed class AllTrafficFromWorld : AuditRule
{
    public override string Code => "SP-ING-01";

    public override string Title => "All traffic from the world";

    public override RuleFamily Family => RuleFamily.Ingress;

    public override FindingSeverity Severity => FindingSeverity.Critical;

    public override ImmutableArray<Control> Controls => ControlBundles.Both(ControlBundles.OpenIngress, ControlBundles.AdministrationPorts);

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.AllPortsMinimum];

    public override RuleGuide Guide => new(
        What: "Ingress rules together admit the whole world, in one family or both, on all protocols or on at least allports.min TCP or UDP ports in a row.",
        Why: "The group protects nothing: every listening service is on the Internet as soon as the host is.",
        Fix: "Name the ports that must be public, and who may reach the others.",
        Fires: "group web\n  ingress tcp/1-65535 from 0.0.0.0/0",
        Quiet: "group web\n  ingress tcp/2-65535 from 0.0.0.0/0\n  ingress any from 10.0.0.0/16");

    internal override void CheckEstate(AuditContext context, AuditSink sink) =>
        JoinedReport.Check(this, context, Direction.Ingress, services => AllPorts.Of(services, AllPorts.Least(context)), sink);

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        var facts = group.Ingress;
        if (facts.Rules.IsEmpty) return;
        var least = AllPorts.Least(group.Context);
        var open = AllPorts.Of(facts.WorldServices, least);
        if (!open.IsEmpty)
        {
            var words = open.IsAny ? "All ingress traffic" : $"Ingress of {open}";
            sink.Report(this, group, $"{words} is open to the whole {facts.FamiliesOf(open)} Internet.", AllPorts.Evidence(facts, open, least));
        }
        else if (AllPorts.Of(facts.WorldServices.Union(ServiceSet.FromIntervals(facts.Doubts.Select(d => d.Services))), least) is { IsEmpty: false } possible)
        {
            sink.Doubt(this, group, facts.GapsFor(possible));
        }
    }
}

using System.Collections.Immutable;
using Sallyport.Auditing.Compliance;
using Sallyport.Auditing.Parameters;

namespace Sallyport.Auditing.Rules.Ingress;

/// <summary>SP-ING-12: somebody other than the group itself may reach every port.</summary>
internal sealed class AllPortsIngress : AuditRule
{
    public override string Code => "SP-ING-12";

    public override string Title => "All ports";

    public override RuleFamily Family => RuleFamily.Ingress;

    public override FindingSeverity Severity => FindingSeverity.Medium;

    public override ImmutableArray<Control> Controls => ControlBundles.Ranges;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.AllPortsMinimum];

    public override RuleGuide Guide => new(
        What: "An ingress rule admits all protocols, or at least allports.min TCP or UDP ports in a row, from any peer but the group itself, which is left to SP-ING-13.",
        Why: "A neighbour that is broken into reaches every service, not only the one it was meant to use.",
        Fix: "Name the ports the peer needs.",
        Fires: "group web\n  ingress tcp/1-65535 from 10.1.0.0/16",
        Quiet: "group web\n  ingress tcp/0-65535 from web\n  ingress tcp/2-65535 from 10.1.0.0/16");

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        var least = AllPorts.Least(group.Context);
        var offending = group.Ingress.Rules.Where(r => AllPorts.Is(r.Service, least) && !group.IsSelf(r)).ToList();
        if (offending.Count > 0) sink.Report(this, group, $"Every port is open to {PeerWords.Of(offending)}.", offending);
    }
}

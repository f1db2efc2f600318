using System.Collections.Immutable;
using Sallyport.Auditing.Compliance;
using Sallyport.Auditing.Parameters;

namespace Sallyport.Auditing.Rules.Ingress;

/// <summary>SP-ING-11: a rule names a range of ports where single ports would do.</summary>
internal sealed class PortRangeIngress : AuditRule
{
    private const int Wide = 100;

    public override string Code => "SP-ING-11";

    public override string Title => "Port range instead of a port";

    public override RuleFamily Family => RuleFamily.Ingress;

    public override FindingSeverity Severity => FindingSeverity.Low;

    public override ImmutableArray<string> Aliases => ["EC2-001"];

    public override ImmutableArray<Control> Controls => ControlBundles.Ranges;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.RangeMaximum, AuditParameters.AllPortsMinimum];

    public override RuleGuide Guide => new(
        What: "An ingress rule, with any peer, names more than range.max TCP or UDP ports in a row, and fewer than all of them. Medium when a range holds more than 100 ports. ICMP types are no ports.",
        Why: "The ports between the wanted ones admit whatever starts to listen there tomorrow.",
        Fix: "Name each port that is needed.",
        Fires: "group web\n  ingress tcp/8080-8081 from 10.1.0.0/16",
        Quiet: "group web\n  ingress tcp/8080 from 10.1.0.0/16\n  ingress icmp/8/0 from 10.1.0.0/16\n  ingress tcp/1-65535 from 10.1.0.0/16");

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        var offending = PortRanges.In(group.Ingress, group.Context);
        if (offending.Count == 0) return;
        sink.Report(
            this, group, $"Ingress rules name ranges of ports: {PortRanges.Words(offending)}.", offending,
            offending.Exists(r => PortRanges.CountOf(r) > Wide) ? FindingSeverity.Medium : null);
    }
}

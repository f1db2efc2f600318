using System.Collections.Immutable;
using Sallyport.Auditing.Parameters;

namespace Sallyport.Auditing.Rules.Egress;

/// <summary>SP-EGR-04: an egress rule names a range of ports where single ports would do.</summary>
internal sealed class PortRangeEgress : AuditRule
{
    public override string Code => "SP-EGR-04";

    public override string Title => "Egress port range";

    public override RuleFamily Family => RuleFamily.Egress;

    public override FindingSeverity Severity => FindingSeverity.Low;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.RangeMaximum, AuditParameters.AllPortsMinimum];

    public override RuleGuide Guide => new(
        What: "An egress rule, with any peer, names more than range.max TCP or UDP ports in a row, and fewer than all of them (SP-EGR-02 speaks of those). ICMP types are no ports.",
        Why: "The ports between the wanted ones are ways out that nobody watches.",
        Fix: "Name each port that is needed.",
        Fires: "group web\n  egress tcp/8080-8081 to 10.1.0.0/16",
        Quiet: "group web\n  egress tcp/8080 to 10.1.0.0/16\n  egress icmp/8/0 to 10.1.0.0/16\n  egress tcp/1-65535 to 10.1.0.0/16");

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        var offending = PortRanges.In(group.Egress, group.Context);
        if (offending.Count > 0) sink.Report(this, group, $"Egress rules name ranges of ports: {PortRanges.Words(offending)}.", offending);
    }
}

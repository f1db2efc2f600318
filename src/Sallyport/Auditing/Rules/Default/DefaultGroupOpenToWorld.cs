using System.Collections.Immutable;
using Sallyport.Auditing.Compliance;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.Default;

/// <summary>SP-DEF-02: the VPC's default group admits the world, or lets the world be reached.</summary>
internal sealed class DefaultGroupOpenToWorld : AuditRule
{
    public override string Code => "SP-DEF-02";

    public override string Title => "Default SG world-open";

    public override RuleFamily Family => RuleFamily.Default;

    public override FindingSeverity Severity => FindingSeverity.High;

    public override ImmutableArray<Control> Controls => ControlBundles.DefaultGroup;

    internal override bool JudgesRulesOf(SecurityGroup group) => group.IsDefault;

    public override RuleGuide Guide => new(
        What: "Rules of the group named default, of one direction, together admit the whole world in one family or both, on any service.",
        Why: "Whatever is started without naming a group is on the Internet, or may talk to all of it, without anybody having decided so.",
        Fix: "Move what uses the group to groups of its own, then revoke every rule.",
        Fires: "group default\n  egress any to 0.0.0.0/0",
        Quiet: "group default\n  ingress any from default\ngroup web\n  egress any to 0.0.0.0/0");

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        if (!group.Group.IsDefault) return;
        var parts = new List<string>();
        if (!group.Ingress.WorldServices.IsEmpty) parts.Add($"is open to the whole {group.Ingress.FamiliesOf(ServiceSet.Any)} Internet");
        if (!group.Egress.WorldServices.IsEmpty) parts.Add($"may reach the whole {group.Egress.FamiliesOf(ServiceSet.Any)} Internet");
        if (parts.Count > 0)
        {
            sink.Report(
                this, group, $"The default group {string.Join(" and ", parts)}.",
                group.Ingress.WorldEvidence(ServiceSet.Any).Concat(group.Egress.WorldEvidence(ServiceSet.Any)));
        }
        else if (group.Ingress.GapsFor(ServiceSet.Any).Concat(group.Egress.GapsFor(ServiceSet.Any)).ToList() is { Count: > 0 } gaps)
        {
            sink.Doubt(this, group, gaps);
        }
    }
}

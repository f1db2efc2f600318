using System.Collections.Immutable;
using Sallyport.Auditing.Compliance;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.Egress;

/// <summary>SP-EGR-03: nobody ever decided about the group's egress; it is as AWS made it.</summary>
internal sealed class DefaultEgress : AuditRule
{
    public override string Code => "SP-EGR-03";

    public override string Title => "Implicit default egress";

    public override RuleFamily Family => RuleFamily.Egress;

    public override FindingSeverity Severity => FindingSeverity.Medium;

    public override ImmutableArray<Control> Controls => ControlBundles.Egress;

    public override RuleGuide Guide => new(
        What: "The only egress of the group is the rule AWS adds to a new group: all traffic to 0.0.0.0/0, with or without its IPv6 twin. Of a group that code declares it counts only where the code says nothing about egress, as a template may; egress that the code writes was decided.",
        Why: "An opening that nobody asked for is an opening that nobody watches.",
        Fix: "Declare the group's egress, even when it is none.",
        Fires: "group web\n  egress any to 0.0.0.0/0\n  egress any to ::/0",
        Quiet: "group web\n  egress any to 0.0.0.0/0\n  egress tcp/3306 to 10.0.0.0/16");

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        if (group.Group.Code is { HasImplicitEgress: false }) return;
        var rules = group.Egress.Rules;
        if (rules.Length is 0 or > 2 || group.Group.Malformed.Any(m => m.Direction == Direction.Egress)) return;
        var hasV4 = rules.Any(r => Is(r, Cidr.AnyV4));
        if (!hasV4 || !rules.All(r => Is(r, Cidr.AnyV4) || Is(r, Cidr.AnyV6))) return;
        var message = group.Group.Code is null
            ? "The group's only egress is the allow-all rule that AWS adds to every new group."
            : "The code says nothing about the group's egress, so AWS gives it the rule that allows all of it.";
        sink.Report(this, group, message, rules);
    }

    private static bool Is(SecurityGroupRule rule, Cidr cidr) => rule.Service == Service.Any && rule.Peer is CidrPeer peer && peer.Cidr == cidr;
}

using System.Collections.Immutable;
using Sallyport.Auditing.Compliance;
using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.Default;

/// <summary>SP-DEF-01: the VPC's default group has rules.</summary>
internal sealed class DefaultGroupHasRules : AuditRule
{
    public override string Code => "SP-DEF-01";

    public override string Title => "Default SG has rules";

    public override RuleFamily Family => RuleFamily.Default;

    public override FindingSeverity Severity => FindingSeverity.High;

    public override ImmutableArray<Control> Controls => ControlBundles.DefaultGroup;

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.Interfaces];

    internal override bool JudgesRulesOf(SecurityGroup group) => group.IsDefault;

    public override RuleGuide Guide => new(
        What: "The group named default has any rule, in use or not. Low when it is known that nothing carries it.",
        Why: "Whatever is started without naming a group gets the default one, with all it allows.",
        Fix: "Move what uses it to groups of its own, then revoke every rule. It cannot be deleted.",
        Fires: "group default\n  ingress any from default",
        Quiet: "group default");

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        if (!group.Group.IsDefault || (group.Group.Rules.IsEmpty && group.Group.Malformed.IsEmpty)) return;
        var isUnused = group.IsAttached == false;
        var count = group.Group.Rules.Length + group.Group.Malformed.Length;
        sink.Report(
            this, group, $"The default group has {count} rule{(count == 1 ? string.Empty : "s")}{(isUnused ? "; nothing carries it." : ".")}",
            group.Group.Rules, isUnused ? FindingSeverity.Low : null, isUnused ? FindingBasis.Snapshot : FindingBasis.Symbolic);
    }
}

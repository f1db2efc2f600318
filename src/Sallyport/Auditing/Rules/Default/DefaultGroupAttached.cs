using System.Collections.Immutable;
using Sallyport.Auditing.Compliance;

namespace Sallyport.Auditing.Rules.Default;

/// <summary>SP-DEF-03: something carries the VPC's default group.</summary>
internal sealed class DefaultGroupAttached : AuditRule
{
    public override string Code => "SP-DEF-03";

    public override string Title => "Default SG attached";

    public override RuleFamily Family => RuleFamily.Default;

    public override FindingSeverity Severity => FindingSeverity.Medium;

    public override ImmutableArray<Control> Controls => ControlBundles.DefaultGroup;

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.Interfaces];

    public override RuleGuide Guide => new(
        What: "An interface, endpoint or instance carries the group named default.",
        Why: "Nobody chose it: all that carry it may usually reach each other on every port.",
        Fix: "Give each of them a group of its own and detach the default one.",
        Fires: "group default\ninterface eni-1 default 10.1.0.5",
        Quiet: "group default\ngroup web\ninterface eni-1 web 10.1.0.5");

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        if (!group.Group.IsDefault) return;
        switch (group.IsAttached)
        {
            case true:
                sink.Report(this, group, Describe(group), [], basis: FindingBasis.Snapshot);
                break;
            case null:
                sink.Doubt(this, group, [$"{group.Group.Scope.Describe("interfaces")} were not read"]);
                break;
        }
    }

    private static string Describe(GroupFacts group)
    {
        const int Most = 5;
        if (group.Members.Count == 0) return "An endpoint or instance carries the default group.";
        var names = string.Join(", ", group.Members.Take(Most).Select(m => m.Id.Value));
        var more = group.Members.Count > Most ? $" and {group.Members.Count - Most} more" : string.Empty;
        return $"The default group is carried by {names}{more}.";
    }
}

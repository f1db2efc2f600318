using System.Collections.Immutable;
using Sallyport.Auditing.Compliance;
using Sallyport.Auditing.Parameters;

namespace Sallyport.Auditing.Rules.Use;

/// <summary>SP-USE-01: nothing carries the group and no other group names it.</summary>
internal sealed class UnusedGroup : AuditRule
{
    public override string Code => "SP-USE-01";

    public override string Title => "Unused group";

    public override RuleFamily Family => RuleFamily.Use;

    public override FindingSeverity Severity => FindingSeverity.Low;

    public override ImmutableArray<Control> Controls => ControlBundles.Unused;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.UnusedMinutes];

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.Interfaces];

    public override RuleGuide Guide => new(
        What: "The group is not a default group, no interface, endpoint or instance carries it, and no rule of another group names it (its own rules do not count).",
        Why: "An unused group is an old decision that waits to be attached by mistake.",
        Fix: "Check launch templates and peer accounts, which an estate does not hold, then delete the group; keep its snapshot to bring it back.",
        Fires: "group old\n  ingress tcp/22 from old\ngroup web\ninterface eni-1 web 10.1.0.5",
        Quiet: "group bastion\ngroup web\n  ingress tcp/22 from bastion\ninterface eni-1 web 10.1.0.5");

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        if (group.Group.IsDefault || group.IsAttached == true) return;
        if (group.Context.Estate.Index.ReferencesTo(group.Group.Id).Any(r => r.Group.Id != group.Group.Id)) return;
        if (group.IsAttached is null)
        {
            sink.Doubt(this, group, [$"{group.Group.Scope.Describe("interfaces")} were not read"]);
        }
        else if (group.Context.Parameters.Get(AuditParameters.UnusedMinutes) > 0)
        {
            sink.Doubt(this, group, ["one reading does not tell how long the group has been unused"]);
        }
        else
        {
            sink.Report(this, group, "Nothing that was read carries the group, and no other group names it.", [], basis: FindingBasis.Snapshot);
        }
    }
}

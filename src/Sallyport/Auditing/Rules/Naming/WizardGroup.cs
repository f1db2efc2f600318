using System.Collections.Immutable;
using Sallyport.Auditing.Parameters;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.Naming;

/// <summary>SP-NAM-01: a wizard made the group.</summary>
internal sealed class WizardGroup : AuditRule
{
    public override string Code => "SP-NAM-01";

    public override string Title => "Launch-wizard group";

    public override RuleFamily Family => RuleFamily.Naming;

    public override FindingSeverity Severity => FindingSeverity.Medium;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.WizardNames];

    public override RuleGuide Guide => new(
        What: "The group's name matches wizard.names. Low when its ingress is tight: neither the world nor a large part of it, and every list read.",
        Why: "Wizards make a group per launch, with whatever let the launch go through, and nobody looks at it again.",
        Fix: "Give what carries it a group made for its purpose, then delete this one.",
        Fires: "group launch-wizard-3\n  ingress tcp/22 from 0.0.0.0/0",
        Quiet: "group wizard-service\n  ingress tcp/22 from 0.0.0.0/0");

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        if (group.NameDoubt is not null || group.Group.Name.Length == 0)
        {
            sink.Doubt(this, group, [group.NameDoubt ?? "the group's name was not read"]);
            return;
        }

        if (!group.Context.Parameters.Get(AuditParameters.WizardNames).IsMatch(group.Group.Name)) return;
        var isTight = IsTight(group);
        sink.Report(
            this, group, $"The group \"{group.Group.Name}\" was made by a wizard{(isTight ? "; its ingress is tight." : ".")}", [],
            isTight ? FindingSeverity.Low : null);
    }

    private static bool IsTight(GroupFacts group) => group.Ingress.WorldServices.IsEmpty && group.Ingress.Doubts.Count == 0
        && group.Group.Malformed.IsEmpty
        && group.Ingress.World(IpFamily.V4).Near.Services.IsEmpty && group.Ingress.World(IpFamily.V6).Near.Services.IsEmpty;
}

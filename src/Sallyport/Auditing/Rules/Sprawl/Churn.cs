using System.Collections.Immutable;

namespace Sallyport.Auditing.Rules.Sprawl;

/// <summary>SP-SPR-04: rules of the group change all the time.</summary>
internal sealed class Churn : AuditRule
{
    public override string Code => "SP-SPR-04";

    public override string Title => "Churn";

    public override RuleFamily Family => RuleFamily.Sprawl;

    public override FindingSeverity Severity => FindingSeverity.Info;

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Events];

    public override RuleGuide Guide => new(
        What: "The group's rules changed more than 20 times in 30 days, or one rule was added, removed and added again.",
        Why: "Ports that open and close again within a short time are what an intruder, or a workaround, looks like.",
        Fix: "Find out who changes them and why.",
        Fires: "group web",
        Quiet: "group web");
}

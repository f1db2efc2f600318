using System.Collections.Immutable;

namespace Sallyport.Auditing.Rules.Drifts;

/// <summary>SP-DRF-03: a rule that a person wrote past the pipeline.</summary>
internal sealed class ManualRule : AuditRule
{
    public override string Code => "SP-DRF-03";

    public override string Title => "Manual console rule";

    public override RuleFamily Family => RuleFamily.Drift;

    public override FindingSeverity Severity => FindingSeverity.Medium;

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.Events];

    public override RuleGuide Guide => new(
        What: "Event history says that the rule was authorized by a principal other than the pipeline's role.",
        Why: "A rule that was written by hand passed no review and is written down nowhere.",
        Fix: "Declare it, or revert it.",
        Fires: "group web\n  ingress tcp/22 from 203.0.113.9/32 \"temporary\"",
        Quiet: "group web\n  ingress tcp/443 from 0.0.0.0/0");
}

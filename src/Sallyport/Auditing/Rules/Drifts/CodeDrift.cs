using System.Collections.Immutable;

namespace Sallyport.Auditing.Rules.Drifts;

/// <summary>SP-DRF-01: the estate differs from the code that declares it. Against a connections file SP-DECL-01 and -02 say so.</summary>
internal sealed class CodeDrift : AuditRule
{
    public override string Code => "SP-DRF-01";

    public override string Title => "Drift from IaC";

    public override RuleFamily Family => RuleFamily.Drift;

    public override FindingSeverity Severity => FindingSeverity.Medium;

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.Code];

    public override RuleGuide Guide => new(
        What: "A group allows other traffic than the infrastructure code that declares it, compared by meaning. Against a connections file this is SP-DECL-01 and SP-DECL-02.",
        Why: "The next run of the code undoes the change, or the code no longer says what is open.",
        Fix: "Apply the code again, or write the change into it.",
        Fires: "group web\n  ingress tcp/443 from 0.0.0.0/0\n  ingress tcp/22 from 10.0.0.0/8",
        Quiet: "group web\n  ingress tcp/443 from 0.0.0.0/0");
}

using System.Collections.Immutable;

namespace Sallyport.Auditing.Rules.Naming;

/// <summary>SP-NAM-06: a template gives the group a fixed name.</summary>
internal sealed class ExplicitTemplateName : AuditRule
{
    public override string Code => "SP-NAM-06";

    public override string Title => "Explicit name blocks replacement";

    public override RuleFamily Family => RuleFamily.Naming;

    public override FindingSeverity Severity => FindingSeverity.Info;

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Code];

    public override RuleGuide Guide => new(
        What: "A CloudFormation template gives a group a literal GroupName.",
        Why: "A change that replaces the group fails, because two groups of a VPC cannot have one name.",
        Fix: "Leave GroupName out and put the name into a Name tag.",
        Fires: "group web",
        Quiet: "group web");
}

using System.Collections.Immutable;
using Sallyport.Estates;

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
        Fires: "group web template called",
        Quiet: "group web template");

    internal override string? WhyNotAssessed(AuditContext context) => context.HasTemplates ? null : "needs infrastructure code";

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        if (group is { NameDoubt: { } doubt, Group.Code.Language: CodeLanguage.CloudFormation })
        {
            sink.Doubt(this, group, [doubt]);
            return;
        }

        if (group.Group.Code is not { Language: CodeLanguage.CloudFormation, HasName: true } || group.Group.IsDefault) return;
        sink.Report(this, group, $"The template gives {group.Group.Id} the fixed GroupName \"{group.Group.Name}\": a change that replaces the group fails while the old one has the name.", []);
    }
}

using System.Collections.Immutable;
using Sallyport.Auditing.Parameters;
using Sallyport.Auditing.Strategy;
using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.Naming;

/// <summary>SP-NAM-04: a rule says nothing about why it is there.</summary>
internal sealed class UndescribedRule : AuditRule
{
    public override string Code => "SP-NAM-04";

    public override string Title => "Rule without description";

    public override RuleFamily Family => RuleFamily.Naming;

    public override FindingSeverity Severity => FindingSeverity.Info;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.DescriptionPlaceholders];

    public override RuleGuide Guide => new(
        What: "A rule's description is empty or one of description.placeholders.",
        Why: "A rule nobody can explain is a rule nobody dares to revoke.",
        Fix: "Describe the rule: who needs it and why. EC2 takes a new description without touching the rule.",
        Fires: "group web\n  ingress tcp/443 from 10.1.0.0/24",
        Quiet: "group web\n  ingress tcp/443 from 10.1.0.0/24 \"load balancers\"");

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        var silent = group.Group.Rules.Where(r => r.UnknownDescription is null && r.Description.Trim() is var text && (text.Length == 0 || UndescribedGroup.IsPlaceholder(group.Context, text))).ToList();
        if (silent.Count > 0) sink.Report(this, group, $"{silent.Count} of {group.Group.Rules.Length} rules have no description that says why they are there.", silent);
        else if (group.Group.Rules.FirstOrDefault(r => MayBeSilent(group.Context, r)) is { } open) sink.Doubt(this, group, [$"the description of {open.Key} is not known: {open.UnknownDescription}"]);
    }

    private static bool MayBeSilent(AuditContext context, SecurityGroupRule rule) =>
        rule.UnknownDescription is not null
        && (OpenText.MayBeEmpty(rule.Description) || context.Parameters.Get(AuditParameters.DescriptionPlaceholders).Any(p => OpenText.MayBe(rule.Description, p)));
}

using System.Collections.Immutable;
using Sallyport.Auditing.Parameters;
using Sallyport.Auditing.Strategy;

namespace Sallyport.Auditing.Rules.Naming;

/// <summary>SP-NAM-05: the group lacks a required tag.</summary>
internal sealed class MissingTags : AuditRule
{
    public override string Code => "SP-NAM-05";

    public override string Title => "Missing tags";

    public override RuleFamily Family => RuleFamily.Naming;

    public override FindingSeverity Severity => FindingSeverity.Low;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.RequiredTags];

    public override RuleGuide Guide => new(
        What: "The group lacks one of required.tags, or has it without a value. The letter case of keys does not count.",
        Why: "Without an owner there is nobody to ask, without an application or an environment nobody knows what a change would break.",
        Fix: "Add the tags.",
        Fires: "group web tag owner=net tag app=shop",
        Quiet: "group web tag Owner=net tag app=shop tag env=prod");

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        var missing = group.Context.Parameters.Get(AuditParameters.RequiredTags).Where(key => ImmutableArray.Create(key).ValueIn(group.Group.Tags) is null).ToList();
        if (missing.Count > 0) sink.Report(this, group, $"The group has no tag {string.Join(", ", missing)}.", []);
    }
}

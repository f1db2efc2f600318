using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.Overlap;

/// <summary>SP-OVL-02: several other rules together allow all that a rule allows, and no single one does.</summary>
internal sealed class JointlyShadowedRule : AuditRule
{
    public override string Code => "SP-OVL-02";

    public override string Title => "Jointly shadowed";

    public override RuleFamily Family => RuleFamily.Overlap;

    public override FindingSeverity Severity => FindingSeverity.Low;

    public override RuleGuide Guide => new(
        What: "Other rules of the group and direction together allow everything the rule allows, and no single one does. Where rules cover each other in turn, each is reported; revoke one at a time.",
        Why: "The rule decides nothing, and reads as if it did.",
        Fix: "Revoke it, then audit again.",
        Fires: "group web\n  ingress tcp/443 from 10.0.0.0/24\n  ingress tcp/440-450 from 10.0.0.0/25\n  ingress tcp/400-500 from 10.0.0.128/25",
        Quiet: "group web\n  ingress tcp/443 from 10.0.0.0/24\n  ingress tcp/440-450 from 10.0.0.0/26\n  ingress tcp/400-500 from 10.0.0.128/25");

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        foreach (var direction in new[] { Direction.Ingress, Direction.Egress })
        {
            var facts = group.Of(direction);
            foreach (var shadow in facts.Overlaps.Shadows)
            {
                if (shadow.By is not null) continue;
                sink.Report(this, group, $"{facts.Rules[shadow.Rule].Key} is allowed by other rules of the group together.", [facts.Rules[shadow.Rule]]);
            }
        }
    }
}

using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.Overlap;

/// <summary>SP-OVL-01: one other rule allows all that a rule allows.</summary>
internal sealed class ShadowedRule : AuditRule
{
    public override string Code => "SP-OVL-01";

    public override string Title => "Shadowed rule";

    public override RuleFamily Family => RuleFamily.Overlap;

    public override FindingSeverity Severity => FindingSeverity.Low;

    public override RuleGuide Guide => new(
        What: "Another rule of the group and direction allows everything the rule allows: its services and, symbolically, its peer (prefix lists expanded; a block never stands for a group). Of rules that mean the same, the first stays.",
        Why: "Revoking or narrowing a shadowed rule changes nothing, which misleads whoever relies on it.",
        Fix: "Revoke it, or narrow the rule that shadows it.",
        Fires: "group web\n  ingress tcp/443 from 10.0.1.0/24\n  ingress tcp/400-500 from 10.0.0.0/16",
        Quiet: "group web\n  ingress tcp/443 from 10.0.1.0/24\n  ingress udp/400-500 from 10.0.0.0/16");

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        foreach (var direction in new[] { Direction.Ingress, Direction.Egress })
        {
            var facts = group.Of(direction);
            foreach (var shadow in facts.Overlaps.Shadows)
            {
                if (shadow.By is not { } by) continue;
                sink.Report(this, group, $"{facts.Rules[shadow.Rule].Key} is allowed by {EvidenceAtom.Of(facts.Rules[by])} already.", [facts.Rules[shadow.Rule]]);
            }
        }
    }
}

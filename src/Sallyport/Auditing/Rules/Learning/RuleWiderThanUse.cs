using System.Collections.Immutable;

namespace Sallyport.Auditing.Rules.Learning;

/// <summary>SP-LRN-02: a rule of which traffic uses a sliver.</summary>
internal sealed class RuleWiderThanUse : AuditRule
{
    public override string Code => "SP-LRN-02";

    public override string Title => "Rule much wider than use";

    public override RuleFamily Family => RuleFamily.Learning;

    public override FindingSeverity Severity => FindingSeverity.Medium;

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.Interfaces, AuditNeed.FlowLogs];

    public override RuleGuide Guide => new(
        What: "Of the ports times addresses that the rule allows, flow logs show accepted flows on less than one in a hundred for the whole window.",
        Why: "The rest is open to nobody's benefit but an intruder's.",
        Fix: "Narrow the rule to the ports and peers that are used.",
        Fires: "group web\n  ingress tcp/1-65535 from 10.0.0.0/8\ninterface eni-1 web 10.1.0.5\nflowlog fl-1 vpc-a ALL",
        Quiet: "group web\n  ingress tcp/443 from 10.1.0.7/32\ninterface eni-1 web 10.1.0.5\nflowlog fl-1 vpc-a ALL");
}

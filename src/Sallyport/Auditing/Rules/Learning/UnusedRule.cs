using System.Collections.Immutable;

namespace Sallyport.Auditing.Rules.Learning;

/// <summary>SP-LRN-01: a rule that no accepted flow needed.</summary>
internal sealed class UnusedRule : AuditRule
{
    public override string Code => "SP-LRN-01";

    public override string Title => "Unused rule";

    public override RuleFamily Family => RuleFamily.Learning;

    public override FindingSeverity Severity => FindingSeverity.Low;

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.Interfaces, AuditNeed.FlowLogs];

    public override RuleGuide Guide => new(
        What: "Flow logs of every interface that carries the group show, for the whole window, no accepted flow that the rule lets through.",
        Why: "A rule that nobody uses is an open door that nobody watches.",
        Fix: "Revoke it after a time of grace; keep the plan, which can be undone.",
        Fires: "group web\n  ingress tcp/8081 from 10.0.0.0/8\ninterface eni-1 web 10.1.0.5\nflowlog fl-1 vpc-a ALL",
        Quiet: "group web\n  ingress tcp/443 from 0.0.0.0/0\ninterface eni-1 web 10.1.0.5\nflowlog fl-1 vpc-a ALL");
}

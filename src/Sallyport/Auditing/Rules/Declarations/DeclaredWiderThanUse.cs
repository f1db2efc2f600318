using System.Collections.Immutable;

namespace Sallyport.Auditing.Rules.Declarations;

/// <summary>SP-DECL-03: a declared service that no traffic used.</summary>
internal sealed class DeclaredWiderThanUse : AuditRule
{
    public override string Code => "SP-DECL-03";

    public override string Title => "Declared wider than needed";

    public override RuleFamily Family => RuleFamily.Declaration;

    public override FindingSeverity Severity => FindingSeverity.Low;

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.Connections, AuditNeed.FlowLogs];

    public override RuleGuide Guide => new(
        What: "A service of a declared connection was not seen in flow logs that cover both ends for the whole window of learning.",
        Why: "What nobody uses is only of use to an intruder.",
        Fix: "Take the service out of the connection, after asking its owner about rare jobs.",
        Fires: "group web\n  egress tcp/22-3306 to db\ngroup db\n  ingress tcp/22-3306 from web\nflowlog fl-1 vpc-a ALL",
        Quiet: "group web\n  egress tcp/3306 to db\ngroup db\n  ingress tcp/3306 from web\nflowlog fl-1 vpc-a ALL");
}

using System.Collections.Immutable;

namespace Sallyport.Auditing.Rules.Declarations;

/// <summary>SP-DECL-05: traffic that a connection declares was rejected.</summary>
internal sealed class RejectedWantedTraffic : AuditRule
{
    public override string Code => "SP-DECL-05";

    public override string Title => "Rejected wanted traffic";

    public override RuleFamily Family => RuleFamily.Declaration;

    public override FindingSeverity Severity => FindingSeverity.High;

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.Interfaces, AuditNeed.Connections, AuditNeed.FlowLogs];

    public override RuleGuide Guide => new(
        What: "Flow logs show a rejected flow that a declared connection covers.",
        Why: "Something that is needed is being refused right now.",
        Fix: "Plan and apply the connections file, or mend the network ACL that rejects the flow.",
        Fires: "group web\n  egress tcp/3306 to db\ngroup db\ninterface eni-1 web 10.1.0.5\ninterface eni-2 db 10.1.0.6\nflowlog fl-1 vpc-a ALL",
        Quiet: "group web\n  egress tcp/3306 to db\ngroup db\n  ingress tcp/3306 from web\ninterface eni-1 web 10.1.0.5\ninterface eni-2 db 10.1.0.6\nflowlog fl-1 vpc-a ALL");
}

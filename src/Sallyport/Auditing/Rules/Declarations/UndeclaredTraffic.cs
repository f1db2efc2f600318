using System.Collections.Immutable;

namespace Sallyport.Auditing.Rules.Declarations;

/// <summary>SP-DECL-04: accepted traffic that no connection declares.</summary>
internal sealed class UndeclaredTraffic : AuditRule
{
    public override string Code => "SP-DECL-04";

    public override string Title => "Undeclared traffic observed";

    public override RuleFamily Family => RuleFamily.Declaration;

    public override FindingSeverity Severity => FindingSeverity.Medium;

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.Interfaces, AuditNeed.Connections, AuditNeed.FlowLogs];

    public override RuleGuide Guide => new(
        What: "Flow logs show an accepted flow between members of managed groups that no declared connection covers.",
        Why: "Somebody depends on it, or should not be able to; the file knows of neither.",
        Fix: "Declare the connection if it is wanted, else revoke the rules that let it through.",
        Fires: "group web\n  egress tcp/22 to db\ngroup db\n  ingress tcp/22 from web\ninterface eni-1 web 10.1.0.5\ninterface eni-2 db 10.1.0.6\nflowlog fl-1 vpc-a ALL",
        Quiet: "group web\n  egress tcp/3306 to db\ngroup db\n  ingress tcp/3306 from web\ninterface eni-1 web 10.1.0.5\ninterface eni-2 db 10.1.0.6\nflowlog fl-1 vpc-a ALL");
}

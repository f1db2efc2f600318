using System.Collections.Immutable;
using Sallyport.Auditing.Parameters;

namespace Sallyport.Auditing.Rules.Egress;

/// <summary>SP-EGR-10: administration or database ports may be reached anywhere in the world.</summary>
internal sealed class AdminEgressToWorld : AuditRule
{
    public override string Code => "SP-EGR-10";

    public override string Title => "Admin or database egress to the world";

    public override RuleFamily Family => RuleFamily.Egress;

    public override FindingSeverity Severity => FindingSeverity.High;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.EgressAdminTcp];

    public override RuleGuide Guide => new(
        What: "Egress rules that name TCP together admit the whole world, in one family or both, on a port of egress.admin.tcp, alone or inside a range. Rules for all protocols are left to SP-EGR-02.",
        Why: "A rule for such a port is there for one known server; open to anywhere it serves worms, password guessing and data thieves.",
        Fix: "Name the servers: their group, block or prefix list.",
        Fires: "group web\n  egress tcp/3306 to 0.0.0.0/0",
        Quiet: "group web\n  egress any to 0.0.0.0/0\n  egress tcp/3306 to 10.1.0.0/16\n  egress tcp/3307 to 0.0.0.0/0");

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        var facts = group.Egress;
        if (facts.Rules.IsEmpty || (facts.WorldServices.IsEmpty && facts.Doubts.Count == 0)) return;
        var ports = group.Context.Parameters.Get(AuditParameters.EgressAdminTcp);
        var open = facts.NamedWorldServices.Intersect(ports);
        if (!open.IsEmpty)
        {
            sink.Report(this, group, $"Administration or database ports ({open}) may be reached anywhere in the world.", facts.NamedWorldEvidence(open));
        }
        else if (facts.NamedGapsFor(ports) is { Count: > 0 } gaps)
        {
            sink.Doubt(this, group, gaps);
        }
    }
}

using Sallyport.Auditing.Declared;
using Sallyport.Connectivity.Differences;
using Sallyport.Planning;

namespace Sallyport.Auditing.Rules.Semantics;

/// <summary>SP-SEM-02: carrying out the connections file rewrites rules and changes no flow.</summary>
internal sealed class PlanWithoutEffect : DeclaredRule
{
    public override string Code => "SP-SEM-02";

    public override string Title => "No-op diff";

    public override RuleFamily Family => RuleFamily.Semantic;

    public override FindingSeverity Severity => FindingSeverity.Info;

    public override RuleGuide Guide => new(
        What: "The plan of the connections file adds, replaces or revokes rules, and afterwards the same flows are allowed as before, by the rules alone and for the members as they were read.",
        Why: "Such a change needs no review of who may talk to whom.",
        Fix: "Approve it.",
        Fires: "group web\n  egress tcp/3306 to db\n  egress tcp/3307 to db\ngroup db\n  ingress tcp/3306 from web\n  ingress tcp/3307 from web\ninterface eni-1 web 10.1.0.5\ninterface eni-2 db 10.1.0.6\nconnections\n" + Sample,
        Quiet: "group web\n  egress tcp/3306-3307 to db\ngroup db\n  ingress tcp/3306-3307 from web\ninterface eni-1 web 10.1.0.5\ninterface eni-2 db 10.1.0.6\nconnections\n" + Sample);

    private const string Sample = "version: 1\ngroups: {web: {sg: sg-web}, db: {sg: sg-db}}\nconnections: {web-to-db: {from: web, to: db, services: [tcp/3306-3307], reason: orders}}\n";

    protected override string? WhyNot(DeclaredState declared) => declared.WhyNotPlanned;

    internal override void CheckEstate(AuditContext context, AuditSink sink)
    {
        var steps = context.Declared.Plan.Steps.Where(s => s.Action is PlanAction.Authorize or PlanAction.Modify or PlanAction.Revoke).ToList();
        if (steps.Count == 0) return;
        var change = context.Declared.Change;
        if (change.Relation != DiffRelation.Equal || change.LatentRelation != DiffRelation.Equal) return;
        foreach (var group in steps.GroupBy(s => s.Group).OrderBy(g => g.Key))
        {
            var resource = ResourceOf(context, group.Key);
            if (change.IsEqual) sink.Report(this, resource, $"The plan of the connections file changes {ListWords.Count(group.Sum(s => s.Rules.Length), "rule")} of {group.Key} and no flow.");
            else sink.Doubt(this, resource, change.Unknown.SelectMany(WideningPlan.GapsOf));
        }
    }
}

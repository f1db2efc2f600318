using System.Collections.Immutable;
using Sallyport.Auditing.Declared;

namespace Sallyport.Auditing.Rules.Declarations;

/// <summary>SP-DECL-02: a declared connection that does not work.</summary>
internal sealed class UnrealisedConnection : DeclaredRule
{
    private const int MostLacks = 20;

    public override string Code => "SP-DECL-02";

    public override string Title => "Declared connection not realised";

    public override RuleFamily Family => RuleFamily.Declaration;

    public override FindingSeverity Severity => FindingSeverity.High;

    public override ImmutableArray<AuditNeed> Needs =>
        [AuditNeed.Estate, AuditNeed.Interfaces, AuditNeed.Subnets, AuditNeed.Routes, AuditNeed.NetworkAcls, AuditNeed.Connections];

    public override RuleGuide Guide => new(
        What: "For some pair of members of a declared connection a side does not let its services through, or a network ACL or route stops them, there or back. A group without members is judged by its rules alone; towards a block outside, the network must carry the services for some address. What broader rules let through counts as there.",
        Why: "The connection is declared because something needs it; it is broken now, or breaks when the last broad rule goes.",
        Fix: "Plan and apply the file for missing rules; mend the network ACL or route that the finding names.",
        Fires: "group web\n  egress tcp/3306 to db\ngroup db\nconnections\n" + Sample,
        Quiet: "group web\n  egress tcp/3306 to db\ngroup db\n  ingress tcp/3306 from web\nconnections\n" + Sample);

    private const string Sample = "version: 1\ngroups: {web: {sg: sg-web}, db: {sg: sg-db}}\nconnections: {web-to-db: {from: web, to: db, services: [tcp/3306], reason: orders}}\n";

    internal override void CheckEstate(AuditContext context, AuditSink sink)
    {
        var judge = new ConnectionJudge(context.Declared.File, context.Declared.Model);
        foreach (var group in context.Declared.File.Connections.SelectMany(judge.Judge).GroupBy(s => s.Group).OrderBy(g => g.Key))
        {
            var resource = ResourceOf(context, group.Key);
            var lacks = group.Where(s => !s.IsUnknown).DistinctBy(s => s.Text).ToList();
            if (lacks.Count > 0) sink.Report(this, resource, $"{ListWords.Of(lacks.Select(l => l.Text), MostLacks, "; ")}.", location: lacks[0].At);
            ImmutableArray<string> gaps = [.. group.Where(s => s.IsUnknown).Select(s => s.Text).Distinct()];
            if (!gaps.IsEmpty) sink.Doubt(this, resource, gaps);
        }
    }
}

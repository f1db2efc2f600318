using System.Collections.Immutable;
using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.Egress;

/// <summary>SP-EGR-11: connections are declared to start from a group that may send nothing.</summary>
internal sealed class ClientWithoutEgress : AuditRule
{
    public override string Code => "SP-EGR-11";

    public override string Title => "No egress at all but group used as client";

    public override RuleFamily Family => RuleFamily.Egress;

    public override FindingSeverity Severity => FindingSeverity.Medium;

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.Connections];

    public override RuleGuide Guide => new(
        What: "The connections file declares a connection that starts from the group, and the group has no egress rule, or only rules that nothing can match (127.0.0.1/32, ::1/128, 255.255.255.255/32).",
        Why: "The connection cannot work: the first packet is dropped on the client's side, whatever the server's group admits.",
        Fix: "Authorize the egress half of the connection.",
        Fires: Text("group web"),
        Quiet: Text("group web\n  egress tcp/3306 to db"));

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        if (group.Egress.Rules.Length > 0 && !NoEgress.IsIdiom(group.Egress.Rules)) return;
        if (group.Context.ConnectionFrom(group.Group.Id) is not { } connection) return;
        if (group.Group.Malformed.Any(m => m.Direction == Direction.Egress) || group.Context.Facts.HasMalformedRules(group.Group.Id))
        {
            sink.Doubt(this, group, ["some of the group's rules were not read"]);
        }
        else
        {
            sink.Report(this, group, $"The group has no egress, but connection {connection} starts from it.", group.Egress.Rules);
        }
    }

    private static string Text(string web) =>
        $"{web}\ngroup db\n  ingress tcp/3306 from web\nconnections\nversion: 1\ngroups:\n  web: {{ sg: sg-web }}\n  db: {{ sg: sg-db }}\nconnections:\n  web-to-db: {{ from: web, to: db, services: [tcp/3306], reason: queries }}\n";
}

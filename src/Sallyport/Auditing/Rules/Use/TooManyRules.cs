using System.Collections.Immutable;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.Use;

/// <summary>SP-USE-05: the group has very many rules.</summary>
internal sealed class TooManyRules : AuditRule
{
    public override string Code => "SP-USE-05";

    public override string Title => "Too many rules in a group";

    public override RuleFamily Family => RuleFamily.Use;

    public override FindingSeverity Severity => FindingSeverity.Low;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.RulesMost];

    public override RuleGuide Guide => new(
        What: "One direction of the group has more than group.rules.max rules, counted one a peer as EC2 does, malformed ones too.",
        Why: "Nobody reads a list of that length, and the quota is near.",
        Fix: "Put blocks that belong together into a prefix list, or split the group by purpose.",
        Fires: "set group.rules.max 2\ngroup web\n  ingress tcp/443 from 10.0.0.0/24\n  ingress tcp/443 from 10.0.1.0/24\n  ingress tcp/443 from 10.0.2.0/24",
        Quiet: "set group.rules.max 2\ngroup web\n  ingress tcp/443 from 10.0.0.0/24\n  ingress tcp/443 from 10.0.1.0/24\n  egress tcp/443 to 10.0.2.0/24");

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        var most = group.Context.Parameters.Get(AuditParameters.RulesMost);
        var parts = new List<string>();
        foreach (var direction in new[] { Direction.Ingress, Direction.Egress })
        {
            var count = group.Of(direction).Rules.Length + group.Group.Malformed.Count(m => m.Direction == direction);
            if (count > most) parts.Add($"{count} {(direction == Direction.Ingress ? "ingress" : "egress")} rules");
        }

        if (parts.Count > 0) sink.Report(this, group, $"The group has {string.Join(" and ", parts)}, more than {most}.", []);
    }
}

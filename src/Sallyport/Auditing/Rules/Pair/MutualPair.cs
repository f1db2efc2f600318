using System.Collections.Immutable;
using Sallyport.Connectivity;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.Pair;

/// <summary>SP-PAIR-05: two groups may each open the same service to the other, as if answers needed rules of their own.</summary>
internal sealed class MutualPair : AuditRule
{
    public override string Code => "SP-PAIR-05";

    public override string Title => "Mutual pair not declared";

    public override RuleFamily Family => RuleFamily.Pair;

    public override FindingSeverity Severity => FindingSeverity.Low;

    public override RuleGuide Guide => new(
        What: "Two different groups name each other on both sides, so that either may open the same service to the other. Quiet where a connections file declares both directions.",
        Why: "Answers need no rule, because security groups keep state. The second direction is usually meant for answers, and lets the server open connections to its clients.",
        Fix: "Revoke the direction in which nobody opens connections, on both groups.",
        Fires: "group web\n  egress tcp/3306 to db\n  ingress tcp/3306 from db\ngroup db\n  ingress tcp/3306 from web\n  egress tcp/3306 to web",
        Quiet: "group web\n  egress tcp/3306 to db\n  ingress tcp/8080 from db\ngroup db\n  ingress tcp/3306 from web\n  egress tcp/8080 to web");

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        var links = group.Context.Links;
        List<string>? gaps = null;
        foreach (var rule in group.Egress.Rules)
        {
            if (rule.Peer is not GroupPeer peer || peer.Group == group.Group.Id || !GroupReference.IsAlive(peer)) continue;
            var services = ServiceSet.Of(rule.Service);
            var back = links.Admitted(group.Group.Id, peer.Group).Intersect(services);
            if (back.IsEmpty) continue;
            var mutual = back.Intersect(links.Between(group.Group.Id, peer.Group)).Intersect(links.Between(peer.Group, group.Group.Id));
            group.Context.Estate.Index.Groups.TryGetValue(peer.Group, out var far);
            if (!mutual.IsEmpty)
            {
                if (!IsDeclared(group, rule, far!, mutual)) Report(group, rule, far!, mutual, sink);
            }
            else if (far is null)
            {
                (gaps ??= []).Add($"{rule.Key}: group {peer.Group} is not in the estate");
            }
            else if (!far.Malformed.IsEmpty || group.Context.Facts.HasMalformedRules(far.Id))
            {
                (gaps ??= []).Add($"{rule.Key}: rules of group {peer.Group} are missing");
            }
        }

        if (gaps is not null) sink.Doubt(this, group, gaps);
    }

    private void Report(GroupFacts group, SecurityGroupRule rule, SecurityGroup far, ServiceSet mutual, AuditSink sink)
    {
        var name = far.Name.Length > 0 ? $"{far.Id} ({far.Name})" : far.Id.Value;
        sink.Report(this, group, $"{group.Group.Id} and {name} may each open {mutual} to the other; answers need no rule.", [rule]);
    }

    private static bool IsDeclared(GroupFacts group, SecurityGroupRule rule, SecurityGroup far, ServiceSet mutual)
    {
        var context = group.Context;
        if (context.Connections is null || context.Declared.WhyNotCompiled is not null || !context.Declared.IsDeclared(group.Group.Id, rule.Key)) return false;
        ImmutableArray<SecurityGroupRule> back = [.. far.RulesOf(Direction.Egress).Where(r => r.Peer is GroupPeer { Group: var id } && id == group.Group.Id && mutual.Overlaps(r.Service.Interval))];
        return back.All(r => context.Declared.IsDeclared(far.Id, r.Key));
    }
}

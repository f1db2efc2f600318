using System.Collections.Immutable;
using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.Use;

/// <summary>SP-USE-10: the groups of a load balancer admit nothing, or let nothing out.</summary>
internal sealed class BalancerWithoutRules : AuditRule
{
    public override string Code => "SP-USE-10";

    public override string Title => "LB group without rules";

    public override RuleFamily Family => RuleFamily.Use;

    public override FindingSeverity Severity => FindingSeverity.Medium;

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.Interfaces];

    public override RuleGuide Guide => new(
        What: "A load balancer carries the group, and none of the groups it carries there has an ingress rule, or none has an egress rule.",
        Why: "Without ingress nobody reaches the load balancer, without egress it reaches no target: it looks protected and is broken.",
        Fix: "Declare who reaches the load balancer and which targets it reaches, or delete it.",
        Fires: "group lb\n  ingress tcp/443 from 0.0.0.0/0\ninterface eni-1 lb 10.1.0.5 lb",
        Quiet: "group lb\n  ingress tcp/443 from 0.0.0.0/0\ngroup lb-out\n  egress tcp/8080 to 10.1.0.0/16\ninterface eni-1 lb,lb-out 10.1.0.5 lb");

    internal override void CheckEstate(AuditContext context, AuditSink sink) => UnreadInterfaces.Doubt(this, context, sink);

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        string? gap = null;
        foreach (var nic in group.Context.Strategy.Services.BalancersOf(group.Group.Id))
        {
            var missing = Missing(group.Context, nic, out var unread);
            if (missing.Count > 0 && unread is null)
            {
                sink.Report(this, group, $"The load balancer at {nic.Id} has no {string.Join(" and no ", missing)} rule in any of its groups.", [], basis: FindingBasis.Snapshot);
                return;
            }

            if (missing.Count > 0) gap ??= $"the rules of {unread} were not wholly read";
        }

        if (gap is not null) sink.Doubt(this, group, [gap]);
    }

    private static List<string> Missing(AuditContext context, NetworkInterface nic, out SecurityGroupId? unread)
    {
        unread = null;
        var (ingress, egress) = (false, false);
        foreach (var id in nic.Groups)
        {
            if (!context.Estate.Index.Groups.TryGetValue(id, out var group) || !group.Malformed.IsEmpty || context.Facts.HasMalformedRules(id)) unread = id;
            if (group is null) continue;
            ingress |= group.RulesOf(Direction.Ingress).Any();
            egress |= group.RulesOf(Direction.Egress).Any();
        }

        var missing = new List<string>();
        if (!ingress) missing.Add("ingress");
        if (!egress) missing.Add("egress");
        return missing;
    }
}

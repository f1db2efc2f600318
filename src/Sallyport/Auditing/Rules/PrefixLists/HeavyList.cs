using System.Collections.Immutable;
using System.Globalization;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;
using Sallyport.Estates.Quotas;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.PrefixLists;

/// <summary>SP-PL-03: prefix lists, at what they may grow to, take a group over its quota of rules.</summary>
internal sealed class HeavyList : AuditRule
{
    public override string Code => "SP-PL-03";

    public override string Title => "Prefix list weight";

    public override RuleFamily Family => RuleFamily.PrefixList;

    public override FindingSeverity Severity => FindingSeverity.Medium;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.ListRulesMaximum];

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.PrefixLists];

    public override RuleGuide Guide => new(
        What: "In one direction and family a group's rules weigh more than list.rules.max, each prefix list at the number of entries it may grow to (a list of 20 weighs 20, however few it holds), and without its prefix lists the group would not.",
        Why: "EC2 refuses the next rule, or the next change of the list, in the middle of an incident.",
        Fix: "Give the list the size it needs, or split the group.",
        Fires: "list pl-1 10.0.0.0/8 max 40\nlist pl-2 172.16.0.0/12 max 40\ngroup web\n  ingress tcp/443 from pl-1\n  ingress tcp/443 from pl-2",
        Quiet: "list pl-1 10.0.0.0/8 max 20\nlist pl-2 172.16.0.0/12 max 40\ngroup web\n  ingress tcp/443 from pl-1\n  ingress tcp/443 from pl-2");

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        if (!group.Group.Rules.Any(r => r.Peer is PrefixListPeer)) return;
        var quota = new RuleQuota(group.Context.Estate);
        var most = group.Context.Parameters.Get(AuditParameters.ListRulesMaximum);
        var offending = new List<SecurityGroupRule>();
        var over = new List<string>();
        var gaps = new List<string>();
        foreach (var direction in new[] { Direction.Ingress, Direction.Egress })
        {
            var lists = group.Of(direction).Rules.Where(r => r.Peer is PrefixListPeer).ToList();
            if (lists.Count == 0) continue;
            var weights = lists.Select(r => (Rule: r, Weight: quota.WeightOf(r.Key, out var isKnown), IsKnown: isKnown)).ToList();
            var others = quota.WeightOf(group.Of(direction).Rules.Where(r => r.Peer is not PrefixListPeer).Select(r => r.Key));
            foreach (var family in new[] { IpFamily.V4, IpFamily.V6 })
            {
                var own = weights.Where(w => w.Weight.Of(family) > 0).ToList();
                var total = others.Of(family) + own.Sum(w => w.Weight.Of(family));
                if (own.Count == 0 || others.Of(family) > most) continue;
                if (total > most)
                {
                    offending.AddRange(own.Select(w => w.Rule));
                    over.Add(string.Create(CultureInfo.InvariantCulture, $"{(direction == Direction.Ingress ? "ingress" : "egress")} weighs {total} of {most} for {(family == IpFamily.V4 ? "IPv4" : "IPv6")}"));
                }
                else
                {
                    gaps.AddRange(own.Where(w => !w.IsKnown).Select(w => $"the size of prefix list {w.Rule.Peer} was not read"));
                }
            }
        }

        if (over.Count > 0) sink.Report(this, group, $"Prefix lists take the group over its quota of rules: {string.Join("; ", over)}.", offending, basis: FindingBasis.Snapshot);
        else if (gaps.Count > 0) sink.Doubt(this, group, gaps);
    }
}

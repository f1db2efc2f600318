using System.Collections.Immutable;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;
using Sallyport.Estates.Quotas;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.Quotas;

/// <summary>SP-QTA-01: the group is near EC2's quota of rules.</summary>
internal sealed class RuleQuotaPressure : AuditRule
{
    public override string Code => "SP-QTA-01";

    public override string Title => "Rule quota pressure";

    public override RuleFamily Family => RuleFamily.Quota;

    public override FindingSeverity Severity => FindingSeverity.Medium;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.RuleQuota, AuditParameters.QuotaShare];

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.PrefixLists];

    public override RuleGuide Guide => new(
        What: "In one direction and family the rules of the group weigh at least quota.share of quota.rules: a block counts 1 in its family, a group 1 in both, a prefix list its maximum number of entries.",
        Why: "The next rule that is needed, perhaps in an emergency, will be refused.",
        Fix: "Put blocks into a prefix list sized for them, merge rules, or split the group.",
        Fires: "set quota.rules 5\nlist pl-a 10.0.0.0/24 max 3\ngroup web\n  ingress tcp/443 from pl-a\n  ingress tcp/443 from 10.1.0.0/24",
        Quiet: "set quota.rules 5\nlist pl-a 10.0.0.0/24 max 3\ngroup web\n  ingress tcp/443 from pl-a\n  ingress tcp/443 from 2600::/32\n  egress tcp/443 to 10.1.0.0/24");

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        var limit = group.Context.Parameters.Get(AuditParameters.RuleQuota);
        var share = group.Context.Parameters.Get(AuditParameters.QuotaShare);
        var parts = new List<string>();
        var gaps = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var direction in new[] { Direction.Ingress, Direction.Egress })
        {
            var weight = default(RuleWeight);
            foreach (var rule in group.Of(direction).Rules)
            {
                weight += group.Context.Strategy.Quota.WeightOf(rule.Key, out var isKnown);
                if (!isKnown) gaps.Add($"how many rules {rule.Peer} counts as was not read");
            }

            foreach (var family in new[] { IpFamily.V4, IpFamily.V6 })
            {
                // A share of 0.8 of 60 is 48 exactly, which floating point must not miss.
                if (weight.Of(family) >= (share * limit) - 1e-9) parts.Add($"{(direction == Direction.Ingress ? "ingress" : "egress")} {(family == IpFamily.V4 ? "IPv4" : "IPv6")} uses {weight.Of(family)}");
            }
        }

        if (parts.Count > 0) sink.Report(this, group, $"Of the {limit} rules that EC2 permits, {string.Join(", ", parts)}.", []);
        else if (gaps.Count > 0) sink.Doubt(this, group, gaps);
    }
}

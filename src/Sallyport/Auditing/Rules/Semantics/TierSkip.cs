using System.Collections.Immutable;
using Sallyport.Auditing.Parameters;
using Sallyport.Auditing.Strategy;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.Semantics;

/// <summary>SP-SEM-04: an outer tier reaches one that it should reach only through another.</summary>
internal sealed class TierSkip : AuditRule
{
    public override string Code => "SP-SEM-04";

    public override string Title => "Tier skip";

    public override RuleFamily Family => RuleFamily.Semantic;

    public override FindingSeverity Severity => FindingSeverity.High;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.TierTag, AuditParameters.TierOrder];

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.Interfaces, AuditNeed.PrefixLists, AuditNeed.Vpcs];

    public override RuleGuide Guide => new(
        What: "A group whose tier.tag names a tier of tier.order admits members of a group that is two or more tiers further out, and the egress of those members lets it through. A rule admits them when it names their group, a group they carry beside it, or a block that holds one of their addresses in the same VPC.",
        Why: "Whoever takes over a front end is one step from the data.",
        Fix: "Let the outer tier reach the next one only, and revoke the rule.",
        Fires: "group web tag tier=web\n  egress tcp/3306 to db\ngroup db tag tier=data\n  ingress tcp/3306 from web",
        Quiet: "group web tag tier=web\n  egress tcp/8080 to app\ngroup app tag tier=app\n  ingress tcp/8080 from web\n  egress tcp/3306 to db\ngroup db tag tier=data\n  ingress tcp/3306 from app");

    internal override string? WhyNotAssessed(AuditContext context) =>
        context.Strategy.Tiers.IsEmpty ? $"no group has a tag {string.Join(" or ", context.Parameters.Get(AuditParameters.TierTag))} that names one of the tiers {string.Join(", ", context.Parameters.Get(AuditParameters.TierOrder))}" : null;

    internal override void Prepare(AuditContext context) => _ = context.Strategy.Tiers.Groups;

    internal override void Check(GroupFacts group, AuditSink sink)
    {
        var tiers = group.Context.Strategy.Tiers;
        if (tiers.Groups.Of(group.Group.Id) is not { } near)
        {
            if (tiers.Groups.DoubtOf(group.Group) is { } doubt) sink.Doubt(this, group, [doubt]);
            return;
        }

        var far = tiers.TooFarFrom(near.Label).ToList();
        if (far.Count == 0) return;
        var evidence = new List<SecurityGroupRule>();
        var skipped = new SortedDictionary<string, ServiceSet>(StringComparer.Ordinal);
        var gaps = new List<string>();
        foreach (var rule in group.Ingress.Rules)
        {
            foreach (var source in Sources.Of(group.Context, tiers.Groups, group.Group, rule, far, gaps))
            {
                var through = Through(group.Context, source, near, rule);
                if (through.IsEmpty)
                {
                    gaps.AddRange(TierPath.Gaps(group.Context, source, near));
                    continue;
                }

                evidence.Add(rule);
                var name = $"{source.Group.Id} ({source.Label})";
                skipped[name] = skipped.TryGetValue(name, out var known) ? known.Union(through) : through;
            }
        }

        if (evidence.Count > 0)
        {
            sink.Report(
                this, group, $"The tier {near.Label} is reached directly from {Sources.List(skipped.Select(s => $"{s.Key} by {s.Value}"))}.", evidence, basis: FindingBasis.Snapshot);
        }
        else if (gaps.Count > 0)
        {
            sink.Doubt(this, group, gaps);
        }
    }

    private static ServiceSet Through(AuditContext context, LabelledGroup from, LabelledGroup to, SecurityGroupRule rule)
    {
        var services = ServiceSet.Empty;
        foreach (var family in new[] { IpFamily.V4, IpFamily.V6 })
        {
            if (rule.Peer is not GroupPeer && context.Facts.AddressesOf(rule.Peer, family) is not { IsEmpty: false }) continue;
            services = services.Union(TierPath.Egress(context, from, to, family).Intersect(ServiceSet.Of(rule.Service)));
        }

        return services;
    }
}

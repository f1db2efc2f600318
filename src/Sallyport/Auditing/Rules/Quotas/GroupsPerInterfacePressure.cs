using System.Collections.Immutable;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;
using Sallyport.Estates.Quotas;

namespace Sallyport.Auditing.Rules.Quotas;

/// <summary>SP-QTA-02: an interface is near EC2's quota of groups.</summary>
internal sealed class GroupsPerInterfacePressure : AuditRule
{
    public override string Code => "SP-QTA-02";

    public override string Title => "Groups-per-ENI pressure";

    public override RuleFamily Family => RuleFamily.Quota;

    public override FindingSeverity Severity => FindingSeverity.Medium;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.InterfaceQuota, AuditParameters.ProductQuota, AuditParameters.QuotaShare];

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.Interfaces, AuditNeed.PrefixLists];

    public override RuleGuide Guide => new(
        What: "An interface carries at least quota.share of quota.interface.groups groups (4 of 5); or the number of its groups times the weight of the heaviest of them, in one direction and family, exceeds quota.product.",
        Why: "The next group that is needed, perhaps to isolate the instance, cannot be attached; and EC2 raises one of the two quotas only as the other falls.",
        Fix: "Merge groups that always go together.",
        Fires: "group a\ngroup b\ngroup c\ngroup d\ninterface eni-1 a,b,c,d 10.1.0.5",
        Quiet: "group a\ngroup b\ngroup c\ninterface eni-1 a,b,c 10.1.0.5");

    internal override bool BeginsEarly => true;

    internal override void CheckEstate(AuditContext context, AuditSink sink)
    {
        UnreadInterfaces.Doubt(this, context, sink);
        var (limit, product) = (context.Parameters.Get(AuditParameters.InterfaceQuota), context.Parameters.Get(AuditParameters.ProductQuota));
        var share = context.Parameters.Get(AuditParameters.QuotaShare);
        var weights = new Dictionary<SecurityGroupId, (int Weight, string? Gap)>();
        foreach (var set in context.Strategy.Sets)
        {
            var count = set.Groups.Length;
            var isNear = count >= (share * limit) - 1e-9;
            var (weight, gap) = (0, (string?)null);
            foreach (var id in set.Groups)
            {
                if (!weights.TryGetValue(id, out var known)) weights.Add(id, known = Heaviest(context, id));
                weight = Math.Max(weight, known.Weight);
                gap ??= known.Gap;
            }

            var isHeavy = (long)weight * count > product;
            foreach (var nic in isNear || isHeavy || gap is not null ? set.Interfaces : [])
            {
                if (isNear) sink.Report(this, FindingResource.Of(nic), $"{nic.Id} carries {count} of the {limit} groups that EC2 permits.");
                else if (isHeavy) sink.Report(this, FindingResource.Of(nic), $"{nic.Id} carries {count} groups, one of which weighs {weight} rules: together more than the {product} that EC2 permits.");
                else sink.Doubt(this, FindingResource.Of(nic), [gap!]);
            }
        }
    }

    private static (int Weight, string? Gap) Heaviest(AuditContext context, SecurityGroupId id)
    {
        if (!context.Estate.Index.Groups.TryGetValue(id, out var group)) return (0, $"group {id} is not in the estate");
        var (ingress, egress, gap) = (default(RuleWeight), default(RuleWeight), (string?)null);
        foreach (var rule in group.Rules)
        {
            var weight = context.Strategy.Quota.WeightOf(rule.Key, out var isKnown);
            if (rule.Direction == Direction.Ingress) ingress += weight;
            else egress += weight;
            if (!isKnown) gap ??= $"how many rules {rule.Peer} counts as was not read";
        }

        return (Math.Max(Math.Max(ingress.V4, ingress.V6), Math.Max(egress.V4, egress.V6)), gap);
    }
}

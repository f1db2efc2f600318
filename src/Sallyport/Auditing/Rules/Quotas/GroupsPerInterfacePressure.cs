using System.Collections.Immutable;
using Sallyport.Auditing.Parameters;
using Sallyport.Estates;

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

    internal override void CheckEstate(AuditContext context, AuditSink sink)
    {
        UnreadInterfaces.Doubt(this, context, sink);
        var (limit, product) = (context.Parameters.Get(AuditParameters.InterfaceQuota), context.Parameters.Get(AuditParameters.ProductQuota));
        var share = context.Parameters.Get(AuditParameters.QuotaShare);
        foreach (var set in context.Strategy.Sets)
        {
            var count = set.Groups.Length;
            var isNear = count >= (share * limit) - 1e-9;
            var weight = set.Groups.Max(id => context.Estate.Index.Groups.TryGetValue(id, out var group) ? Heaviest(context, group) : 0);
            if (!isNear && (long)weight * count <= product) continue;
            foreach (var nic in set.Interfaces)
            {
                sink.Report(this, FindingResource.Of(nic), isNear
                    ? $"{nic.Id} carries {count} of the {limit} groups that EC2 permits."
                    : $"{nic.Id} carries {count} groups, one of which weighs {weight} rules: together more than the {product} that EC2 permits.");
            }
        }
    }

    private static int Heaviest(AuditContext context, SecurityGroup group)
    {
        // Too few rules to matter, whatever lists weigh: EC2 permits no list above 1,000 entries.
        var most = 0;
        foreach (var direction in new[] { Direction.Ingress, Direction.Egress })
        {
            var weight = context.Strategy.Quota.WeightOf(group.RulesOf(direction).Select(r => r.Key));
            most = Math.Max(most, Math.Max(weight.V4, weight.V6));
        }

        return most;
    }
}

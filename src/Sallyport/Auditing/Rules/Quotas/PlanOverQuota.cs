using System.Collections.Immutable;
using Sallyport.Auditing.Parameters;
using Sallyport.Connections.Compiling;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Auditing.Rules.Quotas;

/// <summary>SP-QTA-03: what the connections file asks for does not fit EC2's quotas.</summary>
internal sealed class PlanOverQuota : AuditRule
{
    public override string Code => "SP-QTA-03";

    public override string Title => "Compiled plan exceeds quota";

    public override RuleFamily Family => RuleFamily.Quota;

    public override FindingSeverity Severity => FindingSeverity.High;

    public override ImmutableArray<AuditParameter> Parameters => [AuditParameters.InterfaceQuota, AuditParameters.ProductQuota, AuditParameters.GroupQuota];

    public override ImmutableArray<AuditNeed> Needs => [AuditNeed.Estate, AuditNeed.Interfaces, AuditNeed.PrefixLists, AuditNeed.Connections];

    public override RuleGuide Guide => new(
        What: "The connections file, compiled against this estate, gives a group more rules in a direction and family than the file's settings.quotas.rulesPerSg permits (rules that nothing declares count too where they stay), or so many that times the groups of an interface that carries it they exceed quota.product; or such an interface carries more than quota.interface.groups groups, or the group's account and Region hold more than quota.groups.",
        Why: "The change would be refused half-way, or could not be made at all.",
        Fix: "Declare fewer or broader connections, use prefix lists, or raise the quota in the account and in the file.",
        Fires: "group web\ngroup db\nconnections\nversion: 1\nsettings: {quotas: {rulesPerSg: 1}}\ngroups:\n  web: {sg: sg-web}\n  db: {sg: sg-db}\nconnections:\n  sql: {from: web, to: db, services: [tcp/5432, udp/53], reason: \"queries\"}",
        Quiet: "group web\ngroup db\nconnections\nversion: 1\nsettings: {quotas: {rulesPerSg: 2}}\ngroups:\n  web: {sg: sg-web}\n  db: {sg: sg-db}\nconnections:\n  sql: {from: web, to: db, services: [tcp/5432, udp/53], reason: \"queries\"}");

    internal override string? WhyNotAssessed(AuditContext context) => base.WhyNotAssessed(context) ?? context.Declared.WhyNotCompiled;

    internal override void CheckEstate(AuditContext context, AuditSink sink)
    {
        var desired = context.Declared.Desired;
        var rules = desired.Rules.ToLookup(r => r.Group, r => r.Key);
        foreach (var managed in desired.Groups)
        {
            if (!managed.IsReadOnly && context.Estate.Index.Groups.TryGetValue(managed.Id, out var group)) Judge(context, group, [.. rules[group.Id]], desired, sink);
        }

        foreach (var scope in desired.Groups.Select(g => context.Estate.Index.Groups.GetValueOrDefault(g.Id)?.Scope).OfType<Scope>().Distinct().Order())
        {
            var (count, quota) = (context.Estate.SecurityGroups.Count(g => g.Scope == scope), context.Parameters.Get(AuditParameters.GroupQuota));
            if (count > quota) sink.Report(this, FindingResource.Of(scope), $"{(scope.IsUnknown ? "The source" : scope)} has {count} groups; EC2 permits {quota}.");
        }
    }

    private void Judge(AuditContext context, SecurityGroup group, HashSet<RuleKey> after, DesiredRules desired, AuditSink sink)
    {
        if (desired.Unmanaged != UnmanagedRules.Revoke) after.UnionWith(group.Rules.Select(r => r.Key));
        var (perInterface, product) = (context.Parameters.Get(AuditParameters.InterfaceQuota), context.Parameters.Get(AuditParameters.ProductQuota));
        var carried = context.Estate.Index.MembersOf(group.Id).Select(n => n.Groups.Length).DefaultIfEmpty(0).Max();
        var problems = new List<string>();
        var unweighed = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var direction in new[] { Direction.Ingress, Direction.Egress })
        {
            var weight = default(Estates.Quotas.RuleWeight);
            foreach (var key in after.Where(k => k.Direction == direction))
            {
                weight += context.Strategy.Quota.WeightOf(key, out var isKnown);
                if (!isKnown) unweighed.Add($"how many rules {key.Peer} counts as was not read");
            }

            foreach (var family in new[] { IpFamily.V4, IpFamily.V6 })
            {
                var words = $"{(direction == Direction.Ingress ? "ingress" : "egress")} {(family == IpFamily.V4 ? "IPv4" : "IPv6")} would use {weight.Of(family)}";
                if (weight.Of(family) > desired.RulesPerGroup) problems.Add($"{words} of {desired.RulesPerGroup} rules");
                else if ((long)weight.Of(family) * carried > product) problems.Add($"{words} rules, and times the {carried} groups of an interface that is more than {product}");
            }
        }

        if (carried > perInterface) problems.Add($"an interface that carries it has {carried} of {perInterface} groups");
        if (problems.Count > 0) sink.Report(this, FindingResource.Of(group), $"After a plan from the connections file {string.Join("; ", problems)}.", location: group.At);
        else if (unweighed.Count > 0) sink.Doubt(this, FindingResource.Of(group), unweighed);
        else if (context.Facts.IsMissing(GapKind.NetworkInterfaces, group.Scope) && after.Count * perInterface > product) sink.Doubt(this, FindingResource.Of(group), [$"{group.Scope.Describe("interfaces")} were not read"]);
    }
}

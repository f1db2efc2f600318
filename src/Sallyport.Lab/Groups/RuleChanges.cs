using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Lab.Storage;
using Sallyport.Lab.Tagging;
using Sallyport.Lab.Wire;

namespace Sallyport.Lab.Groups;

/// <summary>Authorize and revoke. Each call is all or nothing, except a revoke by properties in a default VPC.</summary>
internal static class RuleChanges
{
    private const string AuthorizeNotation = $"GroupId,{PermissionReader.Notation},{PermissionReader.FlatNotation},{TagReader.Notation},DryRun:bool";
    private const string RevokeNotation = $"GroupId,{PermissionReader.Notation},{PermissionReader.FlatNotation},SecurityGroupRuleId.n,DryRun:bool";

    public static IEnumerable<Operation> All =>
    [
        Operation.Change("AuthorizeSecurityGroupIngress", $"GroupName,{AuthorizeNotation}", call => Authorize(call, Direction.Ingress)),
        Operation.Change("AuthorizeSecurityGroupEgress", AuthorizeNotation, call => Authorize(call, Direction.Egress)),
        Operation.Change("RevokeSecurityGroupIngress", $"GroupName,{RevokeNotation}", call => Revoke(call, Direction.Ingress)),
        Operation.Change("RevokeSecurityGroupEgress", RevokeNotation, call => Revoke(call, Direction.Egress)),
    ];

    private static Reply Authorize(Call call, Direction direction)
    {
        var group = GroupResolver.Resolve(call);
        var requested = new PermissionReader(call, group, direction, mustExist: true).Read();
        var tags = TagReader.FromSpecifications(call, ResourceKind.Rule);
        var existing = group.Rules.Select(r => r.Key).ToHashSet();
        if (requested.Find(r => existing.Contains(r.Rule.Key)) is { } duplicate) throw Refusals.RuleDuplicate(RuleText.Of(duplicate.Rule));
        var changed = WithRules(group, group.Rules.AddRange(requested.Select(r => r.Rule)));
        if (!RuleQuota.Holds(call.World, changed, call.Quotas.RulesPerGroup, direction)) throw Refusals.RuleLimit();
        call.EndOfChecks();

        var created = requested.ConvertAll(r => r.Rule with { Id = new SecurityGroupRuleId(call.World.NewId(ResourceKind.Rule)), Tags = tags });
        call.Here.Put(WithRules(group, group.Rules.AddRange(created)));
        return new Reply(writer =>
        {
            writer.Flag("return", true);
            writer.List("securityGroupRuleSet", created, rule => GroupXml.Rule(writer, group, rule));
        });
    }

    private static Reply Revoke(Call call, Direction direction)
    {
        var group = GroupResolver.Resolve(call);
        var ids = call.Input.Texts("SecurityGroupRuleId");
        if (ids.Count > 0 && PermissionReader.IsGiven(call.Input)) throw Refusals.RuleIdsAndPermissions();
        var (revoked, unknown) = ids.Count > 0 ? (ById(group, direction, ids), []) : ByProperties(call, group, direction);
        call.EndOfChecks();

        if (revoked.Count > 0) call.Here.Put(group with { Rules = group.Rules.RemoveRange(revoked) });
        return new Reply(writer =>
        {
            writer.Flag("return", true);
            if (unknown.Count > 0) GroupXml.Permissions(writer, "unknownIpPermissionSet", unknown);
            writer.List("revokedSecurityGroupRuleSet", revoked, rule => GroupXml.Revoked(writer, group, rule));
        });
    }

    private static List<SecurityGroupRule> ById(SecurityGroup group, Direction direction, List<string> ids)
    {
        var rules = group.RulesOf(direction).ToDictionary(r => r.Id!.Value.Value);
        var revoked = new List<SecurityGroupRule>();
        foreach (var id in ids.Distinct())
        {
            ResourceKind.Rule.Check(id);
            revoked.Add(rules.TryGetValue(id, out var rule) ? rule : throw Refusals.RuleIdNotFound(id));
        }

        return revoked;
    }

    private static (List<SecurityGroupRule> Revoked, List<SecurityGroupRule> Unknown) ByProperties(Call call, SecurityGroup group, Direction direction)
    {
        var rules = group.RulesOf(direction).ToDictionary(r => r.Key);
        var (revoked, unknown) = (new List<SecurityGroupRule>(), new List<SecurityGroupRule>());
        foreach (var requested in new PermissionReader(call, group, direction, mustExist: false).Read())
        {
            if (rules.TryGetValue(requested.Rule.Key, out var rule)) revoked.Add(rule);
            else unknown.Add(requested.Rule);
        }

        var forgives = call.World.FindVpc(group.Vpc ?? default) is { IsDefault: true };
        return unknown.Count == 0 || forgives ? (revoked, unknown) : throw Refusals.RuleNotFound();
    }

    private static SecurityGroup WithRules(SecurityGroup group, ImmutableArray<SecurityGroupRule> rules) =>
        group with { Rules = rules.Sort((a, b) => a.Key.CompareTo(b.Key)) };
}

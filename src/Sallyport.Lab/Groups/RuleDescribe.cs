using Sallyport.Estates;
using Sallyport.Lab.Storage;
using Sallyport.Lab.Wire;

namespace Sallyport.Lab.Groups;

/// <summary>The listing of single rules with their ids (EC2 API: DescribeSecurityGroupRules), in the order of group and rule id.</summary>
internal static class RuleDescribe
{
    public static Describe<(SecurityGroup Group, SecurityGroupRule Rule)> Rules => new(
        "DescribeSecurityGroupRules",
        "securityGroupRuleSet",
        ItemsOf,
        Key,
        (_, item) => writer => GroupXml.Rule(writer, item.Group, item.Rule))
    {
        MoreParameters = "SecurityGroupRuleId.n",
        Also = CheckGroupFilter,
        Tags = r => r.Rule.Tags ?? Tags.None,
        Filters =
        [
            ("group-id", (_, r) => [r.Group.Id.Value]),
            ("security-group-rule-id", (_, r) => [r.Rule.Id?.Value]),
        ],
    };

    private static string Key((SecurityGroup Group, SecurityGroupRule Rule) item) => $"{item.Group.Id}/{item.Rule.Id}";

    private static IEnumerable<(SecurityGroup Group, SecurityGroupRule Rule)> ItemsOf(Call call, string? after) =>
        call.Input.Has("SecurityGroupRuleId") ? Named(call, after) : After(call, after);

    private static IEnumerable<(SecurityGroup Group, SecurityGroupRule Rule)> After(Call call, string? after)
    {
        var (groupId, ruleId) = after?.Split('/') is [var g, var r] ? (g, r) : (null, null);
        if (groupId is not null && call.Here.Groups.Visible(groupId) is { } first)
        {
            foreach (var rule in RulesOf(call, first).Where(x => string.CompareOrdinal(x.Rule.Id?.Value, ruleId) > 0)) yield return rule;
        }

        foreach (var group in OnlyGroups(call, groupId))
        {
            foreach (var rule in RulesOf(call, group)) yield return rule;
        }
    }

    /// <summary>Groups worth looking at: with plain ids in the group-id filter only those, since asking for one group is the common call.</summary>
    private static IEnumerable<SecurityGroup> OnlyGroups(Call call, string? after)
    {
        var ids = GroupFilter(call).ToList();
        if (ids.Count == 0) return call.Here.Groups.VisibleAfter(after);
        return ids.Distinct().Order(StringComparer.Ordinal)
            .Where(id => after is null || string.CompareOrdinal(id, after) > 0)
            .Select(id => call.Here.Groups.Visible(id)).OfType<SecurityGroup>();
    }

    private static IEnumerable<string> GroupFilter(Call call) => call.Input.Items("Filter")
        .Where(f => f.Text("Name") == "group-id").Take(1).SelectMany(f => f.Texts("Value"));

    private static IEnumerable<(SecurityGroup Group, SecurityGroupRule Rule)> Named(Call call, string? after) =>
        call.Input.Texts("SecurityGroupRuleId").Select(id => Find(call, id))
            .OrderBy(Key, StringComparer.Ordinal).Where(r => after is null || string.CompareOrdinal(Key(r), after) > 0);

    private static (SecurityGroup Group, SecurityGroupRule Rule) Find(Call call, string id)
    {
        ResourceKind.Rule.Check(id);
        var group = call.Here.OwnerOfRule(id) is { } owner ? call.Here.Groups.Visible(owner.Value) : null;
        var rule = group?.Rules.FirstOrDefault(r => r.Id?.Value == id);
        return rule is null ? throw Refusals.RuleIdNotFound(id) : (group!, rule);
    }

    private static IEnumerable<(SecurityGroup Group, SecurityGroupRule Rule)> RulesOf(Call call, SecurityGroup stored)
    {
        var group = GroupXml.Current(call.World, stored);
        return group.Rules.OrderBy(r => r.Id?.Value, StringComparer.Ordinal).Select(r => (group, r));
    }

    private static Func<(SecurityGroup Group, SecurityGroupRule Rule), bool> CheckGroupFilter(Call call)
    {
        foreach (var filter in call.Input.Items("Filter").Where(f => f.Text("Name") == "group-id"))
        {
            foreach (var id in filter.Texts("Value"))
            {
                if (!ResourceKind.Group.IsWellFormed(id)) throw Refusals.MalformedGroupIdInFilter(id);
            }
        }

        return _ => true;
    }
}

using Sallyport.Estates;
using Sallyport.Lab.Storage;
using Sallyport.Lab.Wire;
using Sallyport.Packets;

namespace Sallyport.Lab.Groups;

/// <summary>Changes to rules that stay the same rule: full replacement by id, and descriptions.</summary>
internal static class RuleEdits
{
    private const string DescriptionNotation =
        $"DryRun:bool,GroupId,GroupName,{PermissionReader.Notation},SecurityGroupRuleDescription.n.{{SecurityGroupRuleId,Description}}";

    public static IEnumerable<Operation> All =>
    [
        Operation.Change(
            "ModifySecurityGroupRules",
            "GroupId*,SecurityGroupRule*.n.{SecurityGroupRuleId*,SecurityGroupRule.{IpProtocol,FromPort:int,ToPort:int,CidrIpv4,CidrIpv6,PrefixListId,"
            + "ReferencedGroupId,Description}},DryRun:bool",
            Modify),
        Operation.Change("UpdateSecurityGroupRuleDescriptionsIngress", DescriptionNotation, call => UpdateDescriptions(call, Direction.Ingress)),
        Operation.Change("UpdateSecurityGroupRuleDescriptionsEgress", DescriptionNotation, call => UpdateDescriptions(call, Direction.Egress)),
    ];

    private static Reply Modify(Call call)
    {
        var group = GroupResolver.ById(call, call.Input.Required("GroupId"));
        var rules = group.Rules.ToDictionary(r => r.Id!.Value.Value);
        var seen = new HashSet<string>();
        foreach (var node in call.Input.Items("SecurityGroupRule"))
        {
            var id = ResourceKind.Rule.Check(node.Required("SecurityGroupRuleId"));
            if (!rules.TryGetValue(id, out var rule)) throw Refusals.RuleIdNotFound(id);
            if (!seen.Add(id)) throw Refusals.InvalidValue($"The security group rule '{id}' is given more than once");
            rules[id] = Replace(call, group, rule, node.Member("SecurityGroupRule"));
        }

        var byKey = new HashSet<RuleKey>();
        foreach (var rule in rules.Values.OrderBy(r => seen.Contains(r.Id!.Value.Value)))
        {
            if (!byKey.Add(rule.Key)) throw Refusals.RuleDuplicate(RuleText.Of(rule));
        }

        var changed = group with { Rules = [.. rules.Values.OrderBy(r => r.Key)] };
        foreach (var direction in (ReadOnlySpan<Direction>)[Direction.Ingress, Direction.Egress])
        {
            var touched = group.RulesOf(direction).Any(r => seen.Contains(r.Id!.Value.Value));
            if (touched && !RuleQuota.Holds(call.World, changed, call.Quotas.RulesPerGroup, direction)) throw Refusals.RuleLimit();
        }

        call.EndOfChecks();
        call.Here.Put(changed);
        return Reply.True;
    }

    /// <summary>The rule with everything but id, direction and tags taken from the request; an omitted description clears it.</summary>
    private static SecurityGroupRule Replace(Call call, SecurityGroup group, SecurityGroupRule old, ParameterNode node)
    {
        var service = ServiceReader.Read(node.Text("IpProtocol"), node.Number("FromPort"), node.Number("ToPort"));
        string[] kinds = ["CidrIpv4", "CidrIpv6", "PrefixListId", "ReferencedGroupId"];
        var given = Array.FindAll(kinds, k => node.Text(k) is not null);
        if (given.Length == 0) throw Refusals.ExactlyOnePeer();
        if (given.Length > 1) throw Refusals.OnlyOnePeer();
        var kind = KindOf(old.Peer);
        if (given[0] != kind) throw Refusals.PeerKindChanged(old.Id!.Value.Value, given[0], kind);
        var text = node.Required(kind);
        var peers = new PeerReader(call, group, old.Direction, mustExist: true);
        Peer peer = kind switch
        {
            "CidrIpv4" => PeerReader.Cidr(text, IpFamily.V4, kind),
            "CidrIpv6" => PeerReader.Cidr(text, IpFamily.V6, kind),
            "PrefixListId" => peers.PrefixList(text),
            _ => peers.Group(text, null, anyAccount: true),
        };
        return old with { Service = service, Peer = peer, Description = GroupText.RuleDescription(node.Raw("Description")) };
    }

    private static string KindOf(Peer peer) => peer switch
    {
        CidrPeer { Cidr.Family: IpFamily.V4 } => "CidrIpv4",
        CidrPeer => "CidrIpv6",
        PrefixListPeer => "PrefixListId",
        _ => "ReferencedGroupId",
    };

    private static Reply UpdateDescriptions(Call call, Direction direction)
    {
        var group = GroupResolver.Resolve(call);
        var byId = call.Input.Has("SecurityGroupRuleDescription");
        if (byId && call.Input.Has("IpPermissions")) throw Refusals.RuleIdsAndPermissions();
        var texts = byId ? ById(call, group, direction) : ByProperties(call, group, direction);
        call.EndOfChecks();
        call.Here.Put(group with
        {
            Rules = [.. group.Rules.Select(r => texts.TryGetValue(r.Key, out var text) ? r with { Description = text } : r)],
        });
        return Reply.True;
    }

    private static Dictionary<RuleKey, string> ById(Call call, SecurityGroup group, Direction direction)
    {
        var rules = group.RulesOf(direction).ToDictionary(r => r.Id!.Value.Value);
        var texts = new Dictionary<RuleKey, string>();
        foreach (var node in call.Input.Items("SecurityGroupRuleDescription"))
        {
            var id = ResourceKind.Rule.Check(node.Required("SecurityGroupRuleId"));
            if (!rules.TryGetValue(id, out var rule)) throw Refusals.RuleIdNotFound(id);
            texts[rule.Key] = GroupText.RuleDescription(node.Raw("Description"));
        }

        return texts;
    }

    private static Dictionary<RuleKey, string> ByProperties(Call call, SecurityGroup group, Direction direction)
    {
        var known = group.RulesOf(direction).Select(r => r.Key).ToHashSet();
        var texts = new Dictionary<RuleKey, string>();
        foreach (var requested in new PermissionReader(call, group, direction, mustExist: false).Read())
        {
            if (!known.Contains(requested.Rule.Key)) throw Refusals.RuleNotFound();
            texts[requested.Rule.Key] = requested.Rule.Description;
        }

        return texts;
    }
}

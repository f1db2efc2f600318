using System.Collections.Immutable;
using Sallyport.Hcl.Evaluation;
using Sallyport.Hcl.Values;

namespace Sallyport.Terraform.Plans;

/// <summary>
/// A state lists under a group every rule that AWS has, so also those of rule resources; a plan carries that list on as it was.
/// Here the rules of rule resources, as they are before the plan, are taken out again: the resources tell themselves what becomes
/// of them, and what is left over is the group's own.
/// </summary>
internal sealed class StaleRules
{
    private static readonly string[] Lists = ["cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids", "security_groups"];

    private static readonly string[] PeerArguments = [.. Lists, "cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id", "source_security_group_id"];

    private readonly HashSet<string> _apart = [];

    /// <summary>Remembers the rules of these instances.</summary>
    public StaleRules(IEnumerable<PlanInstance> instances)
    {
        foreach (var instance in instances)
        {
            if (instance.Before is not { } rule || !PlanReader.IsRule(instance.Type) || Text(rule, "security_group_id") is not { } group) continue;
            var direction = instance.Type switch
            {
                "aws_vpc_security_group_ingress_rule" => "ingress",
                "aws_vpc_security_group_egress_rule" => "egress",
                _ => Text(rule, "type") ?? string.Empty,
            };
            var service = ServiceOf(rule, instance.Type == "aws_security_group_rule" ? "protocol" : "ip_protocol");
            foreach (var peer in PeersOf(rule, group)) _apart.Add($"{group}|{direction}|{service}|{peer}");
        }
    }

    /// <summary>The group's attributes without those rules.</summary>
    /// <param name="group">Attributes of a group that exists.</param>
    /// <param name="isStated">True for a direction whose blocks the configuration states: these stay.</param>
    public HclMap Without(HclMap group, Func<string, bool> isStated)
    {
        if (_apart.Count == 0 || Text(group, "id") is not { } id) return group;
        foreach (var direction in (ReadOnlySpan<string>)["ingress", "egress"])
        {
            if (isStated(direction) || group.Items.GetValueOrDefault(direction) is not HclList blocks) continue;
            var left = blocks.Items.Select(b => b is HclMap map ? Without(map, id, direction) : b).OfType<HclValue>().ToImmutableArray();
            if (!IsSame(left, blocks.Items)) group = new HclMap(group.Items.SetItem(direction, new HclList(left)));
        }

        return group;
    }

    private static bool IsSame(ImmutableArray<HclValue> left, ImmutableArray<HclValue> all)
    {
        if (left.Length != all.Length) return false;
        for (var i = 0; i < left.Length; i++)
        {
            if (!ReferenceEquals(left[i], all[i])) return false;
        }

        return true;
    }

    // Null when nothing is left of the block.
    private HclMap? Without(HclMap block, string id, string direction)
    {
        var service = ServiceOf(block, "protocol");
        var items = block.Items;
        var had = false;
        var left = 0;
        foreach (var name in Lists)
        {
            if (items.GetValueOrDefault(name) is not HclList list) continue;
            var kept = list.Items.Where(i => i is not HclString text || !_apart.Contains($"{id}|{direction}|{service}|{PeerOf(text.Value)}")).ToImmutableArray();
            had |= kept.Length < list.Items.Length;
            left += kept.Length;
            if (kept.Length < list.Items.Length) items = items.SetItem(name, new HclList(kept));
        }

        if (items.GetValueOrDefault("self") is HclBool { Value: true })
        {
            if (_apart.Contains($"{id}|{direction}|{service}|{id}"))
            {
                had = true;
                items = items.SetItem("self", HclBool.Of(false));
            }
            else
            {
                left++;
            }
        }

        return !had ? block : left == 0 ? null : new HclMap(items);
    }

    private static IEnumerable<string> PeersOf(HclMap rule, string group)
    {
        foreach (var name in PeerArguments)
        {
            switch (rule.Items.GetValueOrDefault(name))
            {
                case HclString text: yield return PeerOf(text.Value); break;
                case HclList list:
                    foreach (var item in list.Items.OfType<HclString>()) yield return PeerOf(item.Value);
                    break;
            }
        }

        if (rule.Items.GetValueOrDefault("self") is HclBool { Value: true }) yield return group;
    }

    // The account before a group is its owner's, which the forms do not write alike.
    private static string PeerOf(string peer)
    {
        var slash = peer.IndexOf("/sg-", StringComparison.Ordinal);
        return slash < 0 ? peer : peer[(slash + 1)..];
    }

    private static string ServiceOf(HclMap rule, string argument)
    {
        var protocol = Text(rule, argument)?.ToLowerInvariant() switch
        {
            "all" or null => "-1",
            "6" => "tcp",
            "17" => "udp",
            "1" => "icmp",
            "58" => "icmpv6",
            var name => name,
        };
        return protocol == "-1" ? protocol : $"{protocol}:{Text(rule, "from_port")}:{Text(rule, "to_port")}";
    }

    private static string? Text(HclMap map, string name) =>
        map.Items.GetValueOrDefault(name) is { } value and not HclNull ? (HclConversion.ToText(value) as HclString)?.Value : null;
}

using System.Text.Json;
using Sallyport.Estates;

namespace Sallyport.Planning;

/// <summary>
/// One rule as the contract writes it (<c>compile --to json</c>), with what plans and journals add: <c>ruleId</c>, <c>tags</c>,
/// <c>before</c>. Reader and writer stand side by side: what one writes, the other reads.
/// </summary>
internal static class RuleJson
{
    private static readonly (string, Direction)[] Directions = [("ingress", Direction.Ingress), ("egress", Direction.Egress)];

    public static string Word(Direction direction) => direction == Direction.Ingress ? "ingress" : "egress";

    public static Direction DirectionOf(JsonFields fields, JsonTree value) => fields.OneOf(value, "direction", Directions);

    public static void Write(Utf8JsonWriter json, SecurityGroupId group, PlanRule rule)
    {
        json.WriteStartObject();
        WriteKey(json, group, rule.Key);
        json.WriteString("description", rule.Description);
        json.WriteStartArray("origins");
        foreach (var origin in rule.Origins) json.WriteStringValue(origin);
        json.WriteEndArray();
        if (rule.Id is { } id) json.WriteString("ruleId", id.Value);
        if (rule.Before is { } before)
        {
            json.WritePropertyName("before");
            Write(json, group, before);
        }

        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, SecurityGroupId group, SecurityGroupRule rule)
    {
        json.WriteStartObject();
        WriteKey(json, group, rule.Key);
        json.WriteString("description", rule.Description);
        if (rule.Id is { } id) json.WriteString("ruleId", id.Value);
        if (rule.Tags is { } tags)
        {
            json.WritePropertyName("tags");
            Write(json, tags);
        }

        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, Tags tags)
    {
        json.WriteStartObject();
        foreach (var pair in tags.Pairs) json.WriteString(pair.Key, pair.Value);
        json.WriteEndObject();
    }

    public static PlanRule ReadPlanRule(JsonFields fields, JsonTree value, SecurityGroupId group)
    {
        var rule = ReadRule(fields, value, group);
        return new PlanRule(rule.Key)
        {
            Description = rule.Description,
            Origins = fields.Texts(value, "origins"),
            Id = rule.Id,
            Before = JsonFields.Optional(value, "before") is { } before ? ReadRule(fields, before, group) : null,
        };
    }

    public static SecurityGroupRule ReadRule(JsonFields fields, JsonTree value, SecurityGroupId group)
    {
        var nothing = new SecurityGroupRule(Direction.Ingress, Packets.Service.Any, new CidrPeer(Packets.Cidr.AnyV4));
        if (!fields.IsObject(value, "a rule")) return nothing;
        if (fields.Group(value, "group") != group) fields.Note(value, "the rule belongs to another group than its step");
        var id = fields.OptionalText(value, "ruleId");
        return new SecurityGroupRule(DirectionOf(fields, value), fields.Service(value), fields.Peer(value))
        {
            Id = id.Length == 0 ? null : new SecurityGroupRuleId(id),
            Description = fields.OptionalText(value, "description"),
            Tags = fields.OptionalTags(value, "tags"),
        };
    }

    private static void WriteKey(Utf8JsonWriter json, SecurityGroupId group, RuleKey key)
    {
        json.WriteString("direction", Word(key.Direction));
        json.WriteString("group", group.Value);
        json.WriteString("protocol", key.Service.Protocol.WireName);
        json.WriteNumber("fromPort", key.Service.From);
        json.WriteNumber("toPort", key.Service.To);
        json.WriteStartObject("peer");
        switch (key.Peer)
        {
            case CidrPeer cidr:
                json.WriteString("cidr", cidr.Cidr.ToString());
                break;
            case GroupPeer peer:
                json.WriteString("group", peer.Group.Value);
                if (peer.Account is { } account) json.WriteString("account", account);
                break;
            case PrefixListPeer list:
                json.WriteString("prefixList", list.PrefixList.Value);
                break;
        }

        json.WriteEndObject();
    }
}

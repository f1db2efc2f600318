using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Sallyport.Connections.Compiling;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Templates.CloudFormation;

/// <summary>
/// A template of standalone rules. Each names both groups by id or parameter, so that no resource waits for another. Where rules of several
/// places stand in one template, each is made under the condition that the stack is in its place.
/// </summary>
internal sealed class CloudFormationTemplate
{
    private readonly WrittenRules _rules;
    private readonly SortedDictionary<string, JsonObject> _parameters = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Kind, string Id), string> _names = [];
    private readonly SortedDictionary<string, JsonObject> _resources = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, JsonObject> _conditions = new(StringComparer.Ordinal);
    private readonly string _description;
    private readonly bool _isSpread;

    /// <summary>An empty template.</summary>
    /// <param name="rules">All rules, of which some are added.</param>
    /// <param name="description">Says what the template is.</param>
    /// <param name="isSpread">True when one template is to be deployed in every place.</param>
    public CloudFormationTemplate(WrittenRules rules, string description, bool isSpread = false) => (_rules, _description, _isSpread) = (rules, description, isSpread);

    /// <summary>How many parameters there are.</summary>
    public int ParameterCount => _parameters.Count;

    /// <summary>How many resources there are.</summary>
    public int ResourceCount => _resources.Count;

    /// <summary>Adds a rule.</summary>
    public void Add(string logicalId, WrittenRule rule)
    {
        var isIngress = rule.Key.Direction == Direction.Ingress;
        var properties = new JsonObject { ["GroupId"] = GroupOf(rule.Rule.Group, isElsewhere: false) };
        switch (rule.Key.Peer)
        {
            case CidrPeer { Cidr: var cidr }:
                properties[cidr.Family == IpFamily.V4 ? "CidrIp" : "CidrIpv6"] = cidr.ToString();
                break;
            case PrefixListPeer { PrefixList: var list }:
                properties[isIngress ? "SourcePrefixListId" : "DestinationPrefixListId"] = ListOf(list);
                break;
            case GroupPeer { Group: var group }:
                properties[isIngress ? "SourceSecurityGroupId" : "DestinationSecurityGroupId"] = GroupOf(group, rule.PeerAccount is not null);
                if (isIngress && rule.PeerAccount is { } account) properties["SourceSecurityGroupOwnerId"] = account;
                break;
        }

        var service = rule.Key.Service;
        properties["IpProtocol"] = service.Protocol.WireName;
        if (service.Protocol.HasPorts || service.Protocol.HasTypes) (properties["FromPort"], properties["ToPort"]) = (service.From, service.To);
        if (rule.Rule.Description.Length > 0) properties["Description"] = rule.Rule.Description;
        var resource = new JsonObject { ["Type"] = isIngress ? "AWS::EC2::SecurityGroupIngress" : "AWS::EC2::SecurityGroupEgress" };

        if (_isSpread) resource["Condition"] = ConditionOf(rule.Scope);

        // These resources take no tags: who owns a rule is for people and for readers of the template.
        if (rule.Owners.Length > 0) resource["Metadata"] = new JsonObject { [OwnershipTag.Key] = rule.Owners };
        resource["Properties"] = properties;
        _resources.Add(logicalId, resource);
    }

    /// <summary>Adds a nested template that lies beside this one, with all parameters that it takes.</summary>
    public void Add(string logicalId, string file, CloudFormationTemplate nested)
    {
        var values = new JsonObject();
        foreach (var (name, parameter) in nested._parameters)
        {
            values[name] = new JsonObject { ["Ref"] = name };
            if (!_parameters.ContainsKey(name)) _parameters.Add(name, (JsonObject)parameter.DeepClone());
        }

        var properties = new JsonObject { ["TemplateURL"] = file };
        if (values.Count > 0) properties["Parameters"] = values;
        _resources.Add(logicalId, new JsonObject { ["Type"] = "AWS::CloudFormation::Stack", ["Properties"] = properties });
    }

    /// <summary>UTF-8 of the template, with comments where the language has them.</summary>
    public byte[] ToBytes(bool isJson, ImmutableArray<string> head, ImmutableArray<string> foot)
    {
        var tree = new JsonObject { ["AWSTemplateFormatVersion"] = "2010-09-09", ["Description"] = _description };
        if (_parameters.Count > 0) tree["Parameters"] = Map(_parameters);
        if (_conditions.Count > 0) tree["Conditions"] = Map(_conditions);
        tree["Resources"] = Map(_resources);
        return Encoding.UTF8.GetBytes(isJson
            ? JsonText.Of(tree)
            : string.Concat(head.Select(YamlText.Comment)) + YamlText.Of(tree) + (foot.IsEmpty ? string.Empty : "\n" + string.Concat(foot.Select(YamlText.Comment))));

        static JsonObject Map(SortedDictionary<string, JsonObject> items) => new(items.Select(i => KeyValuePair.Create<string, JsonNode?>(i.Key, i.Value.DeepClone())));
    }

    private string ConditionOf(Scope scope)
    {
        var name = LogicalIds.OfPlace(scope);
        if (_conditions.ContainsKey(name)) return name;
        JsonObject[] tests =
        [
            .. scope.Account.Length > 0 ? [Equal("AWS::AccountId", scope.Account)] : Array.Empty<JsonObject>(),
            .. scope.Region.Length > 0 ? [Equal("AWS::Region", scope.Region)] : Array.Empty<JsonObject>(),
        ];
        _conditions.Add(name, tests is [var only] ? only : new JsonObject { ["Fn::And"] = new JsonArray([.. tests]) });
        return name;

        static JsonObject Equal(string parameter, string value) => new() { ["Fn::Equals"] = new JsonArray(new JsonObject { ["Ref"] = parameter }, JsonValue.Create(value)) };
    }

    private JsonNode GroupOf(SecurityGroupId id, bool isElsewhere)
    {
        if (!_rules.IsSymbolic(id)) return JsonValue.Create(id.Value);

        // CloudFormation looks up parameters of the type in its own account and Region, where a group of another one is not.
        return Reference("group", id.Value, _rules.LabelOf(id), "SecurityGroupId", name => isElsewhere || _isSpread
            ? new JsonObject { ["Type"] = "String", ["Description"] = $"Id of the security group {name}{(_isSpread ? string.Empty : " of another account")}", ["AllowedPattern"] = "^sg-([0-9a-f]{8}|[0-9a-f]{17})$" }
            : new JsonObject { ["Type"] = "AWS::EC2::SecurityGroup::Id", ["Description"] = $"Id of the security group {name}" });
    }

    private JsonNode ListOf(PrefixListId id) => id.Value.StartsWith("pl-", StringComparison.Ordinal)
        ? JsonValue.Create(id.Value)
        : Reference("list", id.Value, id.Value, "PrefixListId", name =>
            new JsonObject { ["Type"] = "String", ["Description"] = $"Id of the prefix list {name}", ["AllowedPattern"] = "^pl-([0-9a-f]{8}|[0-9a-f]{17})$" });

    private JsonObject Reference(string kind, string id, string label, string suffix, Func<string, JsonObject> make)
    {
        if (!_names.TryGetValue((kind, id), out var name))
        {
            name = LogicalIds.OfParameter(label, suffix);
            if (_parameters.ContainsKey(name)) name = LogicalIds.OfParameter(label, LogicalIds.Digest($"{label} {id}", 16) + suffix);
            _names.Add((kind, id), name);

            // Room of a description is 4,000 bytes, and a name may be anything.
            _parameters.Add(name, make(label.Length > 200 ? label[..200] : label));
        }

        return new JsonObject { ["Ref"] = name };
    }
}

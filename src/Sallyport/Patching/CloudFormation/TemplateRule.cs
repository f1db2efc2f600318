using System.Text;
using System.Text.Json;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Planning;

namespace Sallyport.Patching.CloudFormation;

/// <summary>One rule as a CloudFormation template has it, as keys with values that are JSON: text in quotes, numbers, or a GetAtt.</summary>
internal sealed class TemplateRule(CodeChange change, Estate declared, string path)
{
    private const int MostNameCharacters = 200;

    private bool IsIngress => change.Rule.Direction == Direction.Ingress;

    /// <summary>True when the far end is a group of the same template: inside a group that would make a circle.</summary>
    public bool NamesTemplateGroup => change.Rule.Peer is GroupPeer { Group: var id } && (id == change.Group.Id || SameTemplate(id) is not null);

    /// <summary>Null when the template has no name for the far end; else what to write.</summary>
    public IReadOnlyList<(string Key, string Value)>? Fields(bool isJson)
    {
        if (Peer(isJson) is not { } peer) return null;
        var service = change.Rule.Service;
        var fields = new List<(string, string)> { ("IpProtocol", Text(service.Protocol.WireName)) };
        if (service.Protocol.HasPorts || service.Protocol.HasTypes) fields.AddRange([("FromPort", $"{service.From}"), ("ToPort", $"{service.To}")]);
        fields.Add(peer);
        if (change.Description.Length > 0) fields.Add(("Description", Text(change.Description)));
        return fields;
    }

    /// <summary>The group itself, from outside its block.</summary>
    public string Self(bool isJson) => GetAtt(LogicalId(change.Group), isJson);

    /// <summary>A logical id that says what the rule is.</summary>
    public string NameOf()
    {
        if (change.Rule == TemplateEditor.Nothing) return $"{LogicalId(change.Group)}EgressNone";
        var text = new StringBuilder(LogicalId(change.Group)).Append(IsIngress ? "Ingress" : "Egress");
        var isStart = true;
        foreach (var c in $"{change.Rule.Service} {(change.Rule.Peer is GroupPeer { Group: var id } ? id.Value[(id.Value.LastIndexOf('#') + 1)..] : change.Rule.Peer)}")
        {
            if (!char.IsAsciiLetterOrDigit(c))
            {
                isStart = true;
                continue;
            }

            // Two numbers that meet would read as one.
            if (isStart && char.IsAsciiDigit(c) && char.IsAsciiDigit(text[^1])) text.Append('x');
            text.Append(isStart ? char.ToUpperInvariant(c) : c);
            isStart = false;
        }

        return text.Length > MostNameCharacters ? text.ToString(0, MostNameCharacters) : text.ToString();
    }

    /// <summary>Text in quotes, which YAML reads like JSON does.</summary>
    public static string Text(string text) => $"\"{JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    /// <summary>The logical id of a group of a template.</summary>
    public static string LogicalId(SecurityGroup group) => group.Code!.Address[(group.Code.Address.LastIndexOf('.') + 1)..];

    private static string GetAtt(string logicalId, bool isJson) => isJson ? $"{{\"Fn::GetAtt\": [{Text(logicalId)}, \"GroupId\"]}}" : $"!GetAtt {logicalId}.GroupId";

    private (string Key, string Value)? Peer(bool isJson)
    {
        switch (change.Rule.Peer)
        {
            case CidrPeer { Cidr: var cidr }:
                return (cidr.Family == IpFamily.V4 ? "CidrIp" : "CidrIpv6", Text(cidr.ToString()));
            case GroupPeer { Group: var id }:
                var key = IsIngress ? "SourceSecurityGroupId" : "DestinationSecurityGroupId";
                if (Planner.IsWellFormed(id)) return (key, Text(id.Value));
                if (id == change.Group.Id) return (key, Self(isJson));
                return SameTemplate(id) is { } group ? (key, GetAtt(LogicalId(group), isJson)) : Parameter(id.Value) is { } name ? (key, Ref(name, isJson)) : null;
            case PrefixListPeer { PrefixList: var list }:
                var listKey = IsIngress ? "SourcePrefixListId" : "DestinationPrefixListId";
                if (list.Value.StartsWith("pl-", StringComparison.Ordinal)) return (listKey, Text(list.Value));
                return Parameter(list.Value) is { } parameter ? (listKey, Ref(parameter, isJson)) : null;
            default:
                return null;
        }
    }

    private static string Ref(string name, bool isJson) => isJson ? $"{{\"Ref\": {Text(name)}}}" : $"!Ref {name}";

    private static string? Parameter(string id)
    {
        const string Prefix = "Parameter:";
        var name = id[(id.LastIndexOf('#') + 1)..];
        return name.StartsWith(Prefix, StringComparison.Ordinal) && name.Length > Prefix.Length && name[Prefix.Length..].All(char.IsAsciiLetterOrDigit) ? name[Prefix.Length..] : null;
    }

    private SecurityGroup? SameTemplate(SecurityGroupId id) =>
        declared.Index.Groups.TryGetValue(id, out var group) && group.At?.File == path && group.Code is { Language: CodeLanguage.CloudFormation } ? group : null;
}

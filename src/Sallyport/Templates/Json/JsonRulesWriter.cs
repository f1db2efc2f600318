using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sallyport.Connections.Compiling;
using Sallyport.Diagnostics;
using Sallyport.Estates;

namespace Sallyport.Templates.Json;

/// <summary>
/// <c>compile --to json</c>, schema version 1 (contract: "JSON shapes"). Ports and ICMP types are -1 where there are none, as in
/// EC2's view of single rules.
/// </summary>
public sealed class JsonRulesWriter : IRulesWriter
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc/>
    public string Name => "json";

    /// <inheritdoc/>
    public ImmutableArray<Diagnostic> Write(DesiredRules rules, Estate? estate, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("schemaVersion", 1);
            json.WriteStartArray("rules");
            foreach (var rule in rules.Rules) Write(json, rule);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.Write("\n"u8);
        return [];
    }

    private static void Write(Utf8JsonWriter json, DesiredRule rule)
    {
        json.WriteStartObject();
        json.WriteString("direction", rule.Key.Direction == Direction.Ingress ? "ingress" : "egress");
        json.WriteString("group", rule.Group.Value);
        json.WriteString("protocol", rule.Key.Service.Protocol.WireName);
        json.WriteNumber("fromPort", rule.Key.Service.From);
        json.WriteNumber("toPort", rule.Key.Service.To);
        json.WriteStartObject("peer");
        switch (rule.Key.Peer)
        {
            case CidrPeer cidr:
                json.WriteString("cidr", cidr.Cidr.ToString());
                break;
            case GroupPeer group:
                json.WriteString("group", group.Group.Value);
                break;
            case PrefixListPeer list:
                json.WriteString("prefixList", list.PrefixList.Value);
                break;
        }

        json.WriteEndObject();
        json.WriteString("description", rule.Description);
        json.WriteStartArray("origins");
        foreach (var origin in rule.Origins) json.WriteStringValue(origin);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}

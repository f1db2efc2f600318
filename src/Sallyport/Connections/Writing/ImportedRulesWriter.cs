using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sallyport.Connections.Importing;
using Sallyport.Estates;

namespace Sallyport.Connections.Writing;

/// <summary>
/// Writes the side file of an import: every rule with what the connections file has no place for (rule id, description, tags), so
/// that nothing is lost. Sorted as the estate is; UTF-8, <c>\n</c>.
/// </summary>
public static class ImportedRulesWriter
{
    /// <summary>Writes <c>{"schemaVersion":1,"rules":[…]}</c>. <c>tags</c> is null when the source told none.</summary>
    public static void Write(ImmutableArray<ImportedRule> rules, Stream output)
    {
        // The relaxed encoder leaves &, < and > readable; the file is JSON, never HTML.
        var options = new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(output, options))
        {
            json.WriteStartObject();
            json.WriteNumber("schemaVersion", 1);
            json.WriteStartArray("rules");
            foreach (var rule in rules) WriteRule(json, rule);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    private static void WriteRule(Utf8JsonWriter json, ImportedRule imported)
    {
        var rule = imported.Rule;
        json.WriteStartObject();
        json.WriteString("group", imported.Group.Value);
        json.WriteString("name", imported.Name);
        if (rule.Id is { } id) json.WriteString("id", id.Value);
        json.WriteString("direction", rule.Direction == Direction.Ingress ? "ingress" : "egress");
        json.WriteString("protocol", rule.Service.Protocol.WireName);
        json.WriteNumber("fromPort", rule.Service.From);
        json.WriteNumber("toPort", rule.Service.To);
        json.WriteStartObject("peer");
        switch (rule.Peer)
        {
            case CidrPeer cidr: json.WriteString("cidr", cidr.Cidr.ToString()); break;
            case GroupPeer group: json.WriteString("group", group.Group.Value); break;
            case PrefixListPeer list: json.WriteString("prefixList", list.PrefixList.Value); break;
        }

        json.WriteEndObject();
        json.WriteString("description", WellFormed(rule.Description));
        if (rule.Tags is { } tags)
        {
            json.WriteStartObject("tags");
            foreach (var (key, value) in tags.Pairs) json.WriteString(WellFormed(key), WellFormed(value));
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("tags");
        }

        json.WriteString("connection", imported.Origin);
        json.WriteEndObject();
    }

    /// <summary>Lone surrogates cannot be written as UTF-8.</summary>
    private static string WellFormed(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) result.Append(rune.ToString());
        return result.ToString();
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sallyport.Templates.CloudFormation;

/// <summary>
/// A tree of JSON as text. Letters beyond the first plane stand as they are, since tools that read templates with a YAML parser do not
/// take them as two escapes.
/// </summary>
internal static class JsonText
{
    /// <summary>The object as a document.</summary>
    public static string Of(JsonObject tree)
    {
        var text = new StringBuilder();
        Append(text, tree, 0);
        return text.Append('\n').ToString();
    }

    private static void Append(StringBuilder text, JsonNode? node, int depth)
    {
        switch (node)
        {
            case JsonObject { Count: 0 }:
                text.Append("{}");
                break;
            case JsonObject map:
                text.Append('{');
                var separator = "\n";
                foreach (var (key, value) in map)
                {
                    text.Append(separator).Append(' ', (depth + 1) * 2);
                    Append(text, key);
                    text.Append(": ");
                    Append(text, value, depth + 1);
                    separator = ",\n";
                }

                text.Append('\n').Append(' ', depth * 2).Append('}');
                break;
            case JsonArray list:
                text.Append('[');
                for (var i = 0; i < list.Count; i++)
                {
                    text.Append(i == 0 ? "\n" : ",\n").Append(' ', (depth + 1) * 2);
                    Append(text, list[i], depth + 1);
                }

                text.Append('\n').Append(' ', depth * 2).Append(']');
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                Append(text, value.GetValue<string>());
                break;
            case JsonValue value:
                text.Append(value.ToJsonString());
                break;
            default:
                throw new InvalidOperationException("No JSON for what is neither map, list nor scalar.");
        }
    }

    private static void Append(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var rune in value.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append("\\\\"); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                default:
                    if (YamlText.IsShown(rune)) text.Append(rune.ToString());
                    else foreach (var unit in rune.ToString()) text.Append("\\u").Append(((int)unit).ToString("x4", CultureInfo.InvariantCulture));
                    break;
            }
        }

        text.Append('"');
    }
}

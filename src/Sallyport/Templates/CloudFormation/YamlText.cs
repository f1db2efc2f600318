using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sallyport.Templates.CloudFormation;

/// <summary>A tree of JSON as YAML, as people write templates: block style, <c>!Ref</c>, and quotes wherever a reader could see anything but text.</summary>
internal static class YamlText
{
    private const string Function = "Fn::";

    private static readonly Regex Plain = new(@"\A[A-Za-z][A-Za-z0-9]*(?:(?:::|[ ._/-])[A-Za-z0-9]+)*\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <summary>Words that some reader of YAML takes for a value.</summary>
    private static readonly HashSet<string> Words = new(["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The mapping as a document.</summary>
    public static string Of(JsonObject tree)
    {
        var text = new StringBuilder();
        foreach (var (key, value) in tree) Append(text, key, value, 0);
        return text.ToString();
    }

    /// <summary>A scalar: plain where that is safe in every reader, else in double quotes.</summary>
    public static string Scalar(string text)
    {
        if (Plain.IsMatch(text) && !Words.Contains(text)) return text;
        var quoted = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            quoted.Append(rune.Value switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ when IsShown(rune) => rune.ToString(),
                _ => (rune.IsBmp ? "\\u" : "\\U") + rune.Value.ToString(rune.IsBmp ? "x4" : "x8", CultureInfo.InvariantCulture),
            });
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>A comment of one line.</summary>
    public static string Comment(string text) => text.Length == 0 ? "#\n" : $"# {string.Concat(text.EnumerateRunes().Select(r => IsShown(r) ? r.ToString() : "?"))}\n";

    /// <summary>False for what a reader cannot see, and some refuse.</summary>
    public static bool IsShown(Rune rune) => Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate);

    private static void Append(StringBuilder text, string key, JsonNode? value, int depth)
    {
        text.Append(' ', depth * 2).Append(Scalar(key)).Append(':');
        Append(text, value, depth);
    }

    // After "key:" or "-".
    private static void Append(StringBuilder text, JsonNode? value, int depth)
    {
        switch (value)
        {
            case JsonObject { Count: 0 }:
                text.Append(" {}\n");
                break;
            case JsonObject map when Short(map) is { } call:
                text.Append(' ').Append(call).Append('\n');
                break;
            case JsonObject map when map.Count == 1 && map.First() is { Key: var function, Value: JsonArray arguments } && function.StartsWith(Function, StringComparison.Ordinal):
                text.Append(" !").Append(function, Function.Length, function.Length - Function.Length).Append('\n');
                foreach (var argument in arguments)
                {
                    text.Append(' ', (depth + 1) * 2).Append('-');
                    Append(text, argument, depth + 1);
                }

                break;
            case JsonObject map:
                text.Append('\n');
                foreach (var (inner, item) in map) Append(text, inner, item, depth + 1);
                break;
            case JsonValue scalar:
                text.Append(' ').Append(scalar.GetValueKind() == JsonValueKind.String ? Scalar(scalar.GetValue<string>()) : scalar.ToJsonString()).Append('\n');
                break;
            default:
                throw new InvalidOperationException("No YAML for what is neither map nor scalar.");
        }
    }

    /// <summary>A call that fits in a line, <c>!Ref Name</c> or <c>!Equals [!Ref Name, text]</c>; null for anything else.</summary>
    private static string? Short(JsonObject map) => map.Count != 1 ? null : map.First() switch
    {
        { Key: "Ref", Value: JsonValue name } => $"!Ref {Scalar(name.GetValue<string>())}",
        { Key: "Fn::Equals", Value: JsonArray { Count: 2 } pair } when pair[0] is JsonObject left && Short(left) is { } call && pair[1] is JsonValue right => $"!Equals [{call}, {Scalar(right.GetValue<string>())}]",
        _ => null,
    };
}

using System.Text.Json;

namespace Sallyport.Auditing.Rules.Monitoring;

/// <summary>
/// Whether an event pattern of EventBridge takes an API call, in three-valued logic: every field of the pattern must match one of its
/// alternatives. Null where it depends on what differs from call to call, and for matchers that are not judged.
/// </summary>
internal static class EventPattern
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 32 };

    /// <summary>True when every such call is taken, false when none is, null when that is not known.</summary>
    public static bool? Matches(string pattern, ApiCall call)
    {
        if (pattern.Length == 0) return false;
        try
        {
            using var document = JsonDocument.Parse(pattern, Options);
            return document.RootElement.ValueKind == JsonValueKind.Object ? All(document.RootElement, string.Empty, call) : null;
        }
        catch (JsonException)
        {
            // What EventBridge would never have taken says nothing either way.
            return null;
        }
        catch (InvalidOperationException)
        {
            // The same for text that is no valid Unicode.
            return null;
        }
    }

    private static bool? All(JsonElement fields, string path, ApiCall call)
    {
        bool? result = true;
        foreach (var field in fields.EnumerateObject())
        {
            var matched = field.Value.ValueKind switch
            {
                JsonValueKind.Object => All(field.Value, $"{path}{field.Name}.", call),
                JsonValueKind.Array when field.Name == "$or" => Any(field.Value, alternative => alternative.ValueKind == JsonValueKind.Object ? All(alternative, path, call) : null),
                JsonValueKind.Array => Any(field.Value, matcher => Matches(matcher, call.EventField(path + field.Name))),
                _ => null,
            };
            if (matched == false) return false;
            if (matched is null) result = null;
        }

        return result;
    }

    private static bool? Any(JsonElement alternatives, Func<JsonElement, bool?> matches)
    {
        bool? result = false;
        foreach (var alternative in alternatives.EnumerateArray())
        {
            var matched = matches(alternative);
            if (matched == true) return true;
            if (matched is null) result = null;
        }

        return result;
    }

    private static bool? Matches(JsonElement matcher, RecordField field)
    {
        if (!field.IsKnown) return null;
        switch (matcher.ValueKind)
        {
            case JsonValueKind.String: return field.Text == matcher.GetString();
            case JsonValueKind.True or JsonValueKind.False: return field.Text == (matcher.ValueKind == JsonValueKind.True ? "true" : "false");
            case JsonValueKind.Object: break;
            default: return null;
        }

        bool? result = null;
        foreach (var test in matcher.EnumerateObject())
        {
            if (test.Name == "exists") return test.Value.ValueKind == JsonValueKind.True == (field.Text is not null);
            result = field.Text is not { } text ? false : test switch
            {
                { Name: "anything-but", Value.ValueKind: JsonValueKind.String } => text != test.Value.GetString(),
                { Name: "anything-but", Value.ValueKind: JsonValueKind.Array } => !test.Value.EnumerateArray().Any(v => v.ValueKind == JsonValueKind.String && v.GetString() == text),
                { Value.ValueKind: not JsonValueKind.String } => null,
                { Name: "prefix" } => text.StartsWith(test.Value.GetString()!, StringComparison.Ordinal),
                { Name: "suffix" } => text.EndsWith(test.Value.GetString()!, StringComparison.Ordinal),
                { Name: "equals-ignore-case" } => text.Equals(test.Value.GetString(), StringComparison.OrdinalIgnoreCase),
                { Name: "wildcard" } => WildcardText.Matches(test.Value.GetString(), text),
                _ => null,
            };
        }

        return result;
    }
}

using System.Text.Json;
using Sallyport.Estates.Files;

namespace Sallyport.Estates.AwsCli;

internal sealed partial class AwsCliReader
{
    /// <summary>
    /// Reads <c>Rules</c>, a name that several services use: EventBridge's are told by their ARN, an empty list by the file's name. The list
    /// of another service is passed over, as any answer that is not for us.
    /// </summary>
    private bool ReadEventRules(ref Utf8JsonReader reader)
    {
        _input.Read(ref reader);
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            _input.Skip(ref reader);
            SawUnused("Rules");
            return false;
        }

        var (isEmpty, hasOurs) = (true, false);
        while (_input.NextElement(ref reader))
        {
            isEmpty = false;
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                _input.Skip(ref reader);
                continue;
            }

            var at = _input.PlaceOf(ref reader);
            _input.Pin(ref reader);
            var bytes = _input.TakePinned(ref reader);
            if (!JsonItem.IsValidText(bytes.Span)) continue;
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = JsonInput.MaxDepth });
            if (!IsEventRule(document.RootElement)) continue;
            hasOurs = true;
            _items.Begin(AwsCliKind.EventRule);
            _items.Read(AwsCliKind.EventRule, new JsonItem(document.RootElement, at, _said));
        }

        if (isEmpty && FileNameOf(_file).Contains("event", StringComparison.OrdinalIgnoreCase))
        {
            hasOurs = true;
            _items.Begin(AwsCliKind.EventRule);
        }

        _sawSomething |= hasOurs;
        if (!hasOurs) SawUnused("Rules");
        return hasOurs;
    }

    private static bool IsEventRule(JsonElement rule) =>
        rule.TryGetProperty("Arn"u8, out var arn) && arn.ValueKind == JsonValueKind.String && arn.GetString()!.Split(':', 4) is ["arn", _, "events", _];

    private static string FileNameOf(EstateFile file) => file.Name[(file.Name.LastIndexOfAny(['/', '\\']) + 1)..];

    private void SawUnused(string key)
    {
        _sawUnused = true;
        _looksLikeAnswer = true;
        if (_unusedKeys.Count < 5) _unusedKeys.Add(key);
    }
}

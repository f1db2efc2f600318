using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sallyport.Hcl.Values;

namespace Sallyport.Hcl.Functions;

/// <summary>Values as JSON text and back.</summary>
internal static class HclJson
{
    private const int MaxDepth = 64;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>JSON text of a wholly known value.</summary>
    public static string Write(HclValue value)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options)) Write(json, value);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>The value; null when the text is not JSON.</summary>
    public static HclValue? Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return Of(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A parsed element as a value.</summary>
    public static HclValue Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => new HclString(element.GetString()!),
        JsonValueKind.Number => HclNumber.Of(element.GetDouble()),
        JsonValueKind.True => HclBool.Of(true),
        JsonValueKind.False => HclBool.Of(false),
        JsonValueKind.Array => new HclList([.. element.EnumerateArray().Select(Of)]),
        JsonValueKind.Object => HclMap.Of(element.EnumerateObject().Select(p => new KeyValuePair<string, HclValue>(p.Name, Of(p.Value)))),
        _ => HclNull.Instance,
    };

    private static void Write(Utf8JsonWriter json, HclValue value)
    {
        switch (value)
        {
            case HclString text: json.WriteStringValue(text.Value); break;
            case HclNumber number: json.WriteRawValue(number.ToString()); break;
            case HclBool truth: json.WriteBooleanValue(truth.Value); break;
            case HclList list:
                json.WriteStartArray();
                foreach (var item in list.Items) Write(json, item);
                json.WriteEndArray();
                break;
            case HclMap map:
                json.WriteStartObject();
                foreach (var (key, item) in map.Items)
                {
                    json.WritePropertyName(key);
                    Write(json, item);
                }

                json.WriteEndObject();
                break;
            default: json.WriteNullValue(); break;
        }
    }
}

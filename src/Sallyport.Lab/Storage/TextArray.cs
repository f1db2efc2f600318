using System.Text.Json;

namespace Sallyport.Lab.Storage;

/// <summary>An array of texts in the state file.</summary>
internal static class TextArray
{
    public static List<string> Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException("An array of texts is expected.");
        var texts = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.String) throw new JsonException("An array of texts is expected.");
            texts.Add(reader.GetString()!);
        }

        return texts;
    }

    public static void Write(Utf8JsonWriter writer, params ReadOnlySpan<string> texts)
    {
        writer.WriteStartArray();
        foreach (var text in texts) writer.WriteStringValue(text);
        writer.WriteEndArray();
    }
}

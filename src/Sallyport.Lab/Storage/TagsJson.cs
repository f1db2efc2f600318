using System.Text.Json;
using System.Text.Json.Serialization;
using Sallyport.Estates;

namespace Sallyport.Lab.Storage;

/// <summary>Tags as one object.</summary>
internal sealed class TagsJson : JsonConverter<Tags>
{
    public override Tags Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("Tags must be an object.");
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            if (!reader.Read() || reader.TokenType != JsonTokenType.String) throw new JsonException($"The tag \"{key}\" must be a text.");
            pairs[key] = reader.GetString()!;
        }

        return Tags.Of(pairs);
    }

    public override void Write(Utf8JsonWriter writer, Tags value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var pair in value.Pairs) writer.WriteString(pair.Key, pair.Value);
        writer.WriteEndObject();
    }
}

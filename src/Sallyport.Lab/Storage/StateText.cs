using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
namespace Sallyport.Lab.Storage;

/// <summary>Values of the model that are one text in the state file.</summary>
[SuppressMessage("Performance", "CA1812", Justification = "Made by the serializer.")]
internal abstract class StateText<T>(Func<string, T?> parse, Func<T, string> print) : JsonConverter<T>
    where T : struct
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String) throw new JsonException($"{typeof(T).Name} must be a text.");
        var text = reader.GetString()!;
        return parse(text) ?? throw new JsonException($"\"{text}\" is no {typeof(T).Name}.");
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(print(value));
}

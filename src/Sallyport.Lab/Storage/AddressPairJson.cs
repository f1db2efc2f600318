using System.Text.Json;
using System.Text.Json.Serialization;
using Sallyport.Packets;

namespace Sallyport.Lab.Storage;

/// <summary>A private address and its public one as <c>[private, public]</c>.</summary>
internal sealed class AddressPairJson : JsonConverter<KeyValuePair<Address, Address>>
{
    public override KeyValuePair<Address, Address> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TextArray.Read(ref reader) is [var a, var b] && Address.TryParse(a, out var inside) && Address.TryParse(b, out var outside)
            ? new KeyValuePair<Address, Address>(inside, outside)
            : throw new JsonException("A public address is [private, public].");

    public override void Write(Utf8JsonWriter writer, KeyValuePair<Address, Address> value, JsonSerializerOptions options) =>
        TextArray.Write(writer, value.Key.ToString(), value.Value.ToString());
}

using System.Text.Json;
using System.Text.Json.Serialization;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Lab.Storage;

/// <summary>An entry of a prefix list as <c>[cidr, description]</c>.</summary>
internal sealed class PrefixListEntryJson : JsonConverter<PrefixListEntry>
{
    public override PrefixListEntry Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TextArray.Read(ref reader) is [var block, var description] && Cidr.TryParse(block, out var cidr)
            ? new PrefixListEntry(cidr, description)
            : throw new JsonException("A prefix-list entry is [cidr, description].");

    public override void Write(Utf8JsonWriter writer, PrefixListEntry value, JsonSerializerOptions options) =>
        TextArray.Write(writer, value.Cidr.ToString(), value.Description);
}

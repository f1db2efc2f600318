using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Lab.Storage;

/// <summary>An entry of a network ACL as <c>[direction, number, allow|deny, service, cidr]</c>.</summary>
internal sealed class NetworkAclEntryJson : JsonConverter<NetworkAclEntry>
{
    public override NetworkAclEntry Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var texts = TextArray.Read(ref reader);
        if (texts.Count == 5
            && texts[0] is "ingress" or "egress"
            && int.TryParse(texts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && texts[2] is "allow" or "deny"
            && Service.TryParse(texts[3], out var service, out _)
            && Cidr.TryParse(texts[4], out var cidr))
        {
            return new NetworkAclEntry(texts[0] == "egress" ? Direction.Egress : Direction.Ingress, number, texts[2] == "allow", service, cidr);
        }

        throw new JsonException("A network ACL entry is [direction, number, allow|deny, service, cidr].");
    }

    public override void Write(Utf8JsonWriter writer, NetworkAclEntry value, JsonSerializerOptions options) => TextArray.Write(
        writer,
        value.Direction == Direction.Egress ? "egress" : "ingress",
        value.Number.ToString(CultureInfo.InvariantCulture),
        value.Allows ? "allow" : "deny",
        value.Service.ToString(),
        value.Cidr.ToString());
}

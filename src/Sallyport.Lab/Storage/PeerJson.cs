using System.Text.Json;
using System.Text.Json.Serialization;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Lab.Storage;

/// <summary>A peer as an array of texts: <c>["10.0.0.0/8"]</c>, <c>["pl-…"]</c>, <c>["sg-…", account, vpc, peering, status]</c>.</summary>
internal sealed class PeerJson : JsonConverter<Peer>
{
    public override Peer Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var texts = TextArray.Read(ref reader);
        return texts switch
        {
            [var block] when Cidr.TryParse(block, out var cidr) => new CidrPeer(cidr),
            [var list] when list.StartsWith("pl-", StringComparison.Ordinal) => new PrefixListPeer(new PrefixListId(list)),
            [var group, var account, var vpc, var peering, var status] => new GroupPeer(new SecurityGroupId(group))
            {
                Account = account.Length > 0 ? account : null,
                Vpc = vpc.Length > 0 ? new VpcId(vpc) : null,
                Peering = peering.Length > 0 ? new PeeringId(peering) : null,
                PeeringStatus = status.Length > 0 ? status : null,
            },
            _ => throw new JsonException($"[{string.Join(", ", texts)}] is no peer."),
        };
    }

    public override void Write(Utf8JsonWriter writer, Peer value, JsonSerializerOptions options) => TextArray.Write(writer, value switch
    {
        GroupPeer group =>
        [
            group.Group.Value, group.Account ?? string.Empty, group.Vpc?.Value ?? string.Empty, group.Peering?.Value ?? string.Empty,
            group.PeeringStatus ?? string.Empty,
        ],
        _ => [value.ToString()!],
    });
}

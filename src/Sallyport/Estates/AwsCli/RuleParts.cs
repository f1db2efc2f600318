using System.Text;
using System.Text.Json;
using Sallyport.Diagnostics;
using Sallyport.Estates.Files;
using Sallyport.Packets;

namespace Sallyport.Estates.AwsCli;

/// <summary>
/// The small values that a million rules repeat, each made once: texts, protocols, blocks and peers. Everything here is called once a rule,
/// so texts are looked up as UTF-8 and only turned into strings when they are new.
/// </summary>
internal sealed class RuleParts(JsonInput input, FileDiagnostics said)
{
    private const int GroupBits = 12;

    private readonly Utf8Texts _texts = new();
    private readonly BlockPeers _blocks = new();
    private readonly GroupPeer?[] _groups = new GroupPeer?[1 << GroupBits];
    private readonly Utf8Cache<CidrPeer> _blocksV6 = new(10);
    private readonly Utf8Cache<PrefixListPeer> _lists = new(10);

    /// <summary>The value of the current property as text; null for null; another type is an error and null.</summary>
    public string? Text(ref Utf8JsonReader reader, string field)
    {
        input.Read(ref reader);
        if (reader.TokenType == JsonTokenType.String) return TextHere(ref reader);
        Refuse(ref reader, field, "text");
        return null;
    }

    /// <summary>The value of the current property as a whole number; null for null; another type is an error and null.</summary>
    public int? Number(ref Utf8JsonReader reader, string field)
    {
        input.Read(ref reader);
        if (reader.TokenType == JsonTokenType.Number)
        {
            if (reader.TryGetInt32(out var number)) return number;
            if (reader.TryGetInt64(out var large)) return large < 0 ? int.MinValue : int.MaxValue;
        }

        Refuse(ref reader, field, "a whole number");
        return null;
    }

    /// <summary>The value of the current property as true or false; null for null; another type is an error and null.</summary>
    public bool? Flag(ref Utf8JsonReader reader, string field)
    {
        input.Read(ref reader);
        if (reader.TokenType is JsonTokenType.True or JsonTokenType.False) return reader.GetBoolean();
        Refuse(ref reader, field, "true or false");
        return null;
    }

    /// <summary>The value of the current property as a protocol: a name or number as text, or a number. Null when it is none, with what it is in <paramref name="text"/>.</summary>
    public Protocol? Protocol(ref Utf8JsonReader reader, string field, out string? text)
    {
        input.Read(ref reader);
        text = null;
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Number))
        {
            Refuse(ref reader, field, "text");
            return null;
        }

        var span = reader.ValueSpan;
        if (span.SequenceEqual("tcp"u8)) return Packets.Protocol.Tcp;
        if (span.SequenceEqual("udp"u8)) return Packets.Protocol.Udp;
        if (span.SequenceEqual("-1"u8)) return Packets.Protocol.All;
        text = reader.TokenType == JsonTokenType.String ? TextHere(ref reader) : Encoding.UTF8.GetString(span);
        return Packets.Protocol.TryParse(text, out var protocol) ? protocol : null;
    }

    /// <summary>
    /// The value of the current property as a block peer; null when it is no block, with a clause in <paramref name="problem"/>. Host bits
    /// and the wrong family are warnings, and a clause in <paramref name="slip"/>.
    /// </summary>
    public CidrPeer? Block(ref Utf8JsonReader reader, string field, IpFamily expected, out string? problem, ref string? slip)
    {
        input.Read(ref reader);
        problem = null;
        if (reader.TokenType != JsonTokenType.String)
        {
            Refuse(ref reader, field, "text");
            return null;
        }

        if (expected == IpFamily.V4 && _blocks.Find(reader.ValueSpan) is { } known) return known;
        var text = TextHere(ref reader);
        if (!Cidr.TryParse(text, out var cidr, out var hadHostBits))
        {
            problem = $"\"{text}\" is not a CIDR block";
            return null;
        }

        if (hadHostBits)
        {
            said.Add(EstateDiagnostics.HostBits(text, cidr.ToString(), input.PlaceOf(ref reader)));
            slip = $"\"{text}\" has host bits set and means {cidr}";
        }

        if (cidr.Family != expected)
        {
            said.Add(EstateDiagnostics.WrongFamily(text, field, input.PlaceOf(ref reader)));
            slip = $"\"{text}\" stands under {field}, where it is of the wrong family";
        }

        return new CidrPeer(cidr);
    }

    /// <summary>A clause when the ports are missing, or given although the protocol has none; null when they are as EC2 writes them.</summary>
    public string? PortSlip(Protocol protocol, int? from, int? to, SourceSpan at)
    {
        var (first, last) = (from ?? -1, to ?? -1);
        if (protocol.HasPorts && first == -1 && last == -1)
        {
            said.Add(EstateDiagnostics.NoPorts(protocol.WireName, at));
            return $"{protocol} without ports means every port";
        }

        // 0 and 0 beside -1 is how several tools write that there are none.
        return protocol == Packets.Protocol.All && (first, last) is not ((-1, -1) or (0, 0))
            ? $"ports {first}-{last} stand beside protocol -1, which means every protocol and port"
            : null;
    }

    /// <summary>The value of the current property as a prefix list peer; null for null or another type.</summary>
    public PrefixListPeer? List(ref Utf8JsonReader reader, string field)
    {
        input.Read(ref reader);
        if (reader.TokenType != JsonTokenType.String)
        {
            Refuse(ref reader, field, "text");
            return null;
        }

        return _lists.Find(reader.ValueSpan, out var hash)
            ?? _lists.Put(reader.ValueSpan, hash, new PrefixListPeer(new PrefixListId(TextHere(ref reader))));
    }

    /// <summary>
    /// The object the reader stands on (<c>UserIdGroupPair</c> or <c>ReferencedGroupInfo</c>) as a group peer; null when it names no group by
    /// id. The description inside, which only the grouped view has, is given out.
    /// </summary>
    public GroupPeer? Group(ref Utf8JsonReader reader, ref string description)
    {
        GroupPeer? group = null;
        string? account = null, vpc = null, peering = null, status = null;
        while (input.NextProperty(ref reader))
        {
            var name = reader.ValueSpan;
            if (name.SequenceEqual("GroupId"u8)) group = GroupHere(ref reader);
            else if (name.SequenceEqual("UserId"u8)) account = Text(ref reader, "UserId");
            else if (name.SequenceEqual("Description"u8)) description = Text(ref reader, "Description") ?? string.Empty;
            else if (name.SequenceEqual("VpcId"u8)) vpc = Text(ref reader, "VpcId");
            else if (name.SequenceEqual("VpcPeeringConnectionId"u8)) peering = Text(ref reader, "VpcPeeringConnectionId");
            else if (name.SequenceEqual("PeeringStatus"u8)) status = Text(ref reader, "PeeringStatus");
            else input.Skip(ref reader);
        }

        if (group is null) return null;
        if (vpc is null && peering is null && status is null && group.Account == account) return group;
        var complete = new GroupPeer(group.Group)
        {
            Account = account,
            Vpc = vpc is null ? null : new VpcId(vpc),
            Peering = peering is null ? null : new PeeringId(peering),
            PeeringStatus = status,
        };
        return vpc is null && peering is null && status is null ? Keep(complete) : complete;
    }

    /// <summary>The tags of the current property: a list of <c>Key</c> and <c>Value</c>.</summary>
    public Tags Tags(ref Utf8JsonReader reader)
    {
        if (!EnterList(ref reader, "Tags")) return Estates.Tags.None;
        List<KeyValuePair<string, string>>? pairs = null;
        while (input.NextElement(ref reader))
        {
            if (!IsObject(ref reader, "Tags")) continue;
            string? key = null, value = null;
            while (input.NextProperty(ref reader))
            {
                if (reader.ValueSpan.SequenceEqual("Key"u8)) key = Text(ref reader, "Key");
                else if (reader.ValueSpan.SequenceEqual("Value"u8)) value = Text(ref reader, "Value");
                else input.Skip(ref reader);
            }

            if (key is not null) (pairs ??= []).Add(new(key, value ?? string.Empty));
        }

        return pairs is null ? Estates.Tags.None : Estates.Tags.Of(pairs);
    }

    /// <summary>Steps into the list of the current property; false for null, or for another type, which is an error.</summary>
    public bool EnterList(ref Utf8JsonReader reader, string field)
    {
        input.Read(ref reader);
        if (reader.TokenType == JsonTokenType.StartArray) return true;
        Refuse(ref reader, field, "a list");
        return false;
    }

    /// <summary>True when the element is an object; another type is an error and passed over.</summary>
    public bool IsObject(ref Utf8JsonReader reader, string field)
    {
        if (reader.TokenType == JsonTokenType.StartObject) return true;
        Refuse(ref reader, field, "a list of objects");
        return false;
    }

    /// <summary>Says that a value has the wrong type, unless it is null, and passes over it.</summary>
    public void Refuse(ref Utf8JsonReader reader, string field, string expected)
    {
        if (reader.TokenType != JsonTokenType.Null)
        {
            said.Add(EstateDiagnostics.WrongType(field, expected, JsonItem.Describe(reader.TokenType), input.PlaceOf(ref reader)));
        }

        input.Skip(ref reader);
    }

    /// <summary>The string of an ASCII text without escapes.</summary>
    public string PlainText(ReadOnlySpan<byte> text)
    {
        if (text.Length > 256) return Encoding.ASCII.GetString(text);
        return _texts.Find(text, out var slot) ?? _texts.Put(slot, Encoding.ASCII.GetString(text));
    }

    /// <summary>The peer of a canonical IPv4 block; null for anything else.</summary>
    public CidrPeer? BlockV4(ReadOnlySpan<byte> text) => _blocks.Find(text);

    /// <summary>The peer of an IPv6 block without host bits; null for anything else.</summary>
    public CidrPeer? BlockV6(ReadOnlySpan<byte> text)
    {
        if (_blocksV6.Find(text, out var hash) is { } known) return known;
        if (!Cidr.TryParse(PlainText(text), out var cidr, out var hadHostBits) || hadHostBits || cidr.Family != IpFamily.V6) return null;
        return _blocksV6.Put(text, hash, new CidrPeer(cidr));
    }

    /// <summary>The peer of a prefix list's id, ASCII.</summary>
    public PrefixListPeer PlainList(ReadOnlySpan<byte> id) =>
        _lists.Find(id, out var hash) ?? _lists.Put(id, hash, new PrefixListPeer(new PrefixListId(PlainText(id))));

    /// <summary>The peer of a group's id, ASCII, in its usual form: with its account and nothing more.</summary>
    public GroupPeer PlainGroup(ReadOnlySpan<byte> id, string? account)
    {
        ref var slot = ref _groups[Utf8Texts.Hash(id) >> (64 - GroupBits)];
        if (slot is null || slot.Account != account || !Ascii.Equals(id, slot.Group.Value))
        {
            slot = new GroupPeer(new SecurityGroupId(PlainText(id))) { Account = account };
        }

        return slot;
    }

    // Most references name an account and nothing else, and the same group again and again: the peer is found by the id's bytes, before
    // any string is made.
    private GroupPeer? GroupHere(ref Utf8JsonReader reader)
    {
        input.Read(ref reader);
        if (reader.TokenType != JsonTokenType.String)
        {
            Refuse(ref reader, "GroupId", "text");
            return null;
        }

        var known = _groups[Utf8Texts.Hash(reader.ValueSpan) >> (64 - GroupBits)];
        if (known is not null && Ascii.Equals(reader.ValueSpan, known.Group.Value)) return known;
        var id = TextHere(ref reader);
        return id.Length == 0 ? null : new GroupPeer(new SecurityGroupId(id));
    }

    private GroupPeer Keep(GroupPeer peer)
    {
        Span<byte> key = stackalloc byte[64];
        if (Encoding.UTF8.TryGetBytes(peer.Group.Value, key, out var length)) _groups[Utf8Texts.Hash(key[..length]) >> (64 - GroupBits)] = peer;
        return peer;
    }

    private string TextHere(ref Utf8JsonReader reader)
    {
        if (reader.ValueSpan.Length > 256 || reader.ValueIsEscaped) return input.GetText(ref reader);
        return _texts.Find(reader.ValueSpan, out var slot) ?? _texts.Put(slot, input.GetText(ref reader));
    }
}

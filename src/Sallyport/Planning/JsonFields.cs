using System.Collections.Immutable;
using System.Text.Json;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Planning;

/// <summary>
/// Takes typed values out of a <see cref="JsonTree"/> and remembers what was wrong: every getter returns a harmless value and
/// notes a problem with its place instead of throwing. Whoever reads must look at <see cref="Problems"/> before using anything.
/// </summary>
internal sealed class JsonFields
{
    private const int MaxProblems = 20;
    private const int MaxText = 4096;
    private readonly List<(string Problem, int Offset)> _problems = [];

    public IReadOnlyList<(string Problem, int Offset)> Problems => _problems;

    public void Note(JsonTree at, string problem)
    {
        if (_problems.Count < MaxProblems) _problems.Add((problem, at.Offset));
    }

    public bool IsObject(JsonTree value, string what)
    {
        if (value.Kind == JsonValueKind.Object) return true;
        Note(value, $"{what} is not an object");
        return false;
    }

    public JsonTree? Member(JsonTree value, string name)
    {
        if (value.Members.TryGetValue(name, out var member) && member.Kind != JsonValueKind.Null) return member;
        Note(value, $"\"{name}\" is missing");
        return null;
    }

    public static JsonTree? Optional(JsonTree value, string name) =>
        value.Members.TryGetValue(name, out var member) && member.Kind != JsonValueKind.Null ? member : null;

    public string Text(JsonTree value, string name) => Member(value, name) is { } member ? Text(member) : string.Empty;

    public string OptionalText(JsonTree value, string name) => Optional(value, name) is { } member ? Text(member) : string.Empty;

    public string Text(JsonTree value)
    {
        if (value.Kind == JsonValueKind.String && value.Text.Length <= MaxText) return value.Text;
        Note(value, value.Kind == JsonValueKind.String ? $"a text is longer than {MaxText} characters" : "a text is expected here");
        return string.Empty;
    }

    public int Number(JsonTree value, string name, int least, int most)
    {
        if (Member(value, name) is not { } member) return least;
        if (member.Number is { } number && number >= least && number <= most) return (int)number;
        Note(member, $"\"{name}\" is not a whole number from {least} to {most}");
        return least;
    }

    public ImmutableArray<JsonTree> List(JsonTree value, string name)
    {
        if (Member(value, name) is not { } member) return [];
        return Items(member, name);
    }

    public ImmutableArray<JsonTree> OptionalList(JsonTree value, string name) =>
        Optional(value, name) is { } member ? Items(member, name) : [];

    public ImmutableArray<string> Texts(JsonTree value, string name) =>
        [.. OptionalList(value, name).Select(Text).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    public T OneOf<T>(JsonTree value, string name, IReadOnlyList<(string Word, T Value)> words)
    {
        if (Member(value, name) is not { } member) return words[0].Value;
        foreach (var (word, known) in words)
        {
            if (member.Kind == JsonValueKind.String && member.Text == word) return known;
        }

        Note(member, $"\"{name}\" is none of {string.Join(", ", words.Select(w => w.Word))}");
        return words[0].Value;
    }

    public Tags? OptionalTags(JsonTree value, string name)
    {
        if (Optional(value, name) is not { } member) return null;
        return IsObject(member, $"\"{name}\"") ? Tags.Of(member.Members.Select(m => new KeyValuePair<string, string>(m.Key, Text(m.Value)))) : null;
    }

    public SecurityGroupId Group(JsonTree value, string name)
    {
        var text = Text(value, name);
        if (text.Length is 0 or > 255) Note(value, $"\"{name}\" is not a group id");
        return new SecurityGroupId(text);
    }

    public Service Service(JsonTree value)
    {
        var text = Text(value, "protocol");
        if (!Protocol.TryParse(text, out var protocol) || protocol.WireName != text)
        {
            Note(value, "\"protocol\" is not one that EC2 writes");
            return Packets.Service.Any;
        }

        var (from, to) = (Number(value, "fromPort", -1, 65_535), Number(value, "toPort", -1, 65_535));
        if (!Packets.Service.TryCreate(protocol, from, to, out var service, out var problem))
        {
            Note(value, problem!);
            return Packets.Service.Any;
        }

        if ((service.From, service.To) != (from, to)) Note(value, "the ports are not those of the protocol");
        return service;
    }

    public Peer Peer(JsonTree value)
    {
        if (Member(value, "peer") is { } peer && IsObject(peer, "\"peer\""))
        {
            var (cidr, group, list) = (Optional(peer, "cidr"), Optional(peer, "group"), Optional(peer, "prefixList"));
            if ((cidr, group, list) is ({ }, null, null))
            {
                if (Packets.Cidr.TryParse(Text(cidr), out var block, out var hostBits) && !hostBits) return new CidrPeer(block);
                Note(cidr, "the block is not a canonical CIDR");
            }
            else if ((cidr, group, list) is (null, { }, null))
            {
                var account = OptionalText(peer, "account");
                return new GroupPeer(Group(peer, "group")) { Account = account.Length == 0 ? null : account };
            }
            else if ((cidr, group, list) is (null, null, { }) && Text(list) is { Length: > 0 } id)
            {
                return new PrefixListPeer(new PrefixListId(id));
            }
            else
            {
                Note(peer, "a peer is exactly one of cidr, group and prefixList");
            }
        }

        return new CidrPeer(Packets.Cidr.AnyV4);
    }

    private ImmutableArray<JsonTree> Items(JsonTree member, string name)
    {
        if (member.Kind == JsonValueKind.Array) return member.Items;
        Note(member, $"\"{name}\" is not a list");
        return [];
    }
}

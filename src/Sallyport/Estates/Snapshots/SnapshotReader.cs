using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using Sallyport.Diagnostics;
using Sallyport.Estates.Files;
using Sallyport.Packets;

namespace Sallyport.Estates.Snapshots;

/// <summary>
/// Reads what <see cref="SnapshotWriter"/> writes. Fields may come in any order and unknown ones are passed over, so that an older reader
/// takes a newer file of the same version; rules are read token by token, other things object by object.
/// </summary>
internal sealed partial class SnapshotReader(JsonInput input, EstateBuilder into, FileDiagnostics said)
{
    private static readonly GapKind[] ImpliedKinds =
        [GapKind.NetworkInterfaces, GapKind.Vpcs, GapKind.Subnets, GapKind.RouteTables, GapKind.NetworkAcls, GapKind.Peerings];

    private readonly Utf8Texts _texts = new();
    private readonly BlockPeers _blocks = new();
    private readonly Utf8Cache<object> _services = new(12);
    private readonly List<SecurityGroupRule> _rules = [];
    private readonly List<EstateGap> _gaps = [];
    private readonly List<Scope> _scopes = [];
    private bool _tellsKindsByScope;

    /// <summary>Reads to the end of the file or to the first place that is no JSON.</summary>
    public void Read()
    {
        var reader = input.Start();
        try
        {
            var count = 0;
            while (input.Read(ref reader))
            {
                var at = input.PlaceOf(ref reader);
                if (count++ > 0 || reader.TokenType != JsonTokenType.StartObject) throw Damaged("there is more than one value", at);
                ReadSnapshot(ref reader, at);
            }
        }
        catch (JsonException e)
        {
            said.Add(input.Explain(e, ref reader));
        }
        catch (JsonInputException e)
        {
            said.Add(e.Diagnostic);
        }
    }

    private void ReadSnapshot(ref Utf8JsonReader reader, SourceSpan at)
    {
        var hasVersion = false;
        while (input.NextProperty(ref reader))
        {
            var name = input.GetText(ref reader);
            input.Read(ref reader);
            if (name == "schemaVersion")
            {
                hasVersion = true;
                if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt32(out var version) || version < 1) throw Damaged("\"schemaVersion\" is not a version", input.PlaceOf(ref reader));
                if (version > SnapshotFormat.SchemaVersion) throw new JsonInputException(EstateDiagnostics.NewerSnapshot(version, SnapshotFormat.SchemaVersion, input.PlaceOf(ref reader)));
                continue;
            }

            if (reader.TokenType != JsonTokenType.StartArray)
            {
                input.Skip(ref reader);
                continue;
            }

            // Snapshots written before this section came do not say whether the kinds told by scope were read.
            _tellsKindsByScope |= name == "publicAccessBlocks";
            while (input.NextElement(ref reader)) ReadItem(ref reader, name);
        }

        if (!hasVersion) throw Damaged("\"schemaVersion\" is missing", at);
        foreach (var kind in ImpliedKinds)
        {
            if (!_gaps.Exists(g => g.What == kind && g.Where.Length == 0 && EstateBuilder.IsImplied(g))) into.MarkCollected(kind);
        }

        if (_tellsKindsByScope) MarkKindsByScope();
        foreach (var gap in _gaps)
        {
            if (!EstateBuilder.IsImplied(gap)) into.Add(gap);
        }
    }

    private void MarkKindsByScope()
    {
        foreach (var kind in EstateBuilder.KindsByScope)
        {
            if (_scopes.Count == 0 && !_gaps.Exists(g => g.What == kind)) into.MarkCollected(kind);
            foreach (var scope in _scopes)
            {
                if (!EstateBuilder.IsTold(_gaps, kind, scope)) into.MarkCollected(kind, scope);
            }
        }
    }

    private void ReadItem(ref Utf8JsonReader reader, string section)
    {
        var at = input.PlaceOf(ref reader);
        if (reader.TokenType != JsonTokenType.StartObject) throw Damaged($"\"{section}\" holds {JsonItem.Describe(reader.TokenType)}", at);
        if (section == "securityGroups")
        {
            ReadGroup(ref reader, at);
            return;
        }

        input.Pin(ref reader);
        var bytes = input.TakePinned(ref reader);
        if (!JsonItem.IsValidText(bytes.Span)) throw new JsonInputException(EstateDiagnostics.BadText(at));
        using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = JsonInput.MaxDepth });
        ReadThing(section, new JsonItem(document.RootElement, at, said), document.RootElement);
    }

    private void ReadGroup(ref Utf8JsonReader reader, SourceSpan at)
    {
        string? id = null, account = null, region = null, name = null, unknownName = null, description = null, unknownDescription = null, vpc = null;
        List<KeyValuePair<string, string>>? tags = null, unknownTags = null;
        ImmutableArray<MalformedRule> malformed = [];
        _rules.Clear();
        while (input.NextProperty(ref reader))
        {
            var key = reader.ValueSpan;
            if (key.SequenceEqual("id"u8)) id = Text(ref reader);
            else if (key.SequenceEqual("account"u8)) account = Text(ref reader);
            else if (key.SequenceEqual("region"u8)) region = Text(ref reader);
            else if (key.SequenceEqual("name"u8)) name = Text(ref reader);
            else if (key.SequenceEqual("unknownName"u8)) unknownName = Text(ref reader);
            else if (key.SequenceEqual("description"u8)) description = Text(ref reader);
            else if (key.SequenceEqual("unknownDescription"u8)) unknownDescription = Text(ref reader);
            else if (key.SequenceEqual("vpc"u8)) vpc = Text(ref reader);
            else if (key.SequenceEqual("tags"u8)) tags = ReadTags(ref reader);
            else if (key.SequenceEqual("unknownTags"u8)) unknownTags = ReadTags(ref reader);
            else if (key.SequenceEqual("malformed"u8)) malformed = ReadMalformed(ref reader);
            else if (key.SequenceEqual("rules"u8)) ReadRules(ref reader);
            else input.Skip(ref reader);
        }

        if (string.IsNullOrEmpty(id)) throw Damaged("a group has no \"id\"", at);
        into.Add(new SecurityGroup(new SecurityGroupId(id), new Scope(account ?? string.Empty, region ?? string.Empty))
        {
            Name = name ?? string.Empty,
            UnknownName = unknownName,
            Description = description ?? string.Empty,
            UnknownDescription = unknownDescription,
            Vpc = string.IsNullOrEmpty(vpc) ? null : new VpcId(vpc),
            Tags = TagsOf(tags, unknownTags),
            Rules = ImmutableCollectionsMarshal.AsImmutableArray(_rules.ToArray()),
            Malformed = malformed,
            At = at,
        });
    }

    private void ReadRules(ref Utf8JsonReader reader)
    {
        Enter(ref reader, JsonTokenType.StartArray, "rules");
        while (input.NextElement(ref reader))
        {
            if (reader.TokenType != JsonTokenType.StartObject) throw Damaged("\"rules\" holds no objects", input.PlaceOf(ref reader));
            ReadRule(ref reader);
        }
    }

    private void ReadRule(ref Utf8JsonReader reader)
    {
        var line = input.LineOf(ref reader);
        Direction? direction = null;
        Service? service = null;
        Peer? peer = null;
        string? group = null, account = null, vpc = null, peering = null, status = null, id = null, slip = null, unknownDescription = null;
        var description = string.Empty;
        List<KeyValuePair<string, string>>? tags = null, unknownTags = null;
        var tellsTags = false;
        while (input.NextProperty(ref reader))
        {
            var key = reader.ValueSpan;
            if (key.SequenceEqual("direction"u8)) direction = DirectionOf(Text(ref reader), ref reader);
            else if (key.SequenceEqual("service"u8)) service = ReadService(ref reader);
            else if (key.SequenceEqual("cidr"u8)) peer = ReadBlock(ref reader);
            else if (key.SequenceEqual("prefixList"u8)) peer = new PrefixListPeer(new PrefixListId(Text(ref reader)));
            else if (key.SequenceEqual("group"u8)) group = Text(ref reader);
            else if (key.SequenceEqual("groupAccount"u8)) account = Text(ref reader);
            else if (key.SequenceEqual("groupVpc"u8)) vpc = Text(ref reader);
            else if (key.SequenceEqual("groupPeering"u8)) peering = Text(ref reader);
            else if (key.SequenceEqual("groupPeeringStatus"u8)) status = Text(ref reader);
            else if (key.SequenceEqual("description"u8)) description = Text(ref reader);
            else if (key.SequenceEqual("unknownDescription"u8)) unknownDescription = Text(ref reader);
            else if (key.SequenceEqual("id"u8)) id = Text(ref reader);
            else if (key.SequenceEqual("slip"u8)) slip = Text(ref reader);
            else if (key.SequenceEqual("tags"u8)) (tags, tellsTags) = (ReadTags(ref reader), true);
            else if (key.SequenceEqual("unknownTags"u8)) (unknownTags, tellsTags) = (ReadTags(ref reader), true);
            else input.Skip(ref reader);
        }

        if (group is not null)
        {
            peer = new GroupPeer(new SecurityGroupId(group))
            {
                Account = account,
                Vpc = vpc is null ? null : new VpcId(vpc),
                Peering = peering is null ? null : new PeeringId(peering),
                PeeringStatus = status,
            };
        }

        if (direction is not { } side || service is not { } allowed || peer is null) throw Damaged("a rule lacks its direction, service or peer", new SourceSpan(input.File, line));
        _rules.Add(new SecurityGroupRule(side, allowed, peer)
        {
            Description = description,
            UnknownDescription = unknownDescription,
            Id = id is null ? null : new SecurityGroupRuleId(id),
            Tags = tellsTags ? TagsOf(tags, unknownTags) : null,
            Slip = slip,
            File = input.File,
            Line = line,
        });
    }

    private Service ReadService(ref Utf8JsonReader reader)
    {
        Enter(ref reader, JsonTokenType.String, "service");
        if (_services.Find(reader.ValueSpan, out var hash) is Service known) return known;
        var text = input.GetText(ref reader);
        if (!Service.TryParse(text, out var service, out var problem)) throw Damaged($"\"{text}\" is no service: {problem}", input.PlaceOf(ref reader));
        _services.Put(reader.ValueSpan, hash, service);
        return service;
    }

    private CidrPeer ReadBlock(ref Utf8JsonReader reader)
    {
        Enter(ref reader, JsonTokenType.String, "cidr");
        if (_blocks.Find(reader.ValueSpan) is { } known) return known;
        var text = input.GetText(ref reader);
        if (!Cidr.TryParse(text, out var cidr)) throw Damaged($"\"{text}\" is no CIDR block", input.PlaceOf(ref reader));
        return new CidrPeer(cidr);
    }

    private ImmutableArray<MalformedRule> ReadMalformed(ref Utf8JsonReader reader)
    {
        Enter(ref reader, JsonTokenType.StartArray, "malformed");
        var all = ImmutableArray.CreateBuilder<MalformedRule>();
        while (input.NextElement(ref reader))
        {
            var at = input.PlaceOf(ref reader);
            if (reader.TokenType != JsonTokenType.StartObject) throw Damaged("\"malformed\" holds no objects", at);
            Direction? direction = null;
            var problem = string.Empty;
            while (input.NextProperty(ref reader))
            {
                if (reader.ValueSpan.SequenceEqual("direction"u8)) direction = DirectionOf(Text(ref reader), ref reader);
                else if (reader.ValueSpan.SequenceEqual("problem"u8)) problem = Text(ref reader);
                else input.Skip(ref reader);
            }

            all.Add(new MalformedRule(direction ?? throw Damaged("a malformed rule lacks its direction", at), problem, at));
        }

        return all.ToImmutable();
    }

    private List<KeyValuePair<string, string>>? ReadTags(ref Utf8JsonReader reader)
    {
        Enter(ref reader, JsonTokenType.StartObject, "tags");
        List<KeyValuePair<string, string>>? pairs = null;
        while (input.NextProperty(ref reader))
        {
            var key = input.GetText(ref reader);
            (pairs ??= []).Add(new(key, Text(ref reader)));
        }

        return pairs;
    }

    private static Tags TagsOf(List<KeyValuePair<string, string>>? pairs, List<KeyValuePair<string, string>>? unknown) =>
        unknown is not null ? Tags.Of(pairs ?? [], unknown) : pairs is null ? Tags.None : Tags.Of(pairs);

    private string Text(ref Utf8JsonReader reader)
    {
        Enter(ref reader, JsonTokenType.String, "text");
        if (reader.ValueSpan.Length > 256 || reader.ValueIsEscaped) return input.GetText(ref reader);
        return _texts.Find(reader.ValueSpan, out var slot) ?? _texts.Put(slot, input.GetText(ref reader));
    }

    private Direction DirectionOf(string text, ref Utf8JsonReader reader) => text switch
    {
        "ingress" => Direction.Ingress,
        "egress" => Direction.Egress,
        _ => throw Damaged($"\"{text}\" is no direction", input.PlaceOf(ref reader)),
    };

    private void Enter(ref Utf8JsonReader reader, JsonTokenType expected, string what)
    {
        input.Read(ref reader);
        if (reader.TokenType != expected) throw Damaged($"{what} is {JsonItem.Describe(reader.TokenType)}", input.PlaceOf(ref reader));
    }

    private static JsonInputException Damaged(string problem, SourceSpan at) => new(EstateDiagnostics.BadSnapshot(problem, at));
}

using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Sallyport.Planning;

/// <summary>A parsed JSON value that knows where it stands, for files that people may have edited and programs may have damaged.</summary>
internal sealed class JsonTree
{
    private const int MaxDepth = 32;

    private JsonTree(JsonValueKind kind, int offset)
    {
        Kind = kind;
        Offset = offset;
    }

    public JsonValueKind Kind { get; }

    /// <summary>Bytes before the value.</summary>
    public int Offset { get; }

    public string Text { get; private init; } = string.Empty;

    public long? Number { get; private init; }

    public ImmutableArray<JsonTree> Items { get; private init; } = [];

    public IReadOnlyDictionary<string, JsonTree> Members { get; private init; } = ImmutableDictionary<string, JsonTree>.Empty;

    /// <summary>Parses exactly one value; on failure says what is wrong and where.</summary>
    public static JsonTree? Parse(ReadOnlySpan<byte> json, out string problem, out int offset)
    {
        // The whole text is decoded once so that a broken byte is a problem here and not in some member's getter.
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            reader.Read();
            var value = Read(ref reader);
            problem = string.Empty;
            offset = 0;
            if (!reader.Read()) return value;
            (problem, offset) = ("something follows its end.", (int)reader.TokenStartIndex);
            return null;
        }
        catch (JsonException e)
        {
            problem = FirstSentence(e.Message);
            offset = (int)Math.Min(reader.BytesConsumed, json.Length);
            return null;
        }
        catch (InvalidOperationException)
        {
            // The reader's way to say that a string is no Unicode text.
            problem = "a text in it is not valid Unicode.";
            offset = (int)reader.TokenStartIndex;
            return null;
        }
    }

    /// <summary>1-based line and column (in bytes) of an offset.</summary>
    public static (int Line, int Column) PlaceOf(ReadOnlySpan<byte> json, int offset)
    {
        var before = json[..Math.Min(offset, json.Length)];
        return (before.Count((byte)'\n') + 1, before.Length - before.LastIndexOf((byte)'\n'));
    }

    private static JsonTree Read(ref Utf8JsonReader reader)
    {
        var offset = (int)reader.TokenStartIndex;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var members = new Dictionary<string, JsonTree>(StringComparer.Ordinal);
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var name = reader.GetString()!;
                    reader.Read();
                    if (!members.TryAdd(name, Read(ref reader))) throw new JsonException($"the key \"{name}\" is given twice.");
                }

                return new JsonTree(JsonValueKind.Object, offset) { Members = members };
            case JsonTokenType.StartArray:
                var items = ImmutableArray.CreateBuilder<JsonTree>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) items.Add(Read(ref reader));
                return new JsonTree(JsonValueKind.Array, offset) { Items = items.DrainToImmutable() };
            case JsonTokenType.String:
                return new JsonTree(JsonValueKind.String, offset) { Text = reader.GetString()! };
            case JsonTokenType.Number:
                return new JsonTree(JsonValueKind.Number, offset)
                {
                    Number = reader.TryGetInt64(out var number) ? number : null,
                    Text = Encoding.UTF8.GetString(reader.ValueSpan),
                };
            case JsonTokenType.True:
                return new JsonTree(JsonValueKind.True, offset);
            case JsonTokenType.False:
                return new JsonTree(JsonValueKind.False, offset);
            default:
                return new JsonTree(JsonValueKind.Null, offset);
        }
    }

    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }
}

using System.Text.Json;

namespace Sallyport.Estates.Files;

/// <summary>The beginning of a file, for telling its format.</summary>
public sealed class EstateFileHead
{
    private readonly Lazy<IReadOnlyDictionary<string, string?>> _keys;

    internal EstateFileHead(EstateFile file, ReadOnlyMemory<byte> bytes)
    {
        File = file;
        Bytes = bytes;
        var text = bytes.Span.TrimStart(" \t\r\n"u8);
        First = text.IsEmpty ? '\0' : (char)text[0];
        _keys = new(() => ReadKeys(Bytes.Span));
    }

    /// <summary>Which file.</summary>
    public EstateFile File { get; }

    /// <summary>At most 64 KiB of UTF-8, without byte-order mark; it may end within a character.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The first byte that is not white space; NUL when there is none.</summary>
    public char First { get; }

    /// <summary>
    /// Top-level keys of the first JSON object as far as the head reaches, each with its value when that is text, else null. Empty
    /// when the head is not a JSON object.
    /// </summary>
    public IReadOnlyDictionary<string, string?> Keys => _keys.Value;

    private static Dictionary<string, string?> ReadKeys(ReadOnlySpan<byte> bytes)
    {
        var keys = new Dictionary<string, string?>();
        var reader = new Utf8JsonReader(bytes, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = JsonInput.MaxDepth }));
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return keys;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var key = reader.GetString()!;
                keys[key] = null;
                if (!reader.Read()) return keys;
                if (reader.TokenType == JsonTokenType.String) keys[key] = reader.GetString();
                if (!reader.TrySkip()) return keys;
            }
        }
        catch (JsonException)
        {
            // The reader of the format will say where the text breaks; a head only has to be recognised.
        }
        catch (InvalidOperationException)
        {
            // Text that is no valid Unicode: same.
        }

        return keys;
    }
}

using System.Text;
using System.Text.Json;
using Sallyport.Diagnostics;
using Sallyport.Packets;

namespace Sallyport.Estates.Files;

/// <summary>
/// One object of a file, whole in memory, read field by field: an absent field and <c>null</c> are the same, a field of the wrong type
/// is an error at the object's place, text that cannot be understood a warning. For everything but groups and rules, whose number
/// calls for streaming.
/// </summary>
internal readonly struct JsonItem(JsonElement element, SourceSpan at, FileDiagnostics said)
{
    /// <summary>Where the object begins.</summary>
    public SourceSpan At { get; } = at;

    /// <summary>Where what is wrong is said.</summary>
    public FileDiagnostics Said { get; } = said;

    /// <summary>
    /// True when every string of a well-formed JSON text is valid Unicode; only then may <see cref="JsonElement"/> be asked for text.
    /// </summary>
    public static bool IsValidText(ReadOnlySpan<byte> json)
    {
        if (!System.Text.Unicode.Utf8.IsValid(json)) return false;
        if (json.IndexOf("\\ud"u8) < 0 && json.IndexOf("\\uD"u8) < 0) return true;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = JsonInput.MaxDepth });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName) reader.GetString();
            }
        }
        catch (InvalidOperationException)
        {
            return false;
        }

        return true;
    }

    /// <summary>True when the field is there and not null.</summary>
    public bool Has(ReadOnlySpan<byte> name) => Find(name, out _);

    /// <summary>Text; null when absent.</summary>
    public string? Text(ReadOnlySpan<byte> name)
    {
        if (!Find(name, out var value)) return null;
        if (value.ValueKind == JsonValueKind.String) return value.GetString();
        Said.Add(EstateDiagnostics.WrongType(Encoding.UTF8.GetString(name), "text", Describe(value.ValueKind), At));
        return null;
    }

    /// <summary>Text that must be there: its absence is an error, and then null.</summary>
    public string? Required(string kind, ReadOnlySpan<byte> name)
    {
        var text = Text(name);
        if (string.IsNullOrEmpty(text)) Said.Add(EstateDiagnostics.MissingField(kind, Encoding.UTF8.GetString(name), At));
        return string.IsNullOrEmpty(text) ? null : text;
    }

    /// <summary>A whole number; null when absent.</summary>
    public long? Number(ReadOnlySpan<byte> name)
    {
        if (!Find(name, out var value)) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)) return number;
        Said.Add(EstateDiagnostics.WrongType(Encoding.UTF8.GetString(name), "a whole number", Describe(value.ValueKind), At));
        return null;
    }

    /// <summary>A whole number within <see cref="int"/>; null when absent.</summary>
    public int? Int(ReadOnlySpan<byte> name) => Number(name) is { } number ? (int)Math.Clamp(number, int.MinValue, int.MaxValue) : null;

    /// <summary>True or false; null when absent.</summary>
    public bool? Flag(ReadOnlySpan<byte> name)
    {
        if (!Find(name, out var value)) return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        Said.Add(EstateDiagnostics.WrongType(Encoding.UTF8.GetString(name), "true or false", Describe(value.ValueKind), At));
        return null;
    }

    /// <summary>An object inside; null when absent.</summary>
    public JsonItem? Object(ReadOnlySpan<byte> name)
    {
        if (!Find(name, out var value)) return null;
        if (value.ValueKind == JsonValueKind.Object) return new JsonItem(value, At, Said);
        Said.Add(EstateDiagnostics.WrongType(Encoding.UTF8.GetString(name), "an object", Describe(value.ValueKind), At));
        return null;
    }

    /// <summary>The objects of an array; none when absent.</summary>
    public List<JsonItem> Items(ReadOnlySpan<byte> name)
    {
        var items = new List<JsonItem>();
        foreach (var value in Elements(name))
        {
            if (value.ValueKind == JsonValueKind.Object) items.Add(new JsonItem(value, At, Said));
            else if (value.ValueKind != JsonValueKind.Null) Said.Add(EstateDiagnostics.WrongType(Encoding.UTF8.GetString(name), "a list of objects", $"a list with {Describe(value.ValueKind)}", At));
        }

        return items;
    }

    /// <summary>The texts of an array; none when absent.</summary>
    public List<string> Texts(ReadOnlySpan<byte> name)
    {
        var texts = new List<string>();
        foreach (var value in Elements(name))
        {
            if (value.ValueKind == JsonValueKind.String) texts.Add(value.GetString()!);
            else if (value.ValueKind != JsonValueKind.Null) Said.Add(EstateDiagnostics.WrongType(Encoding.UTF8.GetString(name), "a list of texts", $"a list with {Describe(value.ValueKind)}", At));
        }

        return texts;
    }

    /// <summary>A block; null when absent or not one, which is a warning.</summary>
    public Cidr? Block(ReadOnlySpan<byte> name, string owner)
    {
        if (Text(name) is not { Length: > 0 } text) return null;
        if (!Cidr.TryParse(text, out var cidr, out var hadHostBits))
        {
            Said.Add(EstateDiagnostics.BadValue(Encoding.UTF8.GetString(name), text, owner, At));
            return null;
        }

        if (hadHostBits) Said.Add(EstateDiagnostics.HostBits(text, cidr.ToString(), At));
        return cidr;
    }

    /// <summary>An address; null when absent or not one, which is a warning.</summary>
    public Address? IpAddress(ReadOnlySpan<byte> name, string owner)
    {
        if (Text(name) is not { Length: > 0 } text) return null;
        if (Address.TryParse(text, out var address)) return address;
        Said.Add(EstateDiagnostics.BadValue(Encoding.UTF8.GetString(name), text, owner, At));
        return null;
    }

    /// <summary>A list of <c>Key</c> and <c>Value</c>.</summary>
    public Tags Tags(ReadOnlySpan<byte> name)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var tag in Items(name))
        {
            if (tag.Text("Key"u8) is { } key) pairs.Add(new(key, tag.Text("Value"u8) ?? string.Empty));
        }

        return Estates.Tags.Of(pairs);
    }

    /// <summary>How to call a value of that kind in a sentence.</summary>
    public static string Describe(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };

    /// <summary>How to call a token in a sentence.</summary>
    public static string Describe(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => "text",
        JsonTokenType.Number => "a number",
        JsonTokenType.Null => "null",
        _ => "true or false",
    };

    private bool Find(ReadOnlySpan<byte> name, out JsonElement value) =>
        element.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;

    private JsonElement.ArrayEnumerator Elements(ReadOnlySpan<byte> name)
    {
        if (!Find(name, out var value)) return default;
        if (value.ValueKind == JsonValueKind.Array) return value.EnumerateArray();
        Said.Add(EstateDiagnostics.WrongType(Encoding.UTF8.GetString(name), "a list", Describe(value.ValueKind), At));
        return default;
    }
}

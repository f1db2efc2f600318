using System.Runtime.InteropServices;
using System.Text.Json;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Estates.Files;
using Sallyport.Hcl.Values;

namespace Sallyport.Terraform.Plans;

/// <summary>
/// Reads values of a plan from JSON that is known to be well-formed. Keys and short texts that repeat share one object. Throws
/// <see cref="JsonInputException"/> for text that is no valid Unicode.
/// </summary>
internal sealed class PlanValueReader(string file)
{
    /// <summary>Stands where a plan leaves a value open, until what it depends on was looked up.</summary>
    public static readonly HclUnknown Unsettled = new("it is known after apply");

    /// <summary>Stands for a value that the plan or state marks as sensitive: no other part sees it, so that it is never printed.</summary>
    public static readonly HclUnknown Sensitive = new("it is marked as sensitive");

    private const int MostShared = 64;
    private const int SharedBits = 12;

    private static readonly HclNumber[] Small = [.. Enumerable.Range(0, 256).Select(n => new HclNumber(n))];

    private readonly Utf8Texts _texts = new(SharedBits);
    private readonly HclString?[] _strings = new HclString?[1 << SharedBits];

    // What is open of all maps and lists that are being read, one behind the other.
    private readonly List<KeyValuePair<string, HclValue>> _pairs = [];
    private readonly List<HclValue> _items = [];

    /// <summary>1-based line of what is being read.</summary>
    public int Line { get; set; }

    /// <summary>The value that the reader stands on; the reader is left at its last token.</summary>
    public HclValue Read(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => String(ref reader),
        JsonTokenType.Number => Number(reader.GetDouble()),
        JsonTokenType.True => HclBool.Of(true),
        JsonTokenType.False => HclBool.Of(false),
        JsonTokenType.StartArray => List(ref reader),
        JsonTokenType.StartObject => Map(ref reader),
        _ => HclNull.Instance,
    };

    /// <summary>The value that those bytes hold.</summary>
    public HclValue Read(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = JsonInput.MaxDepth });
        return reader.Read() ? Read(ref reader) : HclNull.Instance;
    }

    /// <summary>
    /// Puts a mark wherever an <c>after_unknown</c> or <c>after_sensitive</c>, on which the reader stands, has <c>true</c>. A value without
    /// any is handed back as it was. Of a key that comes twice both marks hold, and what has a mark keeps it.
    /// </summary>
    public HclValue Mark(ref Utf8JsonReader reader, HclValue value, HclUnknown with)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.True:
                return with;
            case JsonTokenType.StartArray or JsonTokenType.StartObject when value is HclUnknown:
                // Where no part can be told from another, a secret hides the whole: what is unknown may be looked up later.
                return HasMark(ref reader) && ReferenceEquals(with, Sensitive) ? with : value;
            case JsonTokenType.StartArray:
                List<HclValue>? items = null;
                for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
                {
                    var known = value is HclList list && i < list.Items.Length ? list.Items[i] : HclNull.Instance;
                    var marked = Mark(ref reader, known, with);
                    if (ReferenceEquals(marked, known)) continue;
                    items ??= value is HclList before ? [.. before.Items] : [];
                    while (items.Count <= i) items.Add(HclNull.Instance);
                    items[i] = marked;
                }

                return items is null ? value : new HclList([.. items]);
            case JsonTokenType.StartObject:
                var map = value as HclMap ?? HclMap.Empty;
                Dictionary<string, HclValue>? changed = null;
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var key = Text(ref reader);
                    reader.Read();
                    var known = changed?.GetValueOrDefault(key) ?? map.Items.GetValueOrDefault(key) ?? HclNull.Instance;
                    var marked = Mark(ref reader, known, with);
                    if (!ReferenceEquals(marked, known)) (changed ??= [])[key] = marked;
                }

                if (changed is null) return value;
                var all = map.Items.ToBuilder();
                foreach (var (key, marked) in changed) all[key] = marked;
                return new HclMap(all.ToItems());
            default:
                return value;
        }
    }

    // Reads to the end of the marks.
    private static bool HasMark(ref Utf8JsonReader reader)
    {
        var (depth, has) = (reader.CurrentDepth, false);
        while (reader.Read() && reader.CurrentDepth > depth) has |= reader.TokenType == JsonTokenType.True;
        return has;
    }

    /// <summary>The text that the reader stands on, a property's name or a value.</summary>
    public string Text(ref Utf8JsonReader reader)
    {
        if (reader.ValueIsEscaped || reader.ValueSpan.Length > MostShared) return Unshared(ref reader);
        return _texts.Find(reader.ValueSpan, out var slot) ?? _texts.Put(slot, Unshared(ref reader));
    }

    private HclString String(ref Utf8JsonReader reader)
    {
        if (reader.ValueIsEscaped || reader.ValueSpan.Length > MostShared) return new HclString(Unshared(ref reader));
        var text = _texts.Find(reader.ValueSpan, out var slot) ?? _texts.Put(slot, Unshared(ref reader));
        return ReferenceEquals(_strings[slot]?.Value, text) ? _strings[slot]! : _strings[slot] = new HclString(text);
    }

    /// <summary>A text of which there is no other, such as an address.</summary>
    public string Unshared(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new JsonInputException(EstateDiagnostics.BadText(new SourceSpan(file, Line)));
        }
    }

    private HclMap Map(ref Utf8JsonReader reader)
    {
        var start = _pairs.Count;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = Text(ref reader);
            reader.Read();
            _pairs.Add(new(key, Read(ref reader)));
        }

        if (_pairs.Count == start) return HclMap.Empty;
        var map = new HclMap(HclItems.Of(CollectionsMarshal.AsSpan(_pairs)[start..]));
        _pairs.RemoveRange(start, _pairs.Count - start);
        return map;
    }

    private HclList List(ref Utf8JsonReader reader)
    {
        var start = _items.Count;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) _items.Add(Read(ref reader));
        if (_items.Count == start) return HclList.Empty;
        var list = new HclList([.. CollectionsMarshal.AsSpan(_items)[start..]]);
        _items.RemoveRange(start, _items.Count - start);
        return list;
    }

    private static HclValue Number(double value) =>
        value >= 0 && value < Small.Length && value == Math.Floor(value) ? Small[(int)value] : HclNumber.Of(value);
}

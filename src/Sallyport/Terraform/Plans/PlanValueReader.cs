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

    private static readonly HclNumber[] Small = [.. Enumerable.Range(0, 256).Select(n => new HclNumber(n))];

    private readonly Utf8Texts _texts = new();

    /// <summary>1-based line of what is being read.</summary>
    public int Line { get; set; }

    /// <summary>The value that the reader stands on; the reader is left at its last token.</summary>
    public HclValue Read(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => new HclString(Text(ref reader)),
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
    /// any is handed back as it was.
    /// </summary>
    public HclValue Mark(ref Utf8JsonReader reader, HclValue value, HclUnknown with)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.True:
                return with;
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
                var changed = map.Items;
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var key = Text(ref reader);
                    reader.Read();
                    var known = map.Items.GetValueOrDefault(key) ?? HclNull.Instance;
                    var marked = Mark(ref reader, known, with);
                    if (!ReferenceEquals(marked, known)) changed = changed.SetItem(key, marked);
                }

                return ReferenceEquals(changed, map.Items) ? value : new HclMap(changed);
            default:
                return value;
        }
    }

    /// <summary>The text that the reader stands on, a property's name or a value.</summary>
    public string Text(ref Utf8JsonReader reader)
    {
        try
        {
            if (reader.ValueIsEscaped || reader.ValueSpan.Length > MostShared) return reader.GetString()!;
            return _texts.Find(reader.ValueSpan, out var slot) ?? _texts.Put(slot, reader.GetString()!);
        }
        catch (InvalidOperationException)
        {
            throw new JsonInputException(EstateDiagnostics.BadText(new SourceSpan(file, Line)));
        }
    }

    private HclMap Map(ref Utf8JsonReader reader)
    {
        var builder = HclMap.Empty.Items.ToBuilder();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = Text(ref reader);
            reader.Read();
            builder[key] = Read(ref reader);
        }

        return builder.Count == 0 ? HclMap.Empty : new HclMap(builder.ToImmutable());
    }

    private HclList List(ref Utf8JsonReader reader)
    {
        List<HclValue>? items = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) (items ??= []).Add(Read(ref reader));
        return items is null ? HclList.Empty : new HclList([.. items]);
    }

    private static HclValue Number(double value) =>
        value >= 0 && value < Small.Length && value == Math.Floor(value) ? Small[(int)value] : HclNumber.Of(value);
}

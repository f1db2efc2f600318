using Sallyport.Hcl.Evaluation;
using Sallyport.Hcl.Values;

namespace Sallyport.Hcl.Functions;

/// <content>Collections. Unknown elements are carried along wherever they change neither length nor choice.</content>
internal static partial class HclFunctions
{
    private const int MostRange = 100_000;

    private static HclFunction[] Collections =>
    [
        new("length", 1, 1, a => Length(a[0])),
        new("concat", 1, int.MaxValue, a => a.All(v => v is HclList) ? new HclList([.. a.Cast<HclList>().SelectMany(l => l.Items)]) : null),
        new("flatten", 1, 1, a => a[0] is HclList list ? new HclList([.. Flat(list)]) : null),
        new("compact", 1, 1, a => a[0] is HclList list && !list.Items.Any(i => i is HclUnknown { IsId: false })
            ? new HclList([.. list.Items.Where(i => i is not (HclNull or HclString { Value.Length: 0 }))])
            : null),
        new("distinct", 1, 1, a => a[0] is HclList list ? new HclList([.. list.Items.Distinct()]) : null),
        new("contains", 2, 2, a => a[0] is HclList list ? Contains(list, a[1]) : null),
        new("element", 2, 2, a => a[0] is HclList { Items: not [] } list && Whole(a[1]) is >= 0 and { } i ? list.Items[i % list.Items.Length] : null),
        new("index", 2, 2, a => a[0] is HclList { IsWhollyKnown: true } list && list.Items.IndexOf(a[1]) is >= 0 and var i ? new HclNumber(i) : null),
        new("slice", 3, 3, a => a[0] is HclList list && Whole(a[1]) is >= 0 and { } from && Whole(a[2]) is { } to && from <= to && to <= list.Items.Length
            ? new HclList(list.Items[from..to])
            : null),
        new("reverse", 1, 1, a => a[0] is HclList list ? new HclList([.. list.Items.Reverse()]) : null),
        new("sort", 1, 1, a => a[0] is HclList list && TextsOf([list]) is { } texts ? new HclList([.. texts.Order(StringComparer.Ordinal).Select(t => (HclValue)new HclString(t))]) : null),
        new("range", 1, 3, Range),
        new("chunklist", 2, 2, a => a[0] is HclList list && Whole(a[1]) is > 0 and { } size ? new HclList([.. list.Items.Chunk(size).Select(c => (HclValue)new HclList([.. c]))]) : null),
        new("one", 1, 1, a => a[0] is HclList { Items.Length: <= 1 } list ? list.Items.FirstOrDefault() ?? HclNull.Instance : null),
        new("coalesce", 1, int.MaxValue, a => First(a, v => v is HclNull or HclString { Value.Length: 0 }), TakesUnknown: true),
        new("coalescelist", 1, int.MaxValue, a => First(a, v => v is HclNull or HclList { Items.Length: 0 }), TakesUnknown: true),
        new("alltrue", 1, 1, a => a[0] is HclList { IsWhollyKnown: true } list ? HclBool.Of(list.Items.All(i => HclConversion.ToBool(i) is HclBool { Value: true })) : null),
        new("anytrue", 1, 1, a => a[0] is HclList { IsWhollyKnown: true } list ? HclBool.Of(list.Items.Any(i => HclConversion.ToBool(i) is HclBool { Value: true })) : null),
        new("keys", 1, 1, a => a[0] is HclMap map ? new HclList([.. map.Items.Keys.Select(k => (HclValue)new HclString(k))]) : null),
        new("values", 1, 1, a => a[0] is HclMap map ? new HclList([.. map.Items.Values]) : null),
        new("lookup", 2, 3, a => a[0] is HclMap map && TextOf(a[1]) is { } key ? map.Items.GetValueOrDefault(key) ?? (a.Count > 2 ? a[2] : null) : null),
        new("merge", 0, int.MaxValue, a => a.All(v => v is HclMap or HclNull) ? HclMap.Of(a.OfType<HclMap>().SelectMany(m => m.Items)) : null),
        new("zipmap", 2, 2, a => a[0] is HclList keys && a[1] is HclList values && keys.Items.Length == values.Items.Length && TextsOf([keys]) is { } texts
            ? HclMap.Of(texts.Zip(values.Items, (k, v) => new KeyValuePair<string, HclValue>(k, v)))
            : null),
        new("matchkeys", 3, 3, a => a[0] is HclList values && a[1] is HclList { IsWhollyKnown: true } keys && a[2] is HclList { IsWhollyKnown: true } wanted && keys.Items.Length == values.Items.Length
            ? new HclList([.. values.Items.Where((_, i) => wanted.Items.Contains(keys.Items[i]))])
            : null),
        new("transpose", 1, 1, a => a[0] is HclMap { IsWhollyKnown: true } map ? Transpose(map) : null),
        new("setunion", 1, int.MaxValue, a => Known(a) is { } lists ? DistinctSorted(new HclList([.. lists.SelectMany(l => l.Items)])) : null),
        new("setintersection", 1, int.MaxValue, a => Known(a) is { } lists
            ? DistinctSorted(new HclList([.. lists[0].Items.Where(i => lists.All(l => l.Items.Contains(i)))]))
            : null),
        new("setsubtract", 2, 2, a => Known(a) is { } lists ? DistinctSorted(new HclList([.. lists[0].Items.Where(i => !lists[1].Items.Contains(i))])) : null),
        new("setproduct", 1, int.MaxValue, SetProduct),
    ];

    private static HclNumber? Length(HclValue value) => value switch
    {
        HclList list => new HclNumber(list.Items.Length),
        HclMap map => new HclNumber(map.Items.Count),
        HclString text => new HclNumber(text.Value.EnumerateRunes().Count()),
        _ => null,
    };

    private static IEnumerable<HclValue> Flat(HclList list) => list.Items.SelectMany(i => i is HclList inner ? Flat(inner) : [i]);

    private static HclBool? Contains(HclList list, HclValue value)
    {
        if (list.Items.Any(i => HclConversion.AreEqual(i, value))) return HclBool.Of(true);
        return list.IsWhollyKnown && value.IsWhollyKnown ? HclBool.Of(false) : null;
    }

    private static HclValue? First(IReadOnlyList<HclValue> values, Func<HclValue, bool> isNothing)
    {
        foreach (var value in values)
        {
            // An id is not empty, whatever it will be; any other unknown might be.
            if (value is HclUnknown { IsId: false }) return new HclUnknown(((HclUnknown)value).Why);
            if (!isNothing(value)) return value;
        }

        return null;
    }

    private static HclList? Range(IReadOnlyList<HclValue> arguments)
    {
        if (NumbersOf(arguments) is not { } n) return null;
        var (from, to) = n.Count == 1 ? (0, n[0]) : (n[0], n[1]);
        var step = n.Count == 3 ? n[2] : from <= to ? 1 : -1;
        if (step == 0 || (to - from) / step > MostRange) return null;
        var items = new List<HclValue>();
        for (var i = from; step > 0 ? i < to : i > to; i += step) items.Add(new HclNumber(i));
        return new HclList([.. items]);
    }

    private static HclMap? Transpose(HclMap map)
    {
        var turned = new SortedDictionary<string, List<HclValue>>(StringComparer.Ordinal);
        foreach (var (key, value) in map.Items)
        {
            if (value is not HclList list || TextsOf([list]) is not { } texts) return null;
            foreach (var text in texts)
            {
                if (!turned.TryGetValue(text, out var keys)) turned.Add(text, keys = []);
                keys.Add(new HclString(key));
            }
        }

        return HclMap.Of(turned.Select(p => new KeyValuePair<string, HclValue>(p.Key, new HclList([.. p.Value]))));
    }

    private static List<HclList>? Known(IReadOnlyList<HclValue> values) =>
        values.All(v => v is HclList { IsWhollyKnown: true }) ? [.. values.Cast<HclList>()] : null;

    private static HclList? SetProduct(IReadOnlyList<HclValue> arguments)
    {
        List<List<HclValue>> rows = [[]];
        foreach (var argument in arguments)
        {
            if (argument is not HclList list || (long)rows.Count * list.Items.Length > MostRange) return null;
            rows = [.. rows.SelectMany(row => list.Items.Select(i => (List<HclValue>)[.. row, i]))];
        }

        return new HclList([.. rows.Select(r => (HclValue)new HclList([.. r]))]);
    }
}

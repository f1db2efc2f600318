using System.Collections.Immutable;
using Sallyport.Hcl.Evaluation;
using Sallyport.Hcl.Syntax;
using Sallyport.Hcl.Values;

namespace Sallyport.Terraform;

/// <summary>How often a block exists, and under which keys.</summary>
internal sealed class Expansion
{
    private const int MostInstances = 10_000;

    private readonly string _kind;
    private readonly string _why;

    private Expansion(string kind, ImmutableArray<ExpansionInstance> instances, string why = "")
    {
        (_kind, _why) = (kind, why);
        Instances = instances;
    }

    /// <summary>In order of their keys. When the number is unknown, one that stands for all of them, with a doubt.</summary>
    public ImmutableArray<ExpansionInstance> Instances { get; }

    /// <summary>Reads <c>count</c> and <c>for_each</c> of a body.</summary>
    public static Expansion Of(HclBody body, Func<HclExpression, HclValue> evaluate)
    {
        if (body.Find("count") is { } count) return Count(evaluate(count.Value));
        return body.Find("for_each") is { } each ? Each(evaluate(each.Value)) : new Expansion("one", [new ExpansionInstance(string.Empty)]);
    }

    /// <summary>One that nobody can tell.</summary>
    public static Expansion Unknown(string why, string name = "count") => new("unknown", [new ExpansionInstance(string.Empty, name, Unnamed(why), why)], why);

    /// <summary>What an expression that names the block sees: one value, a list, a map, or a reference.</summary>
    public HclValue Shape(Func<ExpansionInstance, HclValue> one, string address) => _kind switch
    {
        "one" => one(Instances[0]),
        "count" => new HclList([.. Instances.Select(one)]),
        "each" => HclMap.Of(Instances.Select(i => new KeyValuePair<string, HclValue>(((HclString)((HclMap)i.Value!).Items["key"]).Value, one(i)))),
        _ => new HclUnknown(_why, address),
    };

    private static HclMap Unnamed(string why)
    {
        var unknown = new HclUnknown(why);
        return HclMap.Of([new("index", unknown), new("key", unknown), new("value", unknown)]);
    }

    private static Expansion Count(HclValue value)
    {
        if (value is HclUnknown unknown) return Unknown($"count is unknown: {unknown.Why}");
        if (HclConversion.ToNumber(value) is not HclNumber number || number.Value < 0 || number.Value != Math.Floor(number.Value)) return Unknown("count is no whole number");
        if (number.Value > MostInstances) return Unknown($"count is above {MostInstances}");
        return new Expansion("count",
        [
            .. Enumerable.Range(0, (int)number.Value).Select(i => new ExpansionInstance($"[{i}]", "count", HclMap.Of([new("index", new HclNumber(i))]))),
        ]);
    }

    private static Expansion Each(HclValue value)
    {
        if (value is HclUnknown unknown) return Unknown($"for_each is unknown: {unknown.Why}", "each");

        // A map's elements are its own; a set's are their own keys.
        var pairs = new List<KeyValuePair<string, HclValue>>();
        switch (value)
        {
            case HclMap map:
                pairs.AddRange(map.Items);
                break;
            case HclList list:
                foreach (var item in list.Items)
                {
                    if (HclConversion.ToText(item) is not HclString text) return Unknown(item is HclUnknown u ? $"for_each is unknown: {u.Why}" : "for_each is no set of text", "each");
                    pairs.Add(new(text.Value, item));
                }

                break;
            default:
                return Unknown("for_each is neither a map nor a set", "each");
        }

        if (pairs.Count > MostInstances) return Unknown($"for_each has more than {MostInstances} elements", "each");
        return new Expansion("each",
        [
            .. pairs.DistinctBy(p => p.Key).OrderBy(p => p.Key, StringComparer.Ordinal)
                .Select(p => new ExpansionInstance($"[\"{p.Key}\"]", "each", HclMap.Of([new("key", new HclString(p.Key)), new("value", p.Value)]))),
        ]);
    }
}

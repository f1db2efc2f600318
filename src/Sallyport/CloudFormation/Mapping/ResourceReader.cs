using System.Collections.Immutable;
using System.Globalization;
using Sallyport.CloudFormation.Evaluation;
using Sallyport.CloudFormation.Values;
using Sallyport.Estates;

namespace Sallyport.CloudFormation.Mapping;

/// <summary>The properties of one resource in one world.</summary>
internal readonly struct ResourceReader(Evaluator evaluator, TemplateResource resource, World world)
{
    /// <summary>The resource.</summary>
    public TemplateResource Resource => resource;

    /// <summary>A property by its path; a star takes every item of a list. Absent is <see cref="NothingValue"/>.</summary>
    public TemplateValue Get(string path)
    {
        var steps = path.Split('.');
        var value = evaluator.Property(resource, steps[0], world);
        for (var i = 1; i < steps.Length; i++) value = Step(value, steps[i]);
        return value;
    }

    /// <summary>Text that is known; null otherwise.</summary>
    public string? Text(string path) => (Get(path) as TextValue)?.Text;

    /// <summary>Text, with what is not known as it is written; null when there is none.</summary>
    public string? Written(string path) => Get(path).Written;

    /// <summary>True for the text that says so, in any letter case.</summary>
    public bool Flag(string path) => string.Equals(Text(path), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>A whole number; null when absent or not known.</summary>
    public int? Number(string path) => int.TryParse(Text(path), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The values of a list, or the one value that stands in its place; none when it is absent.</summary>
    public ImmutableArray<TemplateValue> Items(string path) => Flatten(Get(path));

    /// <summary>The resource's tags; a list of pairs, or a mapping where the type takes one.</summary>
    public Tags Tags(string path = "Tags")
    {
        var value = Get(path);
        var pairs = new List<KeyValuePair<string, string>>();
        var unknown = new List<KeyValuePair<string, string>>();
        if (value is MapValue map)
        {
            foreach (var (key, one) in map.Entries)
            {
                if (one is not NothingValue) Add(key, one);
            }

            return Estates.Tags.Of(pairs, unknown);
        }

        foreach (var item in Flatten(value))
        {
            if (item is not MapValue tag)
            {
                if (item.WhyUnknown is { } why) unknown.Add(new(string.Empty, why));
            }
            else if (tag.Find("Key")?.WhyUnknown is { } reason)
            {
                unknown.Add(new(string.Empty, reason));
            }
            else if (tag.Find("Key") is TextValue { Text: { Length: > 0 } key })
            {
                Add(key, tag.Find("Value"));
            }
        }

        return Estates.Tags.Of(pairs, unknown);

        void Add(string key, TemplateValue? one)
        {
            pairs.Add(new(key, one?.Written ?? string.Empty));
            if (one?.WhyUnknown is { } why) unknown.Add(new(key, why));
        }
    }

    /// <summary>A list's items, lists in it opened; a single value as its only item.</summary>
    public static ImmutableArray<TemplateValue> Flatten(TemplateValue value) => value switch
    {
        NothingValue => [],
        ListValue list => [.. list.Items.SelectMany(i => Flatten(i))],
        _ => [value],
    };

    private static TemplateValue Step(TemplateValue value, string step) => value switch
    {
        ListValue list when step == "*" => list,
        _ when step == "*" => value,
        MapValue map => map.Find(step) ?? new NothingValue(map.At),
        ListValue list => new ListValue([.. list.Items.Select(i => Step(i, step)).Where(i => i is not NothingValue)], list.At),
        TextValue or NothingValue => new NothingValue(value.At),
        _ => value,
    };
}

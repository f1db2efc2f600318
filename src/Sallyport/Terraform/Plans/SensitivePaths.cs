using System.Collections.Immutable;
using Sallyport.Hcl.Values;

namespace Sallyport.Terraform.Plans;

/// <summary>
/// The <c>sensitive_attributes</c> of <c>terraform.tfstate</c>: paths of <c>get_attr</c> and <c>index</c> steps. Of a path that cannot be
/// followed to its end everything is masked from where it is lost.
/// </summary>
internal static class SensitivePaths
{
    /// <summary>The values with <see cref="PlanValueReader.Sensitive"/> at the end of each path.</summary>
    /// <param name="values">Attributes of an instance.</param>
    /// <param name="paths">Null when the state has none.</param>
    public static HclMap Mask(HclMap values, HclValue? paths)
    {
        if (paths is null or HclNull) return values;
        if (paths is not HclList list) return MarkAll(values, PlanValueReader.Sensitive);
        foreach (var path in list.Items)
        {
            if (path is not HclList { Items: { IsEmpty: false } steps } || Mask(values, steps, 0) is not HclMap masked) return MarkAll(values, PlanValueReader.Sensitive);
            values = masked;
        }

        return OverAllTags(values);
    }

    /// <summary>
    /// What is masked in <c>tags</c>, masked in <c>tags_all</c> too: Terraform marks what the code wrote, and the provider copies it there
    /// without its mark.
    /// </summary>
    public static HclMap OverAllTags(HclMap values)
    {
        if (values.Items.GetValueOrDefault("tags_all") is not { } all) return values;
        HclValue masked = (values.Items.GetValueOrDefault("tags"), all) switch
        {
            (HclUnknown tags, _) when ReferenceEquals(tags, PlanValueReader.Sensitive) => PlanValueReader.Sensitive,
            (HclMap { IsWhollyKnown: false } tags, HclMap copies) => HclMap.Of(copies.Items.Select(i => ReferenceEquals(tags.Items.GetValueOrDefault(i.Key), PlanValueReader.Sensitive) ? new(i.Key, PlanValueReader.Sensitive) : i)),
            _ => all,
        };
        return ReferenceEquals(masked, all) ? values : HclMap.Of(values.Items.Select(i => i.Key == "tags_all" ? new(i.Key, masked) : i));
    }

    /// <summary>Every value marked but the id and ARN: one mark in place of the whole would leave nothing to tell the thing by.</summary>
    public static HclMap MarkAll(HclMap values, HclUnknown with) =>
        HclMap.Of(values.Items.Select(i => i.Key is "id" or "arn" ? i : new(i.Key, with)));

    private static HclValue Mask(HclValue value, ImmutableArray<HclValue> steps, int at)
    {
        if (at == steps.Length || value is HclUnknown) return PlanValueReader.Sensitive;
        switch (value, KeyOf(steps[at]))
        {
            case (HclMap map, HclString key):
                return map.Items.TryGetValue(key.Value, out var inner) ? HclMap.Of(map.Items.Select(i => i.Key == key.Value ? new(i.Key, Mask(inner, steps, at + 1)) : i)) : value;
            case (HclList list, HclNumber { Value: var index }) when index >= 0 && index < list.Items.Length && index == Math.Floor(index):
                return new HclList(list.Items.SetItem((int)index, Mask(list.Items[(int)index], steps, at + 1)));
            case (HclNull, _):
                return value;
            default:
                return PlanValueReader.Sensitive;
        }
    }

    private static HclValue? KeyOf(HclValue step)
    {
        if (step is not HclMap { Items: var parts } || parts.GetValueOrDefault("type") is not HclString type) return null;
        var value = parts.GetValueOrDefault("value");
        return type.Value switch
        {
            "get_attr" => value as HclString,
            "index" => value is HclMap typed ? typed.Items.GetValueOrDefault("value") : value,
            _ => null,
        };
    }
}

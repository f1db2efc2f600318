using System.Globalization;
using Sallyport.Hcl.Values;

namespace Sallyport.Hcl.Evaluation;

/// <summary>Terraform's conversions between types; a value that has no conversion comes back as null, an unknown as itself.</summary>
internal static class HclConversion
{
    /// <summary>Text of text, numbers and truths.</summary>
    public static HclValue? ToText(HclValue value) => value switch
    {
        HclString or HclUnknown => value,
        HclNumber number => new HclString(number.ToString()),
        HclBool truth => new HclString(truth.Value ? "true" : "false"),
        _ => null,
    };

    /// <summary>Numbers, and text that is one.</summary>
    public static HclValue? ToNumber(HclValue value) => value switch
    {
        HclNumber or HclUnknown => value,
        HclString text when double.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => new HclNumber(number),
        _ => null,
    };

    /// <summary>Truths, and the texts <c>true</c> and <c>false</c>.</summary>
    public static HclValue? ToBool(HclValue value) => value switch
    {
        HclBool or HclUnknown => value,
        HclString { Value: "true" } => HclBool.Of(true),
        HclString { Value: "false" } => HclBool.Of(false),
        _ => null,
    };

    /// <summary>Elements with their keys: positions of a list, the elements of a set themselves, keys of a map; null for anything else.</summary>
    public static IEnumerable<(HclValue Key, HclValue Value)>? Elements(HclValue value) => value switch
    {
        HclList { IsSet: true } set => set.Items.Select(item => (item, item)),
        HclList list => list.Items.Select((item, i) => ((HclValue)new HclNumber(i), item)),
        HclMap map => map.Items.Select(p => ((HclValue)new HclString(p.Key), p.Value)),
        _ => null,
    };

    /// <summary>Why <see cref="Elements"/> gave none.</summary>
    public static HclUnknown NoCollection(HclValue value) => value switch
    {
        HclUnknown unknown => unknown.WorkedOut(),
        HclNull => new HclUnknown("null is gone through like a collection"),
        _ => new HclUnknown("what is gone through is no collection"),
    };

    /// <summary>Equal as Terraform's <c>==</c> has it: text and the number it spells are not equal.</summary>
    public static bool AreEqual(HclValue left, HclValue right) => left.Equals(right);
}

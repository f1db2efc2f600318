using Sallyport.Hcl.Evaluation;
using Sallyport.Hcl.Values;

namespace Sallyport.Hcl.Functions;

/// <content>Types and failures.</content>
internal static partial class HclFunctions
{
    private static HclFunction[] Types =>
    [
        new("tostring", 1, 1, a => a[0] is HclNull ? a[0] : HclConversion.ToText(a[0])),
        new("tonumber", 1, 1, a => a[0] is HclNull ? a[0] : HclConversion.ToNumber(a[0])),
        new("tobool", 1, 1, a => a[0] is HclNull ? a[0] : HclConversion.ToBool(a[0])),
        new("tolist", 1, 1, a => a[0] is HclList or HclNull ? a[0] : null),
        new("toset", 1, 1, a => a[0] is HclList list ? DistinctSorted(list) : a[0] as HclNull),
        new("tomap", 1, 1, a => a[0] is HclMap or HclNull ? a[0] : null),
        new("sensitive", 1, 1, a => HclUnknown.Hide(a[0]), TakesUnknown: true),
        new("nonsensitive", 1, 1, a => a[0], TakesUnknown: true),
        new("ephemeralasnull", 1, 1, a => a[0], TakesUnknown: true),

        // An unknown here may be an error of Terraform's, which try passes over, or a value that only a run tells: then it decides.
        new("try", 1, int.MaxValue, a => a.FirstOrDefault(v => v is not HclUnknown { Reference: null, IsHidden: false }) ?? a[^1], TakesUnknown: true),
        new("can", 1, 1, a => a[0] is HclUnknown { Reference: null, IsHidden: false } ? null : HclBool.Of(true), TakesUnknown: true),
    ];

    // A set of text is gone through in order; unknown elements make its size unknown but not what it holds.
    private static HclList DistinctSorted(HclList list) => new(
        [.. list.Items.Distinct().OrderBy(v => v is HclNumber n ? n.Value : 0).ThenBy(v => v is HclString s ? s.Value : string.Empty, StringComparer.Ordinal)])
    { IsSet = true };
}

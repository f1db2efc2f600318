using System.Collections.Frozen;
using Sallyport.Hcl.Values;

namespace Sallyport.Hcl.Functions;

/// <summary>
/// The functions that can be worked out, by name. Arguments come evaluated; a function that is handed an unknown gives an
/// unknown unless it says otherwise. Any other function of Terraform gives an unknown with its name.
/// </summary>
internal static partial class HclFunctions
{
    private static readonly FrozenDictionary<string, HclFunction> ByName =
        new[] { Collections, Texts, Numbers, Types, Networks, Encodings }.SelectMany(f => f).ToFrozenDictionary(f => f.Name);

    /// <summary>Names of all of them, sorted.</summary>
    public static IReadOnlyList<string> Names => [.. ByName.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The result of a call.</summary>
    public static HclValue Call(string name, IReadOnlyList<HclValue> arguments)
    {
        if (!ByName.TryGetValue(name.StartsWith("core::", StringComparison.Ordinal) ? name[6..] : name, out var function))
        {
            return new HclUnknown($"{name}() is only known to a run of Terraform");
        }

        if (arguments.Count < function.Least || arguments.Count > function.Most) return new HclUnknown($"{name}() does not take {arguments.Count} arguments");
        if (!function.TakesUnknown)
        {
            foreach (var argument in arguments)
            {
                if (argument is HclUnknown unknown) return unknown.WorkedOut();
            }
        }

        return function.Body(arguments) ?? (arguments.FirstOrDefault(a => !a.IsWhollyKnown) is { } open
            ? new HclUnknown(WhyOf(open) ?? $"an argument of {name}() is partly known after apply")
            : new HclUnknown($"{name}() does not take these arguments"));
    }

    private static string? WhyOf(HclValue value) => value switch
    {
        HclUnknown unknown => unknown.Why,
        HclList list => list.Items.Select(WhyOf).FirstOrDefault(w => w is not null),
        HclMap map => map.Items.Values.Select(WhyOf).FirstOrDefault(w => w is not null),
        _ => null,
    };
}

using System.Collections.Immutable;
using Sallyport.Estates;

namespace Sallyport.Connectivity.Differences;

/// <summary>The order in which a reviewer reads boxes: what comes in from outside, then what goes out, then what is between groups.</summary>
internal static class BoxOrder
{
    /// <summary>Sorts, and makes one box of two that differ by family alone.</summary>
    public static ImmutableArray<DiffBox> Sorted(IEnumerable<DiffBox> boxes) =>
    [
        .. boxes
            .OrderBy(b => b.Families[0])
            .GroupBy(b => (Key(b.From), Key(b.To), b.Services))
            .Select(g => g.First() with
            {
                Families = [.. g.SelectMany(b => b.Families).Distinct().Order()],
                Because = [.. g.SelectMany(b => b.Because).Distinct()],
                Gaps = [.. g.SelectMany(b => b.Gaps).Distinct()],
            })
            .OrderBy(Rank).ThenBy(b => b.Families[0]).ThenBy(b => b.From.ToString(), StringComparer.Ordinal).ThenBy(b => b.To.ToString(), StringComparer.Ordinal)
            .ThenBy(b => b.Services.ToString(), StringComparer.Ordinal),
    ];

    private static (DiffEndKind, string, NetworkInterfaceId?, bool, bool, string) Key(DiffEnd end) =>
        (end.Kind, end.Id, end.Interface, end.IncludesInterfaces, end.IsGone, end.Part.IsEmpty ? string.Empty : string.Join(' ', end.Part.Select(p => $"{p.Id} {p.Interface}")));

    private static int Rank(DiffBox box) => box.From.Kind == DiffEndKind.Blocks ? 0 : box.To.Kind == DiffEndKind.Blocks ? 1 : 2;
}

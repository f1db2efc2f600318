using Sallyport.Estates;

namespace Sallyport.Connectivity.Differences;

/// <summary>How much of a prefix list was read.</summary>
internal static class ListReading
{
    /// <summary>True when every entry is known.</summary>
    public static bool IsWhole(Estate estate, PrefixListId list) =>
        estate.Index.EntriesOf(list) is not null
        && (estate.Gaps.IsEmpty || !estate.Gaps.Any(g => g.What == GapKind.PrefixLists
            && (g.Where.Length == 0 || g.Where == list.Value || g.Where == estate.Index.PrefixLists[list].Scope.ToString())));
}

using Sallyport.Estates;

namespace Sallyport.Connectivity.Networks;

/// <summary>The estate's gaps as look-ups: which kinds of things were not wholly read for a scope, and which single things.</summary>
internal sealed class UnreadParts
{
    private readonly Dictionary<GapKind, HashSet<string>> _places = [];

    public UnreadParts(Estate estate)
    {
        foreach (var gap in estate.Gaps)
        {
            if (!_places.TryGetValue(gap.What, out var places)) _places[gap.What] = places = new HashSet<string>(StringComparer.Ordinal);
            places.Add(gap.Where);
        }
    }

    /// <summary>True when things of the kind may be missing for the scope.</summary>
    public bool Has(GapKind what, Scope scope) => IsIn(what, scope) || IsIn(GapKind.Scope, scope);

    /// <summary>True when one thing of the kind was not wholly read.</summary>
    public bool Has(GapKind what, string id) => _places.TryGetValue(what, out var places) && places.Contains(id);

    private bool IsIn(GapKind what, Scope scope) =>
        _places.TryGetValue(what, out var places) && (places.Contains(string.Empty) || places.Contains(scope.ToString()));
}

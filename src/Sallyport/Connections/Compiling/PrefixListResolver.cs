using Sallyport.Diagnostics;
using Sallyport.Estates;

namespace Sallyport.Connections.Compiling;

/// <summary>Finds the prefix list an external names, in the Region of the group whose rule shall name it.</summary>
internal sealed class PrefixListResolver(Estate? estate, Action<Diagnostic> report)
{
    /// <summary>The list; the name as a symbolic id without an estate; null (and said) when there is none or more than one.</summary>
    public PrefixListId? Resolve(ExternalDeclaration external, ResolvedGroup owner)
    {
        var text = external.PrefixList!;
        if (estate is null || text.StartsWith("pl-", StringComparison.Ordinal)) return new PrefixListId(text);
        var inRegion = estate.PrefixLists.Where(l => l.Name == text && (l.Scope.Region == owner.Scope.Region || l.Scope.Region.Length == 0)).ToList();

        // A list that another account shares has the same name by accident only; the group's own account goes first.
        var own = inRegion.Where(l => l.Scope.Account == owner.Scope.Account).ToList();
        var candidates = (own.Count > 0 ? own : inRegion).Select(l => l.Id).Distinct().Order().ToList();
        if (candidates.Count == 1) return candidates[0];
        report(candidates.Count == 0
            ? ConnectionsDiagnostics.NoPrefixList(external.Name, text, owner.Scope.ToString(), external.At)
            : ConnectionsDiagnostics.AmbiguousPrefixList(external.Name, text, owner.Scope.ToString(), candidates.Select(c => c.Value), external.At));
        return null;
    }
}

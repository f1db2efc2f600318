using System.Collections.Immutable;

namespace Sallyport.Auditing;

/// <summary>
/// Every rule there is, once, by code. Written out because the library must not reflect at run time; a test holds the list
/// against the assembly.
/// </summary>
public static partial class RuleCatalogue
{
    /// <summary>By code, ordinal.</summary>
    public static ImmutableArray<AuditRule> All { get; } = InOrder([.. Ingress, .. Ports, .. Egress, .. Identity, .. Use, .. Networks, .. Pairs, .. Overlaps, .. Sprawl, .. Semantics, .. Validity]);

    // A run that names no rule looks none up.
    private static readonly Lazy<Dictionary<string, AuditRule>> ByName = new(Names);

    /// <summary>The rule of a code or alias, in any letter case; null when there is none.</summary>
    public static AuditRule? Find(string id) => ByName.Value.GetValueOrDefault(id);

    private static ImmutableArray<AuditRule> InOrder(AuditRule[] rules)
    {
        Array.Sort(rules, (a, b) => string.CompareOrdinal(a.Code, b.Code));
        return [.. rules];
    }

    private static Dictionary<string, AuditRule> Names()
    {
        var names = new Dictionary<string, AuditRule>(StringComparer.OrdinalIgnoreCase);
        foreach (var rule in All)
        {
            foreach (var alias in rule.Aliases) names[alias] = rule;
        }

        foreach (var rule in All) names[rule.Code] = rule;
        return names;
    }
}

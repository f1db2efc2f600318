using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Sallyport.Auditing;

/// <summary>
/// Every rule there is, once, by code. Written out because the library must not reflect at run time; a test holds the list
/// against the assembly.
/// </summary>
public static partial class RuleCatalogue
{
    /// <summary>By code, ordinal.</summary>
    public static ImmutableArray<AuditRule> All { get; } =
    [
        .. new[] { Ingress, Ports, Egress, Identity, Use, Networks, Pairs, Overlaps, Sprawl, Semantics, Validity }
            .SelectMany(section => section).OrderBy(r => r.Code, StringComparer.Ordinal),
    ];

    private static readonly FrozenDictionary<string, AuditRule> ByCode = All.ToFrozenDictionary(r => r.Code, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, AuditRule> ByAlias = All
        .SelectMany(r => r.Aliases.Select(a => (Alias: a, Rule: r)))
        .ToFrozenDictionary(p => p.Alias, p => p.Rule, StringComparer.OrdinalIgnoreCase);

    /// <summary>The rule of a code or alias, in any letter case; null when there is none.</summary>
    public static AuditRule? Find(string id) => ByCode.GetValueOrDefault(id) ?? ByAlias.GetValueOrDefault(id);
}

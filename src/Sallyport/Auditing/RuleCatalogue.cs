using System.Collections.Frozen;
using System.Collections.Immutable;
using Sallyport.Auditing.Rules.Default;
using Sallyport.Auditing.Rules.Egress;
using Sallyport.Auditing.Rules.Ingress;
using Sallyport.Auditing.Rules.Overlap;
using Sallyport.Auditing.Rules.Pair;
using Sallyport.Auditing.Rules.Use;
using Sallyport.Auditing.Rules.Validity;

namespace Sallyport.Auditing;

/// <summary>
/// Every rule there is, once, by code. Written out because the library must not reflect at run time; a test holds the list
/// against the assembly.
/// </summary>
public static class RuleCatalogue
{
    /// <summary>By code, ordinal.</summary>
    public static ImmutableArray<AuditRule> All { get; } =
    [
        .. new AuditRule[]
        {
            new DefaultGroupHasRules(),
            new DefaultGroupAttached(),
            new UnrestrictedEgress(),
            new AllTrafficEgress(),
            new DefaultEgress(),
            new WorldEgressOffWeb(),
            new ThirdPartyDns(),
            new IrcEgress(),
            new AllTrafficFromWorld(),
            new UnlistedPortFromWorld(),
            new NearWorldIngress(),
            new AdminPortFromWorld(),
            new AllProtocolsIngress(),
            new WholePrivateBlock(),
            new ShadowedRule(),
            new JointlyShadowedRule(),
            new EgressWithoutIngress(),
            new IngressWithoutEgress(),
            new PortMismatch(),
            new PairByAddress(),
            new UnusedGroup(),
            new IncompleteInventory(),
        }.OrderBy(r => r.Code, StringComparer.Ordinal),
    ];

    private static readonly FrozenDictionary<string, AuditRule> ByCode = All.ToFrozenDictionary(r => r.Code, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, AuditRule> ByAlias = All
        .SelectMany(r => r.Aliases.Select(a => (Alias: a, Rule: r)))
        .ToFrozenDictionary(p => p.Alias, p => p.Rule, StringComparer.OrdinalIgnoreCase);

    /// <summary>The rule of a code or alias, in any letter case; null when there is none.</summary>
    public static AuditRule? Find(string id) => ByCode.GetValueOrDefault(id) ?? ByAlias.GetValueOrDefault(id);
}

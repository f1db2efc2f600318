using Sallyport.Auditing.Rules.Declarations;
using Sallyport.Auditing.Rules.Learning;
using Sallyport.Auditing.Rules.Pair;

namespace Sallyport.Auditing;

public static partial class RuleCatalogue
{
    /// <summary>SP-PAIR, SP-DECL and SP-LRN.</summary>
    private static AuditRule[] Pairs =>
    [
        new EgressWithoutIngress(),
        new IngressWithoutEgress(),
        new PortMismatch(),
        new PairByAddress(),
        new MutualPair(),
        new EphemeralReturn(),
        new UndeclaredRule(),
        new UnrealisedConnection(),
        new DeclaredWiderThanUse(),
        new UndeclaredTraffic(),
        new RejectedWantedTraffic(),
        new UnusedRule(),
        new RuleWiderThanUse(),
    ];
}

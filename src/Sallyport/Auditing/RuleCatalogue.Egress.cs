using Sallyport.Auditing.Rules.Egress;

namespace Sallyport.Auditing;

public static partial class RuleCatalogue
{
    /// <summary>SP-EGR.</summary>
    private static AuditRule[] Egress =>
    [
        new UnrestrictedEgress(),
        new AllTrafficEgress(),
        new DefaultEgress(),
        new WorldEgressOffWeb(),
        new ThirdPartyDns(),
        new IrcEgress(),
        new UnroutedEgress(),
        new EffectiveInternetEgress(),
    ];
}

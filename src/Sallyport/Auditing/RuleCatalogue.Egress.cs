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
        new PortRangeEgress(),
        new WideEgress(),
        new WorldEgressOffWeb(),
        new ThirdPartyDns(),
        new MailEgress(),
        new IrcEgress(),
        new AdminEgressToWorld(),
        new ClientWithoutEgress(),
        new MetadataEgress(),
        new UnroutedEgress(),
        new EffectiveInternetEgress(),
    ];
}

using Sallyport.Auditing.Rules.Ingress;

namespace Sallyport.Auditing;

public static partial class RuleCatalogue
{
    /// <summary>SP-ING.</summary>
    private static AuditRule[] Ingress =>
    [
        new AllTrafficFromWorld(),
        new UnlistedPortFromWorld(),
        new NearWorldIngress(),
        new WidePublicBlock(),
        new PublicAddressIngress(),
        new AdminPortFromWorld(),
        new RiskyServicePort(),
        new PlaintextProtocol(),
        new IcmpFromWorld(),
        new AllProtocolsIngress(),
        new PortRangeIngress(),
        new AllPortsIngress(),
        new UnrestrictedSelfReference(),
        new PublicBlockOfManyHosts(),
        new WidePrivateBlock(),
        new WholePrivateBlock(),
        new AmazonAddressIngress(),
        new ExposedAndReachable(),
    ];
}

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
        new AdminPortFromWorld(),
        new AllProtocolsIngress(),
        new WholePrivateBlock(),
        new ExposedAndReachable(),
    ];
}

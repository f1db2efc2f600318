using Sallyport.Auditing.Rules.Semantics;

namespace Sallyport.Auditing;

public static partial class RuleCatalogue
{
    /// <summary>SP-SEM and SP-DRF.</summary>
    private static AuditRule[] Semantics =>
    [
        new TierSkip(),
        new EnvironmentCrossing(),
    ];
}

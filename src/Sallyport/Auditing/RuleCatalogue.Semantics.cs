using Sallyport.Auditing.Rules.Drifts;
using Sallyport.Auditing.Rules.Semantics;

namespace Sallyport.Auditing;

public static partial class RuleCatalogue
{
    /// <summary>SP-SEM and SP-DRF.</summary>
    private static AuditRule[] Semantics =>
    [
        new TierSkip(),
        new EnvironmentCrossing(),
        new WideningPlan(),
        new PlanWithoutEffect(),
        new ForbiddenReach(),
        new CodeDrift(),
        new TwoWriters(),
        new ManualRule(),
    ];
}

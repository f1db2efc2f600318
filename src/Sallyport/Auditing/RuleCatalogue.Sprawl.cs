using Sallyport.Auditing.Rules.Quotas;
using Sallyport.Auditing.Rules.Sprawl;

namespace Sallyport.Auditing;

public static partial class RuleCatalogue
{
    /// <summary>SP-SPR and SP-QTA.</summary>
    private static AuditRule[] Sprawl =>
    [
        new GroupPerInstance(),
        new NearDuplicateGroup(),
        new GodGroup(),
        new Churn(),
        new OutlivedRule(),
        new OwnerlessGroup(),
        new MisleadingName(),
        new RuleQuotaPressure(),
        new GroupsPerInterfacePressure(),
        new PlanOverQuota(),
    ];
}

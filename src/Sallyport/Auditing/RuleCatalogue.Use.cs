using Sallyport.Auditing.Rules.Use;

namespace Sallyport.Auditing;

public static partial class RuleCatalogue
{
    /// <summary>SP-USE.</summary>
    private static AuditRule[] Use =>
    [
        new UnusedGroup(),
        new RedundantGroup(),
        new OverlappingGroups(),
        new TooManyGroups(),
        new TooManyRules(),
        new TooManyRulesOnInterface(),
        new BannedOrMissingGroup(),
        new ReplicaDrift(),
        new RuleOutsideEnvelope(),
        new BalancerWithoutRules(),
        new ServiceOnDefaultGroup(),
        new WideDatabaseGroup(),
        new OpenClusterGroup(),
        new UnusedInterface(),
    ];
}

using Sallyport.Auditing.Rules.Monitoring;
using Sallyport.Auditing.Rules.NetworkAcls;
using Sallyport.Auditing.Rules.Networks;
using Sallyport.Auditing.Rules.PrefixLists;
using Sallyport.Auditing.Rules.References;

namespace Sallyport.Auditing;

public static partial class RuleCatalogue
{
    /// <summary>SP-REF, SP-NACL, SP-VPC, SP-PL and SP-MON.</summary>
    private static AuditRule[] Networks =>
    [
        new StaleReference(),
        new CrossAccountReference(),
        new ForbiddenReference(),
        new WidePeeringRoute(),
        new AdminPortAcl(),
        new AllPortsAcl(),
        new IneffectiveDeny(),
        new OverlappingEntries(),
        new DuplicateEntryNumber(),
        new UnusedAcl(),
        new SubnetOnDefaultAcl(),
        new BlockedConnection(),
        new MissingFlowLogs(),
        new PoorFlowLogFormat(),
        new PublicSubnet(),
        new PublicAccessNotBlocked(),
        new MissingVpcEndpoint(),
        new UnresolvedList(),
        new WideList(),
        new HeavyList(),
        new ForeignList(),
        new GroupChangesUnalarmed(),
        new NetworkChangesUnalarmed(),
    ];
}

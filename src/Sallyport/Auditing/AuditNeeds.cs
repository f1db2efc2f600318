using System.Collections.Immutable;
using Sallyport.Estates;

namespace Sallyport.Auditing;

/// <summary>What the needs of rules mean for a run.</summary>
public static class AuditNeeds
{
    /// <summary>False for what comes beside the estate: a connections file, traffic, events, code, settings.</summary>
    public static bool IsGivenByEstates(this AuditNeed need) => need < AuditNeed.Configuration;

    /// <summary>True when an estate that lacks a kind of thing cannot meet the need.</summary>
    public static bool IsLeftUnmetBy(this AuditNeed need, GapKind missing) => missing switch
    {
        GapKind.Scope or GapKind.SecurityGroups or GapKind.Rules or GapKind.RuleIds or GapKind.ReferencedGroup or GapKind.VpcAssociations
            or GapKind.PrefixLists => need.IsGivenByEstates() || need == AuditNeed.Connections,
        GapKind.NetworkInterfaces or GapKind.Instances => need is AuditNeed.Interfaces or AuditNeed.Connections,
        GapKind.VpcEndpoints => need is AuditNeed.Interfaces or AuditNeed.Routes or AuditNeed.Connections,
        GapKind.Vpcs => need is AuditNeed.Vpcs or AuditNeed.Connections,
        GapKind.Subnets => need is AuditNeed.Subnets or AuditNeed.Routes or AuditNeed.Connections,
        GapKind.RouteTables or GapKind.Gateways or GapKind.TransitGateways => need is AuditNeed.Routes or AuditNeed.Connections,
        GapKind.NetworkAcls => need is AuditNeed.NetworkAcls or AuditNeed.Connections,
        GapKind.Peerings => need is AuditNeed.Peerings or AuditNeed.Connections,
        GapKind.FlowLogs => need == AuditNeed.FlowLogSettings,
        GapKind.PublicAccessBlocks => need == AuditNeed.BlockPublicAccess,
        GapKind.Monitoring => need == AuditNeed.Monitoring,
        _ => true,
    };

    /// <summary>Needs that no evaluator of this version can meet: rules with one of them are listed, never judged.</summary>
    public static ImmutableArray<AuditNeed> Unmet { get; } = [AuditNeed.FlowLogs, AuditNeed.Events];
}

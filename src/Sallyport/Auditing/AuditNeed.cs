namespace Sallyport.Auditing;

/// <summary>
/// What a rule reads. What an estate may hold but this one lacks makes verdicts unknown; what nobody gave to the run
/// (<see cref="AuditNeeds.IsGivenByEstates"/>) makes the whole rule not assessed.
/// </summary>
public enum AuditNeed
{
    /// <summary>The groups and their rules.</summary>
    Estate,

    /// <summary>Interfaces, for attachment and membership.</summary>
    Interfaces,

    /// <summary>VPC blocks.</summary>
    Vpcs,

    /// <summary>Subnets.</summary>
    Subnets,

    /// <summary>Route tables and subnets.</summary>
    Routes,

    /// <summary>Network ACLs.</summary>
    NetworkAcls,

    /// <summary>Prefix lists with their entries.</summary>
    PrefixLists,

    /// <summary>VPC peerings.</summary>
    Peerings,

    /// <summary>Which VPCs, subnets and interfaces write flow logs, and how.</summary>
    FlowLogSettings,

    /// <summary>Block-public-access options of VPCs.</summary>
    BlockPublicAccess,

    /// <summary>Metric filters, alarms and event rules.</summary>
    Monitoring,

    /// <summary>A list or pattern that only the user can state.</summary>
    Configuration,

    /// <summary>A connections file.</summary>
    Connections,

    /// <summary>Flow logs.</summary>
    FlowLogs,

    /// <summary>Event history.</summary>
    Events,

    /// <summary>Infrastructure code.</summary>
    Code,
}

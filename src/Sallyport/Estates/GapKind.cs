namespace Sallyport.Estates;

/// <summary>Kinds of things a source may lack.</summary>
public enum GapKind
{
    /// <summary>A whole account or Region.</summary>
    Scope,

    /// <summary>The groups themselves, or some of them.</summary>
    SecurityGroups,

    /// <summary>One or more rules of a group could not be understood.</summary>
    Rules,

    /// <summary>Rule ids and tags (only the grouped view was read).</summary>
    RuleIds,

    /// <summary>Interfaces, so attachment and membership are unknown.</summary>
    NetworkInterfaces,

    /// <summary>VPCs.</summary>
    Vpcs,

    /// <summary>Subnets.</summary>
    Subnets,

    /// <summary>Route tables.</summary>
    RouteTables,

    /// <summary>Network ACLs.</summary>
    NetworkAcls,

    /// <summary>A prefix list or its entries.</summary>
    PrefixLists,

    /// <summary>Peerings.</summary>
    Peerings,

    /// <summary>VPC endpoints.</summary>
    VpcEndpoints,

    /// <summary>Gateways of one or more kinds.</summary>
    Gateways,

    /// <summary>Transit gateways, their attachments or tables.</summary>
    TransitGateways,

    /// <summary>Instances.</summary>
    Instances,

    /// <summary>Flow-log settings.</summary>
    FlowLogs,

    /// <summary>A referenced group that is not in the estate.</summary>
    ReferencedGroup,

    /// <summary>Groups made usable in further VPCs.</summary>
    VpcAssociations,

    /// <summary>Block-public-access options of VPCs.</summary>
    PublicAccessBlocks,

    /// <summary>Metric filters, alarms or event rules.</summary>
    Monitoring,
}

namespace Sallyport.Auditing;

/// <summary>Families of audit rules, as the catalogue's sections group them. Each has a prefix of its own in rule ids.</summary>
public enum RuleFamily
{
    /// <summary>SP-ING: who may come in.</summary>
    Ingress,

    /// <summary>SP-PRT: well-known service ports open to the world.</summary>
    Port,

    /// <summary>SP-EGR: who may be reached.</summary>
    Egress,

    /// <summary>SP-DEF: the default group.</summary>
    Default,

    /// <summary>SP-NAM: names, descriptions and tags.</summary>
    Naming,

    /// <summary>SP-USE: use and disuse.</summary>
    Use,

    /// <summary>SP-REF: references to other groups, and peerings.</summary>
    Reference,

    /// <summary>SP-NACL: network ACLs.</summary>
    NetworkAcl,

    /// <summary>SP-VPC: VPCs, subnets and their flow logs.</summary>
    Vpc,

    /// <summary>SP-PL: prefix lists.</summary>
    PrefixList,

    /// <summary>SP-MON: alarms on changes.</summary>
    Monitoring,

    /// <summary>SP-PAIR: both sides of a connection.</summary>
    Pair,

    /// <summary>SP-DECL: what is declared against what is there.</summary>
    Declaration,

    /// <summary>SP-LRN: what traffic teaches.</summary>
    Learning,

    /// <summary>SP-OVL: rules that others make needless.</summary>
    Overlap,

    /// <summary>SP-SPR: sprawl.</summary>
    Sprawl,

    /// <summary>SP-QTA: quotas.</summary>
    Quota,

    /// <summary>SP-SEM: meaning: who reaches whom, and what a change does to it.</summary>
    Semantic,

    /// <summary>SP-DRF: drift.</summary>
    Drift,

    /// <summary>SP-VAL: input that cannot be judged as it stands.</summary>
    Validity,

    /// <summary>The user's own rules.</summary>
    Custom,
}

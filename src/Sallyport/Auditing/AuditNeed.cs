namespace Sallyport.Auditing;

/// <summary>What a rule reads beyond the groups themselves; when the estate lacks it, verdicts that depend on it are unknown.</summary>
public enum AuditNeed
{
    /// <summary>The groups and their rules.</summary>
    Estate,

    /// <summary>Interfaces, for attachment and membership.</summary>
    Interfaces,

    /// <summary>VPC blocks.</summary>
    Vpcs,

    /// <summary>Route tables and subnets.</summary>
    Routes,

    /// <summary>Flow logs.</summary>
    FlowLogs,

    /// <summary>Event history.</summary>
    Events,

    /// <summary>Infrastructure code.</summary>
    Code,

    /// <summary>A connections file.</summary>
    Connections,
}

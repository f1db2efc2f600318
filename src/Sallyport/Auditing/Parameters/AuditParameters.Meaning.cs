namespace Sallyport.Auditing.Parameters;

public static partial class AuditParameters
{
    /// <summary>What may reach the internet because that is its task.</summary>
    public static TextsParameter EgressGateways { get; } = new(
        "egress.gateways", "", "Ids of interfaces or instances, and ids or names of groups, that are meant to reach the Internet, such as proxies.");

    /// <summary>Tags by which tools mark what they manage.</summary>
    public static TextsParameter WriterTags { get; } = new(
        "writers.tags", "managed-by, managed_by, ManagedBy", "Keys of tags whose value names the tool that manages a group.");

    /// <summary>Parameters of effective reach and of drift.</summary>
    private static AuditParameter[] Meaning =>
    [
        EgressGateways, WriterTags,
    ];
}

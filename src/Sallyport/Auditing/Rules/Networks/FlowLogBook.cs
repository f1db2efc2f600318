using Sallyport.Auditing.Parameters;
using Sallyport.Estates;

namespace Sallyport.Auditing.Rules.Networks;

/// <summary>What active flow logs record: ids of VPCs, subnets and interfaces.</summary>
internal sealed class FlowLogBook
{
    private readonly HashSet<string> _recorded;

    public FlowLogBook(AuditContext context)
    {
        var wanted = context.Parameters.Get(AuditParameters.FlowLogTraffic);
        _recorded = context.Estate.FlowLogs
            .Where(l => IsActive(l) && (l.TrafficType == "ALL" || l.TrafficType == wanted))
            .Select(l => l.Resource).ToHashSet(StringComparer.Ordinal);
    }

    public bool Records(string id) => _recorded.Contains(id);

    /// <summary>EC2 knows one other status, which older answers leave out.</summary>
    public static bool IsActive(FlowLog log) => log.Status is "ACTIVE" or "";
}

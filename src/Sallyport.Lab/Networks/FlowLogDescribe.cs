using Sallyport.Estates;
using Sallyport.Lab.Storage;
using Sallyport.Lab.Tagging;
using Sallyport.Lab.Wire;

namespace Sallyport.Lab.Networks;

/// <summary>Flow-log settings.</summary>
internal static class FlowLogDescribe
{
    private const string DefaultFormat =
        "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}";

    public static Describe<FlowLog> FlowLogs => new(
        "DescribeFlowLogs",
        "flowLogSet",
        (call, after) => call.Here.FlowLogs.VisibleAfter(after),
        f => f.Id,
        (_, f) => writer => Write(writer, f))
    {
        IdParameter = "FlowLogId",
        IdKind = ResourceKind.FlowLog,
        Find = (call, id) => call.Here.FlowLogs.Visible(id),
        PageBounds = string.Empty,
        Tags = _ => Tags.None,
        Filters =
        [
            ("deliver-log-status", (_, f) => [f.Status == "ACTIVE" ? "SUCCESS" : "FAILED"]),
            ("log-destination-type", (_, f) => [f.DestinationType]),
            ("flow-log-id", (_, f) => [f.Id]),
            ("log-group-name", (_, f) => [f.DestinationType == "cloud-watch-logs" ? f.Destination : null]),
            ("resource-id", (_, f) => [f.Resource]),
            ("traffic-type", (_, f) => [f.TrafficType]),
        ],
    };

    private static void Write(ReplyWriter writer, FlowLog log)
    {
        writer.Text("flowLogId", log.Id);
        writer.TextIfAny("flowLogStatus", log.Status);
        writer.Text("deliverLogsStatus", log.Status == "ACTIVE" ? "SUCCESS" : "FAILED");
        writer.Text("resourceId", log.Resource);
        writer.TextIfAny("trafficType", log.TrafficType);
        writer.TextIfAny("logDestinationType", log.DestinationType);
        var isGroupName = log.DestinationType == "cloud-watch-logs" && !log.Destination.StartsWith("arn:", StringComparison.Ordinal);
        writer.TextIfAny(isGroupName ? "logGroupName" : "logDestination", log.Destination);
        writer.Text("logFormat", log.Format.Length > 0 ? log.Format : DefaultFormat);
        if (log.MaxAggregationSeconds > 0) writer.Number("maxAggregationInterval", log.MaxAggregationSeconds);
        TagXml.Write(writer, Tags.None);
    }
}

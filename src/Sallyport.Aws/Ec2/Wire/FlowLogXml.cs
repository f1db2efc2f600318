using Sallyport.Aws.Ec2.Query;
using Sallyport.Estates;

namespace Sallyport.Aws.Ec2.Wire;

/// <summary>Reads <c>flowLogSet/item</c> (DescribeFlowLogs).</summary>
internal static class FlowLogXml
{
    public static FlowLog? Read(ResponseReader xml, Scope scope)
    {
        string? id = null, destination = null, logGroup = null;
        var (resource, type, status, kind, format, seconds) = (string.Empty, string.Empty, string.Empty, string.Empty, string.Empty, 0);
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "flowLogId": id = xml.OptionalText(); break;
                case "resourceId": resource = xml.Text(); break;
                case "trafficType": type = xml.Text(); break;
                case "flowLogStatus": status = xml.Text(); break;
                case "logDestinationType": kind = xml.Text(); break;
                case "logDestination": destination = xml.OptionalText(); break;
                case "logGroupName": logGroup = xml.OptionalText(); break;
                case "logFormat": format = xml.Text(); break;
                case "maxAggregationInterval": seconds = xml.Int(); break;
            }
        }

        return id is null ? null : new FlowLog(id, scope, resource)
        {
            TrafficType = type,
            Status = status,
            DestinationType = kind,
            Destination = destination ?? logGroup ?? string.Empty,
            Format = format,
            MaxAggregationSeconds = seconds,
        };
    }
}

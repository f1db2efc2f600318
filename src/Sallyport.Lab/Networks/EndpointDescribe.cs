using Sallyport.Estates;
using Sallyport.Lab.Storage;
using Sallyport.Lab.Tagging;
using Sallyport.Lab.Wire;

namespace Sallyport.Lab.Networks;

/// <summary>VPC endpoints.</summary>
internal static class EndpointDescribe
{
    public static Describe<VpcEndpoint> Endpoints => new(
        "DescribeVpcEndpoints",
        "vpcEndpointSet",
        (call, after) => call.Here.Endpoints.VisibleAfter(after),
        e => e.Id,
        Writer)
    {
        IdParameter = "VpcEndpointId",
        IdKind = ResourceKind.Endpoint,
        Find = (call, id) => call.Here.Endpoints.Visible(id),
        PageBounds = string.Empty,
        Tags = e => e.Tags,
        Filters =
        [
            ("service-name", (_, e) => [e.Service]),
            ("service-region", (_, e) => [e.Scope.Region]),
            ("vpc-id", (_, e) => [e.Vpc.Value]),
            ("vpc-endpoint-id", (_, e) => [e.Id]),
            ("vpc-endpoint-state", (_, e) => [State(e)]),
            ("vpc-endpoint-type", (_, e) => [e.Kind]),
            .. FilterNames.Without<VpcEndpoint>("ip-address-type"),
        ],
    };

    private static string State(VpcEndpoint endpoint) => endpoint.State.Length > 0 ? endpoint.State : "available";

    private static Action<ReplyWriter> Writer(Call call, VpcEndpoint endpoint)
    {
        var groups = endpoint.Groups.Select(g => (Id: g.Value, call.World.FindGroup(call.Scope.Region, g)?.Name)).ToList();
        var subnets = endpoint.Interfaces.Select(i => call.Here.Interfaces[i.Value]?.Subnet?.Value).OfType<string>().Distinct().ToList();
        return writer =>
        {
            writer.Text("vpcEndpointId", endpoint.Id);
            writer.TextIfAny("vpcEndpointType", endpoint.Kind);
            writer.Text("vpcId", endpoint.Vpc.Value);
            writer.TextIfAny("serviceName", endpoint.Service);
            writer.Text("state", State(endpoint));
            writer.TextList("routeTableIdSet", endpoint.RouteTables);
            writer.TextList("subnetIdSet", subnets);
            writer.List("groupSet", groups, group =>
            {
                writer.Text("groupId", group.Id);
                writer.Text("groupName", group.Name);
            });
            writer.Flag("requesterManaged", false);
            writer.TextList("networkInterfaceIdSet", endpoint.Interfaces.Select(i => i.Value));
            writer.Text("ownerId", endpoint.Scope.Account);
            TagXml.Write(writer, endpoint.Tags);
        };
    }
}

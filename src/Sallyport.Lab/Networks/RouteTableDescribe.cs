using Sallyport.Estates;
using Sallyport.Lab.Storage;
using Sallyport.Lab.Tagging;
using Sallyport.Lab.Wire;
using Sallyport.Packets;

namespace Sallyport.Lab.Networks;

/// <summary>Route tables. Implicit associations are not listed; the main table says so of itself (EC2 API: DescribeRouteTables).</summary>
internal static class RouteTableDescribe
{
    public static Describe<RouteTable> Tables => new(
        "DescribeRouteTables",
        "routeTableSet",
        (call, after) => call.Here.RouteTables.VisibleAfter(after),
        t => t.Id,
        (call, t) => Writer(call, t))
    {
        IdParameter = "RouteTableId",
        IdKind = ResourceKind.RouteTable,
        Find = (call, id) => call.Here.RouteTables.Visible(id),
        PageBounds = "[5..100]",
        Tags = t => t.Tags,
        Filters =
        [
            ("association.gateway-id", (_, t) => t.Gateways),
            ("association.route-table-association-id", (_, t) => Associations(t).Select(a => AssociationId(t, a))),
            ("association.route-table-id", (_, t) => Associations(t).Select(_ => t.Id)),
            ("association.subnet-id", (_, t) => t.Subnets.Select(s => s.Value)),
            ("association.main", (_, t) => Associations(t).Select(a => FilterNames.Flag(a.Length == 0))),
            ("owner-id", (_, t) => [t.Scope.Account]),
            ("route-table-id", (_, t) => [t.Id]),
            ("route.destination-cidr-block", (_, t) => t.Routes.Select(r => r.Destination is { Family: IpFamily.V4 } c ? c.ToString() : null)),
            ("route.destination-ipv6-cidr-block", (_, t) => t.Routes.Select(r => r.Destination is { Family: IpFamily.V6 } c ? c.ToString() : null)),
            ("route.destination-prefix-list-id", (_, t) => t.Routes.Select(r => r.DestinationPrefixList?.Value)),
            ("route.egress-only-internet-gateway-id", (_, t) => Targets(t, "egressOnlyInternetGatewayId")),
            ("route.gateway-id", (_, t) => Targets(t, "gatewayId")),
            ("route.instance-id", (_, t) => Targets(t, "instanceId")),
            ("route.nat-gateway-id", (_, t) => Targets(t, "natGatewayId")),
            ("route.transit-gateway-id", (_, t) => Targets(t, "transitGatewayId")),
            ("route.vpc-peering-connection-id", (_, t) => Targets(t, "vpcPeeringConnectionId")),
            ("route.origin", (_, t) => t.Routes.Select(Origin)),
            ("route.state", (_, t) => t.Routes.Select(State)),
            ("vpc-id", (_, t) => [t.Vpc.Value]),
        ],
    };

    private static Action<ReplyWriter> Writer(Call call, RouteTable table)
    {
        var instanceOwner = call.Scope.Account;
        return writer =>
        {
            writer.Text("routeTableId", table.Id);
            writer.Text("vpcId", table.Vpc.Value);
            writer.Text("ownerId", table.Scope.Account);
            writer.List("routeSet", table.Routes, route => WriteRoute(writer, route, instanceOwner));
            writer.List("associationSet", Associations(table), target => WriteAssociation(writer, table, target));
            writer.TextList("propagatingVgwSet", []);
            TagXml.Write(writer, table.Tags);
        };
    }

    private static void WriteRoute(ReplyWriter writer, Route route, string instanceOwner)
    {
        if (route.Destination is { } block) writer.Text(block.Family == IpFamily.V4 ? "destinationCidrBlock" : "destinationIpv6CidrBlock", block.ToString());
        writer.Text("destinationPrefixListId", route.DestinationPrefixList?.Value);
        if (TargetElement(route) is { } element)
        {
            writer.Text(element, route.Target);
            if (element == "instanceId") writer.Text("instanceOwnerId", instanceOwner);
        }

        if (route.Interface is { } nic && nic.Value != route.Target) writer.Text("networkInterfaceId", nic.Value);
        writer.Text("origin", Origin(route));
        writer.Text("state", State(route));
    }

    /// <summary>The element of a route's target, told by its prefix; null when the target is unknown.</summary>
    private static string? TargetElement(Route route) => route.Target switch
    {
        "" => null,
        "local" => "gatewayId",
        var t when t.StartsWith("arn:", StringComparison.Ordinal) => "coreNetworkArn",
        var t => t[..(t.IndexOf('-', StringComparison.Ordinal) + 1)] switch
        {
            "eigw-" => "egressOnlyInternetGatewayId",
            "nat-" => "natGatewayId",
            "pcx-" => "vpcPeeringConnectionId",
            "tgw-" => "transitGatewayId",
            "eni-" => "networkInterfaceId",
            "i-" => "instanceId",
            "lgw-" => "localGatewayId",
            "cagw-" => "carrierGatewayId",
            _ => "gatewayId",
        },
    };

    private static IEnumerable<string?> Targets(RouteTable table, string element) => table.Routes.Select(r => TargetElement(r) == element ? r.Target : null);

    private static string Origin(Route route) => route.Target == "local" ? "CreateRouteTable" : "CreateRoute";

    private static string State(Route route) => route.IsBlackhole ? "blackhole" : "active";

    /// <summary>What the table is associated with: the empty text for the VPC itself, then subnets and gateways.</summary>
    private static IEnumerable<string> Associations(RouteTable table)
    {
        if (table.IsMain) yield return string.Empty;
        foreach (var subnet in table.Subnets) yield return subnet.Value;
        foreach (var gateway in table.Gateways) yield return gateway;
    }

    private static string AssociationId(RouteTable table, string target) => IdSequence.Derived("rtbassoc-", $"{table.Id} {target}");

    private static void WriteAssociation(ReplyWriter writer, RouteTable table, string target)
    {
        writer.Flag("main", target.Length == 0);
        writer.Text("routeTableAssociationId", AssociationId(table, target));
        writer.Text("routeTableId", table.Id);
        if (target.Length > 0) writer.Text(target.StartsWith("subnet-", StringComparison.Ordinal) ? "subnetId" : "gatewayId", target);
        writer.Open("associationState");
        writer.Text("state", "associated");
        writer.Close("associationState");
    }
}

using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Lab.Storage;
using Sallyport.Lab.Tagging;
using Sallyport.Lab.Wire;

namespace Sallyport.Lab.Networks;

/// <summary>Transit gateway attachments and route tables.</summary>
internal static class TransitDescribes
{
    public static IEnumerable<Operation> All =>
    [
        VpcAttachments.ToOperation(), Attachments.ToOperation(), RouteTables.ToOperation(), Associations.ToOperation(), Routes.ToOperation(),
    ];

    private static Describe<TransitGatewayAttachment> VpcAttachments => new(
        "DescribeTransitGatewayVpcAttachments",
        "transitGatewayVpcAttachments",
        (call, after) => call.Here.TransitAttachments.VisibleAfter(after),
        a => a.Id,
        (_, a) => writer => WriteVpcAttachment(writer, a))
    {
        IdParameter = "TransitGatewayAttachmentIds",
        IdKind = ResourceKind.TransitAttachment,
        Find = (call, id) => call.Here.TransitAttachments.Visible(id),
        Filters = [.. AttachmentFilters, ("vpc-id", (_, a) => [a.Vpc.Value])],
    };

    private static Describe<TransitGatewayAttachment> Attachments => new(
        "DescribeTransitGatewayAttachments",
        "transitGatewayAttachments",
        (call, after) => call.Here.TransitAttachments.VisibleAfter(after),
        a => a.Id,
        AttachmentWriter)
    {
        IdParameter = "TransitGatewayAttachmentIds",
        IdKind = ResourceKind.TransitAttachment,
        Find = (call, id) => call.Here.TransitAttachments.Visible(id),
        Filters =
        [
            .. AttachmentFilters,
            ("association.transit-gateway-route-table-id", (call, a) => [TableOf(call, a.Id)?.Id]),
            ("association.state", (call, a) => [TableOf(call, a.Id) is null ? null : "associated"]),
            ("resource-id", (_, a) => [a.Vpc.Value]),
            ("resource-owner-id", (_, a) => [VpcOwner(a)]),
            ("resource-type", (_, _) => ["vpc"]),
            ("transit-gateway-owner-id", (_, a) => [a.Scope.Account]),
        ],
    };

    private static Describe<TransitGatewayRouteTable> RouteTables => new(
        "DescribeTransitGatewayRouteTables",
        "transitGatewayRouteTables",
        (call, after) => call.Here.TransitRouteTables.VisibleAfter(after),
        t => t.Id,
        (_, t) => writer => WriteRouteTable(writer, t))
    {
        IdParameter = "TransitGatewayRouteTableIds",
        IdKind = ResourceKind.TransitRouteTable,
        Find = (call, id) => call.Here.TransitRouteTables.Visible(id),
        Filters =
        [
            ("state", (_, _) => ["available"]),
            ("transit-gateway-id", (_, t) => [t.TransitGateway]),
            ("transit-gateway-route-table-id", (_, t) => [t.Id]),
            .. FilterNames.Without<TransitGatewayRouteTable>("default-association-route-table", "default-propagation-route-table"),
        ],
    };

    private static Describe<string> Associations => new(
        "GetTransitGatewayRouteTableAssociations",
        "associations",
        (call, after) => (Table(call).Associations ?? []).Order(StringComparer.Ordinal).Where(a => after is null || string.CompareOrdinal(a, after) > 0),
        a => a,
        AssociationWriter)
    {
        MoreParameters = "TransitGatewayRouteTableId*",
        Filters =
        [
            ("transit-gateway-attachment-id", (_, a) => [a]),
            ("resource-type", (_, _) => ["vpc"]),
            ("resource-id", (call, a) => [call.Here.TransitAttachments[a]?.Vpc.Value]),
        ],
    };

    private static Describe<Route> Routes => new(
        "SearchTransitGatewayRoutes",
        "routeSet",
        (call, after) => (Table(call).Routes ?? []).OrderBy(Key, StringComparer.Ordinal).Where(r => after is null || string.CompareOrdinal(Key(r), after) > 0),
        Key,
        RouteWriter)
    {
        MoreParameters = "TransitGatewayRouteTableId*",
        Filters =
        [
            ("attachment.transit-gateway-attachment-id", (_, r) => [r.Target]),
            ("attachment.resource-id", (call, r) => [call.Here.TransitAttachments[r.Target]?.Vpc.Value]),
            ("attachment.resource-type", (_, r) => [r.Target.Length > 0 ? "vpc" : null]),
            ("prefix-list-id", (_, r) => [r.DestinationPrefixList?.Value]),
            ("route-search.exact-match", (_, r) => [r.Destination?.ToString()]),
            ("state", (_, r) => [RouteState(r)]),
            ("type", (_, _) => ["static"]),
            .. FilterNames.Without<Route>("route-search.longest-prefix-match", "route-search.subnet-of-match", "route-search.supernet-of-match"),
        ],
    };

    private static ImmutableArray<(string Name, Func<Call, TransitGatewayAttachment, IEnumerable<string?>> Values)> AttachmentFilters =>
    [
        ("state", (_, a) => [State(a)]),
        ("transit-gateway-attachment-id", (_, a) => [a.Id]),
        ("transit-gateway-id", (_, a) => [a.TransitGateway]),
    ];

    private static TransitGatewayRouteTable Table(Call call)
    {
        var id = ResourceKind.TransitRouteTable.Check(call.Input.Required("TransitGatewayRouteTableId"));
        return call.Here.TransitRouteTables.Visible(id) ?? throw ResourceKind.TransitRouteTable.NotFound(id);
    }

    private static TransitGatewayRouteTable? TableOf(Call call, string attachment) =>
        call.Here.TransitRouteTables.Values.FirstOrDefault(t => t.Associations is { } list && list.Contains(attachment));

    private static string Key(Route route) => route.Destination?.ToString() ?? route.DestinationPrefixList?.Value ?? string.Empty;

    private static string State(TransitGatewayAttachment attachment) => attachment.State.Length > 0 ? attachment.State : "available";

    private static string VpcOwner(TransitGatewayAttachment attachment) =>
        attachment.VpcOwner.Length > 0 ? attachment.VpcOwner : attachment.Scope.Account;

    private static string RouteState(Route route) => route.IsBlackhole ? "blackhole" : "active";

    private static void WriteVpcAttachment(ReplyWriter writer, TransitGatewayAttachment attachment)
    {
        writer.Text("transitGatewayAttachmentId", attachment.Id);
        writer.Text("transitGatewayId", attachment.TransitGateway);
        writer.Text("vpcId", attachment.Vpc.Value);
        writer.Text("vpcOwnerId", VpcOwner(attachment));
        writer.Text("state", State(attachment));
        writer.TextList("subnetIds", attachment.Subnets.Select(s => s.Value));
        if (attachment.SecurityGroupReferencing is { } referencing)
        {
            writer.Open("options");
            writer.Text("securityGroupReferencingSupport", referencing ? "enable" : "disable");
            writer.Close("options");
        }

        TagXml.Write(writer, attachment.Tags);
    }

    private static Action<ReplyWriter> AttachmentWriter(Call call, TransitGatewayAttachment attachment)
    {
        var table = TableOf(call, attachment.Id)?.Id;
        return writer =>
        {
            writer.Text("transitGatewayAttachmentId", attachment.Id);
            writer.Text("transitGatewayId", attachment.TransitGateway);
            writer.Text("transitGatewayOwnerId", attachment.Scope.Account);
            writer.Text("resourceOwnerId", VpcOwner(attachment));
            writer.Text("resourceType", "vpc");
            writer.Text("resourceId", attachment.Vpc.Value);
            writer.Text("state", State(attachment));
            if (table is not null)
            {
                writer.Open("association");
                writer.Text("transitGatewayRouteTableId", table);
                writer.Text("state", "associated");
                writer.Close("association");
            }

            TagXml.Write(writer, attachment.Tags);
        };
    }

    private static void WriteRouteTable(ReplyWriter writer, TransitGatewayRouteTable table)
    {
        writer.Text("transitGatewayRouteTableId", table.Id);
        writer.Text("transitGatewayId", table.TransitGateway);
        writer.Text("state", "available");
        TagXml.Write(writer, Tags.None);
    }

    private static Action<ReplyWriter> AssociationWriter(Call call, string attachment)
    {
        var vpc = call.Here.TransitAttachments[attachment]?.Vpc.Value;
        return writer =>
        {
            writer.Text("transitGatewayAttachmentId", attachment);
            writer.Text("resourceId", vpc);
            writer.Text("resourceType", "vpc");
            writer.Text("state", "associated");
        };
    }

    private static Action<ReplyWriter> RouteWriter(Call call, Route route)
    {
        var vpc = call.Here.TransitAttachments[route.Target]?.Vpc.Value;
        return writer =>
        {
            writer.Text("destinationCidrBlock", route.Destination?.ToString());
            writer.Text("prefixListId", route.DestinationPrefixList?.Value);
            writer.List("transitGatewayAttachments", route.Target.Length > 0 ? [route.Target] : Array.Empty<string>(), attachment =>
            {
                writer.Text("resourceId", vpc);
                writer.Text("transitGatewayAttachmentId", attachment);
                writer.Text("resourceType", vpc is null ? null : "vpc");
            });
            writer.Text("type", "static");
            writer.Text("state", RouteState(route));
        };
    }
}

using Sallyport.Aws.Ec2.Query;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Aws.Ec2.Wire;

/// <summary>Reads transit gateways, their VPC attachments, route tables, associations and routes.</summary>
internal static class TransitGatewayXml
{
    /// <summary>A transit gateway and whether groups may be referenced across it (null when the answer does not say).</summary>
    public static (Gateway Gateway, bool? Referencing)? Read(ResponseReader xml, Scope scope)
    {
        string? id = null, owner = null;
        var state = string.Empty;
        bool? referencing = null;
        var tags = Tags.None;
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "transitGatewayId": id = xml.OptionalText(); break;
                case "ownerId": owner = xml.OptionalText(); break;
                case "state": state = xml.Text(); break;
                case "tagSet": tags = xml.Tags(); break;
                case "options": referencing = Referencing(xml); break;
            }
        }

        return id is null || state is "deleted" ? null : (new Gateway(id, scope.OwnedBy(owner), GatewayKind.Transit) { State = state, Tags = tags }, referencing);
    }

    /// <summary>Reads <c>transitGatewayVpcAttachments/item</c>; deleted ones are left out.</summary>
    public static TransitGatewayAttachment? ReadAttachment(ResponseReader xml, Scope scope)
    {
        string? id = null, gateway = null, vpc = null;
        var (owner, state) = (string.Empty, string.Empty);
        bool? referencing = null;
        var tags = Tags.None;
        List<string> subnets = [];
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "transitGatewayAttachmentId": id = xml.OptionalText(); break;
                case "transitGatewayId": gateway = xml.OptionalText(); break;
                case "vpcId": vpc = xml.OptionalText(); break;
                case "vpcOwnerId": owner = xml.Text(); break;
                case "state": state = xml.Text(); break;
                case "subnetIds": subnets = xml.TextList(); break;
                case "options": referencing = Referencing(xml); break;
                case "tagSet": tags = xml.Tags(); break;
            }
        }

        return id is null || gateway is null || vpc is null || state == "deleted" ? null : new TransitGatewayAttachment(id, scope, gateway, new VpcId(vpc))
        {
            VpcOwner = owner,
            State = state,
            Subnets = [.. subnets.Distinct().Select(s => new SubnetId(s)).Order()],
            SecurityGroupReferencing = referencing,
            Tags = tags,
        };
    }

    /// <summary>Reads <c>transitGatewayRouteTables/item</c>, without routes and associations.</summary>
    public static TransitGatewayRouteTable? ReadTable(ResponseReader xml, Scope scope)
    {
        string? id = null, gateway = null;
        var state = string.Empty;
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "transitGatewayRouteTableId": id = xml.OptionalText(); break;
                case "transitGatewayId": gateway = xml.OptionalText(); break;
                case "state": state = xml.Text(); break;
            }
        }

        return id is null || gateway is null || state == "deleted" ? null : new TransitGatewayRouteTable(id, scope, gateway);
    }

    /// <summary>Reads <c>associations/item</c>: the id of an attachment in force, else null.</summary>
    public static string? ReadAssociation(ResponseReader xml)
    {
        string? id = null;
        var state = "associated";
        foreach (var name in xml.Children())
        {
            if (name == "transitGatewayAttachmentId") id = xml.OptionalText();
            else if (name == "state") state = xml.Text();
        }

        return state is "associated" or "associating" ? id : null;
    }

    /// <summary>Reads <c>routeSet/item</c>; a route over several attachments (ECMP) names the first by id.</summary>
    public static Route? ReadRoute(ResponseReader xml)
    {
        Cidr? block = null;
        string? list = null;
        var blackhole = false;
        List<string> attachments = [];
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "destinationCidrBlock":
                    if (Cidr.TryParse(xml.Text(), out var cidr)) block = cidr;
                    break;
                case "prefixListId": list = xml.OptionalText(); break;
                case "state": blackhole = xml.Text() == "blackhole"; break;
                case "transitGatewayAttachments":
                    attachments = xml.List(() =>
                    {
                        string? id = null;
                        foreach (var field in xml.Children())
                        {
                            if (field == "transitGatewayAttachmentId") id = xml.OptionalText();
                        }

                        return id;
                    });
                    break;
            }
        }

        return block is null && list is null ? null : new Route
        {
            Destination = block,
            DestinationPrefixList = block is null && list is not null ? new PrefixListId(list) : null,
            Target = attachments.Order(StringComparer.Ordinal).FirstOrDefault() ?? string.Empty,
            IsBlackhole = blackhole,
        };
    }

    private static bool? Referencing(ResponseReader xml)
    {
        bool? value = null;
        foreach (var field in xml.Children())
        {
            if (field == "securityGroupReferencingSupport") value = xml.Text() == "enable";
        }

        return value;
    }
}

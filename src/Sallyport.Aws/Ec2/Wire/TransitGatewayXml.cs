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

        return id is null ? null : (new Gateway(id, scope.OwnedBy(owner), GatewayKind.Transit) { State = state, Tags = tags }, referencing);
    }

    /// <summary>Reads <c>transitGatewayVpcAttachments/item</c>; its scope is that of the VPC's owner.</summary>
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

        return id is null || gateway is null || vpc is null ? null : new TransitGatewayAttachment(id, scope.OwnedBy(owner), gateway, new VpcId(vpc))
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
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "transitGatewayRouteTableId": id = xml.OptionalText(); break;
                case "transitGatewayId": gateway = xml.OptionalText(); break;
            }
        }

        return id is null || gateway is null ? null : new TransitGatewayRouteTable(id, scope, gateway);
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

        return state == "associated" ? id : null;
    }

    /// <summary>Reads <c>routeSet/item</c>; a route over several attachments (ECMP) becomes one for each.</summary>
    public static List<Route> ReadRoutes(ResponseReader xml)
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

        if (block is null && list is null) throw new System.Xml.XmlException("A route has no destination that can be understood.");
        var route = new Route
        {
            Destination = block,
            DestinationPrefixList = block is null && list is not null ? new PrefixListId(list) : null,
            IsBlackhole = blackhole,
        };
        return attachments.Count == 0 ? [route] : attachments.ConvertAll(a => route with { Target = a });
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

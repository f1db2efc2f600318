using System.Text;
using Sallyport.Estates.Files;
using Sallyport.Packets;

namespace Sallyport.Estates.AwsCli;

internal sealed partial class ItemReader
{
    private void ReadGateway(JsonItem item, GatewayKind kind, string idField, string attachmentsField)
    {
        if (item.Required("gateway", Encoding.UTF8.GetBytes(idField)) is not { } id) return;
        var attachments = item.Items(Encoding.UTF8.GetBytes(attachmentsField));
        var attached = attachments.Where(a => a.Text("State"u8) is null or "available" or "attached" or "attaching").ToList();
        into.Add(new Gateway(id, ScopeNames.Of(file.Fallback, item.Text("OwnerId"u8), arn: null), kind)
        {
            Vpcs = [.. attached.Select(VpcOf).OfType<VpcId>().Distinct().Order()],
            State = item.Text("State"u8) ?? (attached.Count == 0 ? string.Empty : attached[0].Text("State"u8) ?? string.Empty),
            Tags = item.Tags("Tags"u8),
        });
    }

    private void ReadNatGateway(JsonItem item)
    {
        if (item.Required("NAT gateway", "NatGatewayId"u8) is not { } id) return;
        var inside = new SortedSet<Address>();
        var outside = new SortedSet<Address>();
        foreach (var address in item.Items("NatGatewayAddresses"u8))
        {
            if (address.IpAddress("PrivateIp"u8, id) is { } own) inside.Add(own);
            if (address.IpAddress("PublicIp"u8, id) is { } seen) outside.Add(seen);
        }

        into.Add(new Gateway(id, file.Fallback, GatewayKind.Nat)
        {
            Vpcs = VpcOf(item) is { } vpc ? [vpc] : [],
            Subnet = SubnetOf(item),
            State = item.Text("State"u8) ?? string.Empty,
            Addresses = [.. inside],
            PublicAddresses = [.. outside],
            Tags = item.Tags("Tags"u8),
        });
    }

    private void ReadTransitGateway(JsonItem item)
    {
        if (item.Required("transit gateway", "TransitGatewayId"u8) is not { } id) return;
        into.Add(new Gateway(id, ScopeNames.Of(file.Fallback, item.Text("OwnerId"u8), item.Text("TransitGatewayArn"u8)), GatewayKind.Transit)
        {
            State = item.Text("State"u8) ?? string.Empty,
            Tags = item.Tags("Tags"u8),
        });
    }

    /// <summary>The VPC view names the VPC and its subnets; the general view a resource of some type and the associated table.</summary>
    private void ReadAttachment(JsonItem item)
    {
        if (item.Required("transit gateway attachment", "TransitGatewayAttachmentId"u8) is not { } id) return;
        var transitGateway = item.Text("TransitGatewayId"u8) ?? string.Empty;
        if (item.Object("Association"u8) is { } association
            && association.Text("TransitGatewayRouteTableId"u8) is { Length: > 0 } table
            && association.Text("State"u8) is null or "associated")
        {
            if (!_associatedWith.TryGetValue(table, out var known))
            {
                _associatedWith[table] = known = (ScopeNames.Of(file.Fallback, item.Text("TransitGatewayOwnerId"u8), arn: null), transitGateway, []);
            }

            known.Attachments.Add(id);
        }

        var vpc = item.Text("VpcId"u8) ?? (item.Text("ResourceType"u8) == "vpc" ? item.Text("ResourceId"u8) : null);
        if (vpc is null) return;
        var owner = item.Text("VpcOwnerId"u8) ?? item.Text("ResourceOwnerId"u8) ?? string.Empty;
        var referencing = item.Object("Options"u8)?.Text("SecurityGroupReferencingSupport"u8);
        into.Add(new TransitGatewayAttachment(id, ScopeNames.Of(file.Fallback, owner, arn: null), transitGateway, new VpcId(vpc))
        {
            VpcOwner = owner,
            State = item.Text("State"u8) ?? string.Empty,
            Subnets = [.. item.Texts("SubnetIds"u8).Distinct().Select(s => new SubnetId(s)).Order()],
            SecurityGroupReferencing = referencing is null ? null : referencing == "enable",
            Tags = item.Tags("Tags"u8),
        });
    }

    private void ReadTransitTable(JsonItem item)
    {
        if (item.Required("transit gateway route table", "TransitGatewayRouteTableId"u8) is not { } id) return;
        into.Add(new TransitGatewayRouteTable(id, file.Fallback, item.Text("TransitGatewayId"u8) ?? string.Empty));
    }

    private void ReadTransitRoute(JsonItem item)
    {
        var destination = item.Block("DestinationCidrBlock"u8, "the transit gateway route table");
        var list = item.Text("PrefixListId"u8);
        if (destination is null && list is null) return;
        var route = new Route
        {
            Destination = destination,
            DestinationPrefixList = destination is null ? new PrefixListId(list!) : null,
            IsBlackhole = item.Text("State"u8) == "blackhole",
        };
        var attachments = item.Items("TransitGatewayAttachments"u8);
        if (attachments.Count == 0) _transitRoutes.Add(route);
        foreach (var attachment in attachments)
        {
            _transitRoutes.Add(route with { Target = attachment.Text("TransitGatewayAttachmentId"u8) ?? string.Empty });
        }
    }

    private void ReadTransitAssociation(JsonItem item)
    {
        if (item.Required("association", "TransitGatewayAttachmentId"u8) is not { } id) return;
        if (item.Text("State"u8) is null or "associated") _transitAssociations.Add(id);
    }
}

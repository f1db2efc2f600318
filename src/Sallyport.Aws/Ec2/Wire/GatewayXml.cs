using System.Collections.Immutable;
using Sallyport.Aws.Ec2.Query;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Aws.Ec2.Wire;

/// <summary>Reads the items of internet, egress-only, VPN, NAT and transit gateways.</summary>
internal static class GatewayXml
{
    /// <summary>
    /// Reads an item of <c>internetGatewaySet</c>, <c>egressOnlyInternetGatewaySet</c> or <c>vpnGatewaySet</c>: an id and attachments.
    /// </summary>
    public static Gateway? ReadAttached(ResponseReader xml, Scope scope, GatewayKind kind)
    {
        string? id = null, owner = null;
        string? state = null, attachmentState = null;
        var tags = Tags.None;
        var vpcs = new SortedSet<VpcId>();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "internetGatewayId" or "egressOnlyInternetGatewayId" or "vpnGatewayId": id = xml.OptionalText(); break;
                case "ownerId": owner = xml.OptionalText(); break;
                case "state": state = xml.OptionalText(); break;
                case "tagSet": tags = xml.Tags(); break;
                case "attachmentSet" or "attachments":
                    foreach (var _ in xml.Children())
                    {
                        var (vpc, attached) = ReadAttachment(xml);
                        if (attached is not ("" or "available" or "attached" or "attaching")) continue;
                        attachmentState ??= attached;
                        if (vpc is not null) vpcs.Add(new VpcId(vpc));
                    }

                    break;
            }
        }

        return id is null ? null : new Gateway(id, scope.OwnedBy(owner), kind) { Vpcs = [.. vpcs], State = state ?? attachmentState ?? string.Empty, Tags = tags };
    }

    /// <summary>Reads an item of <c>natGatewaySet</c>; deleted gateways linger in the answer, as their state tells.</summary>
    public static Gateway? ReadNat(ResponseReader xml, Scope scope)
    {
        string? id = null, vpc = null, subnet = null;
        var state = string.Empty;
        var tags = Tags.None;
        var addresses = ImmutableArray.CreateBuilder<Address>();
        var publics = ImmutableArray.CreateBuilder<Address>();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "natGatewayId": id = xml.OptionalText(); break;
                case "vpcId": vpc = xml.OptionalText(); break;
                case "subnetId": subnet = xml.OptionalText(); break;
                case "state": state = xml.Text(); break;
                case "tagSet": tags = xml.Tags(); break;
                case "natGatewayAddressSet":
                    foreach (var _ in xml.Children())
                    {
                        foreach (var field in xml.Children())
                        {
                            if (field == "privateIp" && Address.TryParse(xml.Text(), out var own)) addresses.Add(own);
                            else if (field == "publicIp" && Address.TryParse(xml.Text(), out var shown)) publics.Add(shown);
                        }
                    }

                    break;
            }
        }

        return id is null ? null : new Gateway(id, scope, GatewayKind.Nat)
        {
            Vpcs = vpc is null ? [] : [new VpcId(vpc)],
            Subnet = subnet is null ? null : new SubnetId(subnet),
            State = state,
            Addresses = [.. addresses.Distinct().Order()],
            PublicAddresses = [.. publics.Distinct().Order()],
            Tags = tags,
        };
    }

    private static (string? Vpc, string State) ReadAttachment(ResponseReader xml)
    {
        string? vpc = null;
        var state = string.Empty;
        foreach (var field in xml.Children())
        {
            if (field == "vpcId") vpc = xml.OptionalText();
            else if (field == "state") state = xml.Text();
        }

        return (vpc, state);
    }
}

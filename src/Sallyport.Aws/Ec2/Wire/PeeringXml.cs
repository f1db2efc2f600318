using Sallyport.Aws.Ec2.Query;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Aws.Ec2.Wire;

/// <summary>Reads <c>vpcPeeringConnectionSet/item</c> (DescribeVpcPeeringConnections).</summary>
internal static class PeeringXml
{
    public static Peering? Read(ResponseReader xml)
    {
        string? id = null;
        PeeringEnd? requester = null, accepter = null;
        var status = string.Empty;
        var tags = Tags.None;
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "vpcPeeringConnectionId": id = xml.OptionalText(); break;
                case "requesterVpcInfo": requester = ReadEnd(xml); break;
                case "accepterVpcInfo": accepter = ReadEnd(xml); break;
                case "status":
                    foreach (var field in xml.Children())
                    {
                        if (field == "code") status = xml.Text();
                    }

                    break;
                case "tagSet": tags = xml.Tags(); break;
            }
        }

        return id is null || requester is null || accepter is null
            ? null
            : new Peering(new PeeringId(id), requester, accepter) { Status = status, Tags = tags };
    }

    private static PeeringEnd? ReadEnd(ResponseReader xml)
    {
        string? vpc = null, owner = null, region = null, block = null;
        var blocks = new SortedSet<Cidr>();
        foreach (var field in xml.Children())
        {
            switch (field)
            {
                case "vpcId": vpc = xml.OptionalText(); break;
                case "ownerId": owner = xml.OptionalText(); break;
                case "region": region = xml.OptionalText(); break;
                case "cidrBlock": block = xml.OptionalText(); break;
                case "cidrBlockSet" or "ipv6CidrBlockSet": CidrSetXml.Read(xml, blocks); break;
            }
        }

        if (Cidr.TryParse(block, out var cidr)) blocks.Add(cidr);
        // A peering that waits for acceptance does not tell the far account yet.
        return vpc is null ? null : new PeeringEnd(new VpcId(vpc), new Scope(owner ?? string.Empty, region ?? string.Empty)) { Cidrs = [.. blocks] };
    }
}

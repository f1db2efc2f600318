using Sallyport.Aws.Ec2.Query;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Aws.Ec2.Wire;

/// <summary>Reads <c>subnetSet/item</c> (DescribeSubnets).</summary>
internal static class SubnetXml
{
    public static Subnet? Read(ResponseReader xml, Scope scope)
    {
        string? id = null, vpc = null, owner = null, block = null;
        var zone = string.Empty;
        var mapPublic = false;
        var tags = Tags.None;
        var blocks = new SortedSet<Cidr>();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "subnetId": id = xml.OptionalText(); break;
                case "vpcId": vpc = xml.OptionalText(); break;
                case "ownerId": owner = xml.OptionalText(); break;
                case "cidrBlock": block = xml.OptionalText(); break;
                case "availabilityZone": zone = xml.Text(); break;
                case "mapPublicIpOnLaunch": mapPublic = xml.Bool(); break;
                case "ipv6CidrBlockAssociationSet": CidrSetXml.Read(xml, blocks); break;
                case "tagSet": tags = xml.Tags(); break;
            }
        }

        if (id is null || vpc is null) return null;
        if (Cidr.TryParse(block, out var cidr)) blocks.Add(cidr);
        return new Subnet(new SubnetId(id), scope.OwnedBy(owner), new VpcId(vpc))
        {
            Cidrs = [.. blocks],
            AvailabilityZone = zone,
            MapPublicIpOnLaunch = mapPublic,
            Tags = tags,
        };
    }
}

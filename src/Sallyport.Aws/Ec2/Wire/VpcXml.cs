using Sallyport.Aws.Ec2.Query;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Aws.Ec2.Wire;

/// <summary>Reads <c>vpcSet/item</c> (DescribeVpcs).</summary>
internal static class VpcXml
{
    public static Vpc? Read(ResponseReader xml, Scope scope)
    {
        string? id = null, owner = null, first = null;
        var (isDefault, listed) = (false, false);
        var tags = Tags.None;
        var blocks = new SortedSet<Cidr>();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "vpcId": id = xml.OptionalText(); break;
                case "ownerId": owner = xml.OptionalText(); break;
                case "isDefault": isDefault = xml.Bool(); break;
                case "cidrBlock": first = xml.OptionalText(); break;
                case "cidrBlockAssociationSet": listed = CidrSetXml.Read(xml, blocks) > 0; break;
                case "ipv6CidrBlockAssociationSet": CidrSetXml.Read(xml, blocks); break;
                case "tagSet": tags = xml.Tags(); break;
            }
        }

        if (id is null) return null;
        // The primary block is in the list too, with its state.
        if (!listed && Cidr.TryParse(first, out var primary)) blocks.Add(primary);
        return new Vpc(new VpcId(id), scope.OwnedBy(owner)) { Cidrs = [.. blocks], IsDefault = isDefault, Tags = tags };
    }
}

using Sallyport.Aws.Ec2.Query;
using Sallyport.Packets;

namespace Sallyport.Aws.Ec2.Wire;

/// <summary>Reads the block lists of VPCs, subnets and peerings.</summary>
internal static class CidrSetXml
{
    /// <summary>
    /// Adds the blocks of the current list and counts its items. An item with a state counts as a block only while <c>associated</c>;
    /// an item without one always.
    /// </summary>
    public static int Read(ResponseReader xml, ISet<Cidr> into)
    {
        var items = 0;
        foreach (var _ in xml.Children())
        {
            items++;
            string? block = null;
            var state = "associated";
            foreach (var field in xml.Children())
            {
                switch (field)
                {
                    case "cidrBlock" or "ipv6CidrBlock": block = xml.OptionalText(); break;
                    case "cidrBlockState" or "ipv6CidrBlockState":
                        foreach (var inner in xml.Children())
                        {
                            if (inner == "state") state = xml.Text();
                        }

                        break;
                }
            }

            if (state == "associated" && Cidr.TryParse(block, out var cidr)) into.Add(cidr);
        }

        return items;
    }
}

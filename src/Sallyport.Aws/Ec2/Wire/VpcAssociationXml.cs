using Sallyport.Aws.Ec2.Query;
using Sallyport.Estates;

namespace Sallyport.Aws.Ec2.Wire;

/// <summary>Reads <c>securityGroupVpcAssociationSet/item</c> (DescribeSecurityGroupVpcAssociations).</summary>
internal static class VpcAssociationXml
{
    public static VpcAssociation? Read(ResponseReader xml)
    {
        string? group = null, vpc = null;
        var state = string.Empty;
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "groupId": group = xml.OptionalText(); break;
                case "vpcId": vpc = xml.OptionalText(); break;
                case "state": state = xml.Text(); break;
            }
        }

        return group is null || vpc is null ? null : new VpcAssociation(new SecurityGroupId(group), new VpcId(vpc), state);
    }
}

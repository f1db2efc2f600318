using System.Collections.Immutable;
using Sallyport.Aws.Ec2.Query;
using Sallyport.Estates;

namespace Sallyport.Aws.Ec2.Wire;

/// <summary>Reads <c>securityGroupInfo/item</c> (DescribeSecurityGroups).</summary>
internal static class SecurityGroupXml
{
    public static SecurityGroup? Read(ResponseReader xml, Scope scope)
    {
        string? id = null, owner = null, vpc = null;
        var (groupName, description) = (string.Empty, string.Empty);
        var tags = Tags.None;
        var rules = ImmutableArray.CreateBuilder<SecurityGroupRule>();
        var malformed = new List<MalformedRule>();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "groupId": id = xml.OptionalText(); break;
                case "groupName": groupName = xml.Text(); break;
                case "groupDescription": description = xml.Text(); break;
                case "ownerId": owner = xml.OptionalText(); break;
                case "vpcId": vpc = xml.OptionalText(); break;
                case "tagSet": tags = xml.Tags(); break;
                case "ipPermissions":
                    foreach (var _ in xml.Children()) PermissionXml.Read(xml, Direction.Ingress, rules, malformed);
                    break;
                case "ipPermissionsEgress":
                    foreach (var _ in xml.Children()) PermissionXml.Read(xml, Direction.Egress, rules, malformed);
                    break;
            }
        }

        return id is null ? null : new SecurityGroup(new SecurityGroupId(id), scope.OwnedBy(owner))
        {
            Name = groupName,
            Description = description,
            Vpc = vpc is null ? null : new VpcId(vpc),
            Tags = tags,
            Rules = rules.ToImmutable(),
            Malformed = [.. malformed],
        };
    }
}

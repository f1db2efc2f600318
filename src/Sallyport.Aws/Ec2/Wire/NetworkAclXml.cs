using Sallyport.Aws.Ec2.Query;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Aws.Ec2.Wire;

/// <summary>Reads <c>networkAclSet/item</c> (DescribeNetworkAcls).</summary>
internal static class NetworkAclXml
{
    public static NetworkAcl? Read(ResponseReader xml, Scope scope)
    {
        string? id = null, vpc = null, owner = null;
        var isDefault = false;
        var tags = Tags.None;
        var subnets = new SortedSet<SubnetId>();
        var entries = new List<NetworkAclEntry>();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "networkAclId": id = xml.OptionalText(); break;
                case "vpcId": vpc = xml.OptionalText(); break;
                case "ownerId": owner = xml.OptionalText(); break;
                case "default": isDefault = xml.Bool(); break;
                case "tagSet": tags = xml.Tags(); break;
                case "associationSet":
                    foreach (var _ in xml.Children())
                    {
                        foreach (var field in xml.Children())
                        {
                            if (field == "subnetId" && xml.OptionalText() is { } subnet) subnets.Add(new SubnetId(subnet));
                        }
                    }

                    break;
                case "entrySet": entries = xml.List(() => ReadEntry(xml)); break;
            }
        }

        return id is null || vpc is null ? null : new NetworkAcl(id, scope.OwnedBy(owner), new VpcId(vpc))
        {
            IsDefault = isDefault,
            Subnets = [.. subnets],
            Entries = [.. entries.OrderBy(e => e.Direction).ThenBy(e => e.Number).ThenBy(e => e.Cidr.Family)],
            Tags = tags,
        };
    }

    /// <summary>An entry that is not understood cannot be left out (order matters): it fails the answer.</summary>
    private static NetworkAclEntry ReadEntry(ResponseReader xml)
    {
        var (egress, allows, number) = (false, false, 0);
        string? protocol = null, block = null;
        int? from = null, to = null, type = null, code = null;
        foreach (var field in xml.Children())
        {
            switch (field)
            {
                case "egress": egress = xml.Bool(); break;
                case "ruleAction": allows = xml.Text() == "allow"; break;
                case "ruleNumber": number = xml.Int(); break;
                case "protocol": protocol = xml.Text(); break;
                case "cidrBlock" or "ipv6CidrBlock": block = xml.OptionalText() ?? block; break;
                case "portRange":
                    foreach (var inner in xml.Children())
                    {
                        if (inner == "from") from = xml.Int();
                        else if (inner == "to") to = xml.Int();
                    }

                    break;
                case "icmpTypeCode":
                    foreach (var inner in xml.Children())
                    {
                        if (inner == "type") type = xml.Int();
                        else if (inner == "code") code = xml.Int();
                    }

                    break;
            }
        }

        if (protocol is not null && Protocol.TryParse(protocol, out var parsed) && parsed.HasTypes) (from, to) = (type, code);
        if (!RuleFields.TryService(protocol, from, to, out var service, out var problem) || !Cidr.TryParse(block, out var cidr))
        {
            throw new System.Xml.XmlException($"Network ACL entry {number}: {problem ?? $"\"{block}\" is not a CIDR block"}.");
        }

        return new NetworkAclEntry(egress ? Direction.Egress : Direction.Ingress, number, allows, service, cidr);
    }
}

using System.Collections.Immutable;
using Sallyport.Aws.Ec2.Query;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Aws.Ec2.Wire;

/// <summary>Reads <c>networkInterfaceSet/item</c> (DescribeNetworkInterfaces).</summary>
internal static class NetworkInterfaceXml
{
    public static NetworkInterface? Read(ResponseReader xml, Scope scope)
    {
        string? id = null, owner = null, vpc = null, subnet = null, requester = null, instance = null;
        var (type, status, description) = ("interface", string.Empty, string.Empty);
        var (managed, check) = (false, true);
        var tags = Tags.None;
        string? primary = null, primaryV6 = null, publicAddress = null;
        var privates = new List<(Address Address, bool Primary, string? Public)>();
        var v6 = new List<Address>();
        var prefixes = ImmutableArray.CreateBuilder<Cidr>();
        List<SecurityGroupId> groups = [];
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "networkInterfaceId": id = xml.OptionalText(); break;
                case "ownerId": owner = xml.OptionalText(); break;
                case "vpcId": vpc = xml.OptionalText(); break;
                case "subnetId": subnet = xml.OptionalText(); break;
                case "requesterId": requester = xml.OptionalText(); break;
                case "requesterManaged": managed = xml.Bool(); break;
                case "sourceDestCheck": check = xml.Bool(); break;
                case "interfaceType": type = xml.OptionalText() ?? type; break;
                case "status": status = xml.Text(); break;
                case "description": description = xml.Text(); break;
                case "tagSet": tags = xml.Tags(); break;
                case "privateIpAddress": primary = xml.OptionalText(); break;
                case "ipv6Address": primaryV6 = xml.OptionalText(); break;
                case "association": publicAddress = PublicAddress(xml); break;
                case "attachment":
                    foreach (var field in xml.Children())
                    {
                        if (field == "instanceId") instance = xml.OptionalText();
                    }

                    break;
                case "groupSet": groups = GroupSet(xml); break;
                case "privateIpAddressesSet":
                    foreach (var _ in xml.Children()) ReadPrivate(xml, privates);
                    break;
                case "ipv6AddressesSet":
                    foreach (var _ in xml.Children())
                    {
                        foreach (var field in xml.Children())
                        {
                            if (field == "ipv6Address" && Address.TryParse(xml.Text(), out var address)) v6.Add(address);
                        }
                    }

                    break;
                case "ipv4PrefixSet" or "ipv6PrefixSet":
                    foreach (var _ in xml.Children())
                    {
                        foreach (var field in xml.Children())
                        {
                            if (field is "ipv4Prefix" or "ipv6Prefix" && Cidr.TryParse(xml.Text(), out var prefix)) prefixes.Add(prefix);
                        }
                    }

                    break;
            }
        }

        if (id is null) return null;
        if (Address.TryParse(primary, out var first)) privates.Insert(0, (first, true, publicAddress));
        if (v6.Count == 0 && Address.TryParse(primaryV6, out var onlyV6)) v6.Add(onlyV6);
        var ordered = privates.OrderByDescending(p => p.Primary).ToList();
        return new NetworkInterface(new NetworkInterfaceId(id), scope.OwnedBy(owner))
        {
            Vpc = vpc is null ? null : new VpcId(vpc),
            Subnet = subnet is null ? null : new SubnetId(subnet),
            Groups = [.. groups.Distinct().Order()],
            Addresses = [.. ordered.Select(p => p.Address).Concat(v6).Distinct()],
            Prefixes = [.. prefixes.Distinct().Order()],
            PublicAddresses = [.. Publics(ordered).DistinctBy(p => p.Key).OrderBy(p => p.Key)],
            InterfaceType = type,
            Status = status,
            Description = description,
            RequesterManaged = managed,
            RequesterId = requester,
            Instance = instance,
            SourceDestCheck = check,
            Tags = tags,
        };
    }

    /// <summary>Reads a <c>groupSet</c>.</summary>
    public static List<SecurityGroupId> GroupSet(ResponseReader xml)
    {
        var groups = new List<SecurityGroupId>();
        foreach (var _ in xml.Children())
        {
            foreach (var field in xml.Children())
            {
                if (field == "groupId" && xml.OptionalText() is { } id) groups.Add(new SecurityGroupId(id));
            }
        }

        return groups;
    }

    private static IEnumerable<KeyValuePair<Address, Address>> Publics(List<(Address Address, bool Primary, string? Public)> privates)
    {
        foreach (var (address, _, text) in privates)
        {
            if (Address.TryParse(text, out var parsed)) yield return new(address, parsed);
        }
    }

    private static void ReadPrivate(ResponseReader xml, List<(Address Address, bool Primary, string? Public)> into)
    {
        string? text = null, publicAddress = null;
        var primary = false;
        foreach (var field in xml.Children())
        {
            switch (field)
            {
                case "privateIpAddress": text = xml.OptionalText(); break;
                case "primary": primary = xml.Bool(); break;
                case "association": publicAddress = PublicAddress(xml); break;
            }
        }

        if (Address.TryParse(text, out var address)) into.Add((address, primary, publicAddress));
    }

    private static string? PublicAddress(ResponseReader xml)
    {
        string? found = null;
        foreach (var field in xml.Children())
        {
            if (field == "publicIp") found = xml.OptionalText();
        }

        return found;
    }
}

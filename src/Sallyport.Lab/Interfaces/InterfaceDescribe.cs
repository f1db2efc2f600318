using Sallyport.Estates;
using Sallyport.Lab.Storage;
using Sallyport.Lab.Wire;
using Sallyport.Packets;

namespace Sallyport.Lab.Interfaces;

/// <summary>Network interfaces.</summary>
internal static class InterfaceDescribe
{
    public static Describe<NetworkInterface> Interfaces => new(
        "DescribeNetworkInterfaces",
        "networkInterfaceSet",
        (call, after) => call.Here.Interfaces.VisibleAfter(after),
        i => i.Id.Value,
        InterfaceXml.Writer)
    {
        IdParameter = "NetworkInterfaceId",
        IdKind = ResourceKind.Interface,
        Find = (call, id) => call.Here.Interfaces.Visible(id),
        IdsExcludePaging = true,
        MoreParameters = "IncludeManagedResources:bool",
        Tags = i => i.Tags,
        Filters =
        [
            ("addresses.private-ip-address", (_, i) => V4(i)),
            ("addresses.primary", (_, i) => V4(i).Select((_, at) => FilterNames.Flag(at == 0))),
            ("addresses.association.public-ip", (_, i) => Public(i).Select(a => a.ToString())),
            ("addresses.association.owner-id", (_, i) => Public(i).Select(_ => i.Scope.Account)),
            ("association.allocation-id", (_, i) => Public(i).Select(InterfaceXml.AllocationId)),
            ("association.association-id", (_, i) => Public(i).Select(InterfaceXml.AssociationId)),
            ("association.ip-owner-id", (_, i) => Public(i).Select(_ => i.Scope.Account)),
            ("association.public-ip", (_, i) => Public(i).Select(a => a.ToString())),
            ("attachment.attachment-id", (_, i) => [InterfaceXml.AttachmentId(i)]),
            ("attachment.delete-on-termination", (_, _) => ["true"]),
            ("attachment.device-index", (_, _) => ["0"]),
            ("attachment.instance-id", (_, i) => [i.Instance]),
            ("attachment.instance-owner-id", (_, i) => [i.RequesterId ?? i.Scope.Account]),
            ("attachment.status", (_, i) => [InterfaceXml.Status(i) == "in-use" ? "attached" : null]),
            ("availability-zone", (call, i) => [i.Subnet is { } s ? call.World.FindSubnet(call.Scope.Region, s)?.AvailabilityZone : null]),
            ("description", (_, i) => [i.Description]),
            ("group-id", (_, i) => i.Groups.Select(g => g.Value)),
            ("group-name", (call, i) => i.Groups.Select(g => call.World.FindGroup(call.Scope.Region, g)?.Name)),
            ("ipv6-addresses.ipv6-address", (_, i) => InterfaceXml.Addresses(i, IpFamily.V6).Select(a => a.ToString())),
            ("interface-type", (_, i) => [FilterSpelling(i.InterfaceType)]),
            ("mac-address", (_, i) => [InterfaceXml.MacAddress(i)]),
            ("network-interface-id", (_, i) => [i.Id.Value]),
            ("owner-id", (_, i) => [i.Scope.Account]),
            ("private-ip-address", (_, i) => V4(i).Take(1)),
            ("requester-id", (_, i) => [i.RequesterId]),
            ("requester-managed", (_, i) => [FilterNames.Flag(i.RequesterManaged)]),
            ("source-dest-check", (_, i) => [FilterNames.Flag(i.SourceDestCheck)]),
            ("status", (_, i) => [InterfaceXml.Status(i)]),
            ("subnet-id", (_, i) => [i.Subnet?.Value]),
            ("vpc-id", (_, i) => [i.Vpc?.Value]),
            ("operator.managed", (_, _) => ["false"]),
            .. FilterNames.Without<NetworkInterface>(
                "association.public-dns-name", "attachment.attach-time", "availability-zone-id", "operator.principal", "private-dns-name"),
        ],
    };

    private static IEnumerable<string?> V4(NetworkInterface nic) => InterfaceXml.Addresses(nic, IpFamily.V4).Select(a => a.ToString());

    private static IEnumerable<Address> Public(NetworkInterface nic) => nic.PublicAddresses.Select(p => p.Value);

    /// <summary>The filter spells NAT differently from the answer.</summary>
    private static string FilterSpelling(string type) => type == "natGateway" ? "nat_gateway" : type;
}

using Sallyport.Estates;
using Sallyport.Lab.Storage;
using Sallyport.Lab.Tagging;
using Sallyport.Lab.Wire;
using Sallyport.Packets;

namespace Sallyport.Lab.Interfaces;

/// <summary>
/// Writes interfaces. What an estate does not tell but EC2 always says (MAC address, attachment id) is derived from the id, so it
/// is the same in every run.
/// </summary>
internal static class InterfaceXml
{
    /// <summary>A writer of one interface with the names of its groups and its zone looked up.</summary>
    public static Action<ReplyWriter> Writer(Call call, NetworkInterface nic)
    {
        var groups = Groups(call, nic.Groups);
        var zone = nic.Subnet is { } subnet ? call.World.FindSubnet(call.Scope.Region, subnet)?.AvailabilityZone : null;
        return writer =>
        {
            writer.Text("networkInterfaceId", nic.Id.Value);
            writer.Text("subnetId", nic.Subnet?.Value);
            writer.Text("vpcId", nic.Vpc?.Value);
            writer.TextIfAny("availabilityZone", zone ?? string.Empty);
            writer.Text("description", nic.Description);
            writer.Text("ownerId", nic.Scope.Account);
            writer.Text("requesterId", nic.RequesterId);
            writer.Flag("requesterManaged", nic.RequesterManaged);
            writer.Text("status", Status(nic));
            writer.Text("macAddress", MacAddress(nic));
            writer.Text("privateIpAddress", Addresses(nic, IpFamily.V4).FirstOrDefault()?.ToString());
            writer.Flag("sourceDestCheck", nic.SourceDestCheck);
            WriteGroups(writer, groups);
            if (nic.Instance is not null || Status(nic) == "in-use") WriteAttachment(writer, nic);
            WriteAssociation(writer, nic, Addresses(nic, IpFamily.V4).FirstOrDefault());
            WriteAddresses(writer, nic);
            writer.Text("interfaceType", nic.InterfaceType);
            TagXml.Write(writer, nic.Tags);
        };
    }

    /// <summary>The interface as part of its instance (EC2 API: InstanceNetworkInterface).</summary>
    public static Action<ReplyWriter> InInstance(Call call, NetworkInterface nic)
    {
        var groups = Groups(call, nic.Groups);
        return writer =>
        {
            writer.Text("networkInterfaceId", nic.Id.Value);
            writer.Text("subnetId", nic.Subnet?.Value);
            writer.Text("vpcId", nic.Vpc?.Value);
            writer.Text("description", nic.Description);
            writer.Text("ownerId", nic.Scope.Account);
            writer.Text("status", Status(nic));
            writer.Text("macAddress", MacAddress(nic));
            writer.Text("privateIpAddress", Addresses(nic, IpFamily.V4).FirstOrDefault()?.ToString());
            writer.Flag("sourceDestCheck", nic.SourceDestCheck);
            WriteGroups(writer, groups);
            WriteAttachment(writer, nic);
            WriteAssociation(writer, nic, Addresses(nic, IpFamily.V4).FirstOrDefault());
            WriteAddresses(writer, nic);
            writer.Text("interfaceType", nic.InterfaceType);
        };
    }

    public static List<(string Id, string? Name)> Groups(Call call, IEnumerable<SecurityGroupId> groups) =>
        [.. groups.Select(g => (g.Value, call.World.FindGroup(call.Scope.Region, g)?.Name))];

    public static void WriteGroups(ReplyWriter writer, IEnumerable<(string Id, string? Name)> groups) => writer.List("groupSet", groups, group =>
    {
        writer.Text("groupId", group.Id);
        writer.Text("groupName", group.Name);
    });

    public static string Status(NetworkInterface nic) => nic.Status.Length > 0 ? nic.Status : "in-use";

    public static string MacAddress(NetworkInterface nic)
    {
        var hex = IdSequence.Hex(nic.Id.Value, 10);
        return "02:" + string.Join(':', Enumerable.Range(0, 5).Select(i => hex.Substring(i * 2, 2)));
    }

    public static string AttachmentId(NetworkInterface nic) => IdSequence.Derived("eni-attach-", nic.Id.Value);

    public static string AssociationId(Address publicAddress) => IdSequence.Derived("eipassoc-", publicAddress.ToString());

    public static string AllocationId(Address publicAddress) => IdSequence.Derived("eipalloc-", publicAddress.ToString());

    public static IEnumerable<Address?> Addresses(NetworkInterface nic, IpFamily family) =>
        nic.Addresses.Where(a => a.Family == family).Select(a => (Address?)a);

    private static void WriteAttachment(ReplyWriter writer, NetworkInterface nic)
    {
        writer.Open("attachment");
        writer.Text("attachmentId", AttachmentId(nic));
        writer.Number("deviceIndex", 0);
        writer.Text("instanceId", nic.Instance);
        writer.Text("instanceOwnerId", nic.RequesterId ?? nic.Scope.Account);
        writer.Text("status", "attached");
        writer.Flag("deleteOnTermination", true);
        writer.Close("attachment");
    }

    private static void WriteAddresses(ReplyWriter writer, NetworkInterface nic)
    {
        var v4 = Addresses(nic, IpFamily.V4).ToList();
        writer.List("privateIpAddressesSet", v4, address =>
        {
            writer.Text("privateIpAddress", address.ToString());
            writer.Flag("primary", address == v4[0]);
            WriteAssociation(writer, nic, address);
        });
        writer.List("ipv6AddressesSet", Addresses(nic, IpFamily.V6), address => writer.Text("ipv6Address", address.ToString()));
        Prefixes("ipv4PrefixSet", "ipv4Prefix", IpFamily.V4);
        Prefixes("ipv6PrefixSet", "ipv6Prefix", IpFamily.V6);

        void Prefixes(string list, string element, IpFamily family)
        {
            var prefixes = nic.Prefixes.Where(p => p.Family == family).ToList();
            if (prefixes.Count > 0) writer.List(list, prefixes, prefix => writer.Text(element, prefix.ToString()));
        }
    }

    private static void WriteAssociation(ReplyWriter writer, NetworkInterface nic, Address? privateAddress)
    {
        foreach (var (inside, outside) in nic.PublicAddresses)
        {
            if (inside != privateAddress) continue;
            writer.Open("association");
            writer.Text("publicIp", outside.ToString());
            writer.Text("ipOwnerId", nic.Scope.Account);
            writer.Text("allocationId", AllocationId(outside));
            writer.Text("associationId", AssociationId(outside));
            writer.Close("association");
        }
    }
}

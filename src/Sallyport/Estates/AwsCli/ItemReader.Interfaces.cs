using System.Collections.Immutable;
using Sallyport.Estates.Files;
using Sallyport.Packets;

namespace Sallyport.Estates.AwsCli;

internal sealed partial class ItemReader
{
    private void ReadReservation(JsonItem item)
    {
        var owner = item.Text("OwnerId"u8);
        foreach (var instance in item.Items("Instances"u8)) ReadInstance(instance, owner);
    }

    private void ReadInstance(JsonItem item, string? owner)
    {
        if (item.Required("instance", "InstanceId"u8) is not { } id) return;
        var interfaces = item.Items("NetworkInterfaces"u8);
        owner ??= interfaces.Select(i => i.Text("OwnerId"u8)).FirstOrDefault(o => o is not null);
        var zone = item.Object("Placement"u8)?.Text("AvailabilityZone"u8);
        var scope = ScopeNames.Of(file.Fallback, owner, arn: null, ScopeNames.RegionOfZone(zone));
        into.Add(new Instance(id, scope)
        {
            State = item.Object("State"u8)?.Text("Name"u8) ?? string.Empty,
            Vpc = VpcOf(item),
            Groups = GroupsOf(item, "SecurityGroups"u8),
            Tags = item.Tags("Tags"u8),
        });
        foreach (var nic in interfaces) ReadInterface(nic, (scope, id), isSeenFromInstance: true);
    }

    private void ReadInterface(JsonItem item, (Scope Scope, string Instance) seen, bool isSeenFromInstance)
    {
        if (item.Required("network interface", "NetworkInterfaceId"u8) is not { } id) return;
        var attachment = item.Object("Attachment"u8);
        var owner = item.Text("OwnerId"u8);
        var nic = new NetworkInterface(
            new NetworkInterfaceId(id),
            isSeenFromInstance ? seen.Scope with { Account = owner ?? seen.Scope.Account } : ScopeNames.Of(file.Fallback, owner, arn: null, ScopeNames.RegionOfZone(item.Text("AvailabilityZone"u8))))
        {
            Vpc = VpcOf(item),
            Subnet = SubnetOf(item),
            Groups = GroupsOf(item, "Groups"u8),
            Addresses = AddressesOf(item, id),
            Prefixes = PrefixesOf(item, id),
            PublicAddresses = PublicAddressesOf(item, id),
            InterfaceType = item.Text("InterfaceType"u8) ?? "interface",
            Status = item.Text("Status"u8) ?? string.Empty,
            Description = item.Text("Description"u8) ?? string.Empty,
            RequesterManaged = item.Flag("RequesterManaged"u8) ?? false,
            RequesterId = item.Text("RequesterId"u8),
            Instance = isSeenFromInstance ? seen.Instance : attachment?.Text("InstanceId"u8),
            SourceDestCheck = item.Flag("SourceDestCheck"u8) ?? true,
            Tags = item.Tags("TagSet"u8),
        };
        if (isSeenFromInstance) into.AddSeen(nic);
        else into.Add(nic);
        if (!item.Has("Groups"u8)) into.Add(new EstateGap(GapKind.NetworkInterfaces, id, "The source lists the interface without its groups."));
    }

    private static ImmutableArray<Address> AddressesOf(JsonItem item, string owner)
    {
        var addresses = new List<Address>();
        if (item.IpAddress("PrivateIpAddress"u8, owner) is { } first) addresses.Add(first);
        foreach (var further in item.Items("PrivateIpAddresses"u8).OrderByDescending(a => a.Flag("Primary"u8) ?? false))
        {
            if (further.IpAddress("PrivateIpAddress"u8, owner) is { } address) addresses.Add(address);
        }

        foreach (var v6 in item.Items("Ipv6Addresses"u8))
        {
            if (v6.IpAddress("Ipv6Address"u8, owner) is { } address) addresses.Add(address);
        }

        return [.. addresses.Distinct()];
    }

    private static ImmutableArray<Cidr> PrefixesOf(JsonItem item, string owner)
    {
        var prefixes = new List<Cidr>();
        foreach (var v4 in item.Items("Ipv4Prefixes"u8))
        {
            if (v4.Block("Ipv4Prefix"u8, owner) is { } block) prefixes.Add(block);
        }

        foreach (var v6 in item.Items("Ipv6Prefixes"u8))
        {
            if (v6.Block("Ipv6Prefix"u8, owner) is { } block) prefixes.Add(block);
        }

        return [.. prefixes.Distinct().Order()];
    }

    private static ImmutableArray<KeyValuePair<Address, Address>> PublicAddressesOf(JsonItem item, string owner)
    {
        var pairs = new SortedDictionary<Address, Address>();
        Take(item);
        foreach (var further in item.Items("PrivateIpAddresses"u8)) Take(further);
        return [.. pairs];

        void Take(JsonItem from)
        {
            if (from.Object("Association"u8) is { } association
                && from.IpAddress("PrivateIpAddress"u8, owner) is { } inside
                && association.IpAddress("PublicIp"u8, owner) is { } outside)
            {
                pairs[inside] = outside;
            }
        }
    }

    private static ImmutableArray<SecurityGroupId> GroupsOf(JsonItem item, ReadOnlySpan<byte> field)
    {
        var groups = new SortedSet<SecurityGroupId>();
        foreach (var group in item.Items(field))
        {
            if (group.Required("group of an interface", "GroupId"u8) is { } id) groups.Add(new SecurityGroupId(id));
        }

        return [.. groups];
    }
}

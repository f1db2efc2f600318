using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Lab.Groups;
using Sallyport.Lab.Storage;
using Sallyport.Lab.Tagging;
using Sallyport.Lab.Wire;
using Sallyport.Packets;

namespace Sallyport.Lab.Interfaces;

/// <summary>Interfaces are made, deleted and put into groups.</summary>
internal static class InterfaceChanges
{
    private const int ReservedAddresses = 4;

    public static IEnumerable<Operation> All =>
    [
        Operation.Change(
            "ModifyNetworkInterfaceAttribute",
            "NetworkInterfaceId*,DryRun:bool,Description.{Value},SourceDestCheck.{Value:bool},SecurityGroupId.n",
            Modify),
        Operation.Change(
            "CreateNetworkInterface",
            $"SubnetId*,Description,PrivateIpAddress,SecurityGroupId.n,Ipv6Addresses.n.{{Ipv6Address}},ClientToken,{TagReader.Notation},DryRun:bool",
            Create),
        Operation.Change("DeleteNetworkInterface", "NetworkInterfaceId*,DryRun:bool", Delete),
    ];

    private static NetworkInterface Find(Call call)
    {
        var id = ResourceKind.Interface.Check(call.Input.Required("NetworkInterfaceId"));
        return call.Here.Interfaces[id] ?? throw ResourceKind.Interface.NotFound(id);
    }

    private static Reply Modify(Call call)
    {
        var nic = Find(call);
        string[] attributes = ["Description", "SourceDestCheck", "SecurityGroupId"];
        if (attributes.Count(call.Input.Has) != 1) throw Refusals.OneAttribute();
        var changed = nic;
        if (call.Input.Has("SecurityGroupId"))
        {
            if (nic.RequesterManaged) throw Refusals.RequesterManaged(nic.Id.Value);
            changed = nic with { Groups = ReadGroups(call, nic.Vpc) };
        }
        else if (call.Input.Has("Description"))
        {
            changed = nic with { Description = GroupText.Description(call.Input.Member("Description").Raw("Value") ?? string.Empty) };
        }
        else
        {
            changed = nic with { SourceDestCheck = call.Input.Member("SourceDestCheck").Flag("Value") ?? throw Refusals.MissingParameter("SourceDestCheck.Value") };
        }

        call.EndOfChecks();
        call.Here.Interfaces.Put(nic.Id.Value, changed);
        return Reply.True;
    }

    /// <summary>Groups for an interface: of its own VPC or lent to it, no more than the quota.</summary>
    private static ImmutableArray<SecurityGroupId> ReadGroups(Call call, VpcId? vpc)
    {
        var groups = call.Input.Texts("SecurityGroupId").Select(id => GroupResolver.ById(call, id)).DistinctBy(g => g.Id).ToList();
        foreach (var group in groups)
        {
            var lent = call.World.Associations.Exists(a => a.Group == group.Id && a.Vpc == vpc && a.State == "associated");
            if (group.Vpc != vpc && !lent) throw Refusals.DifferentNetworks();
        }

        return groups.Count <= call.Quotas.GroupsPerInterface
            ? [.. groups.Select(g => g.Id).Order()]
            : throw Refusals.GroupsPerInterface(call.Quotas.GroupsPerInterface);
    }

    private static Reply Create(Call call)
    {
        var subnetId = ResourceKind.Subnet.Check(call.Input.Required("SubnetId"));
        var subnet = call.World.FindSubnet(call.Scope.Region, new SubnetId(subnetId)) ?? throw ResourceKind.Subnet.NotFound(subnetId);
        var groups = ReadGroups(call, subnet.Vpc);
        if (groups.IsEmpty) groups = [.. call.Here.Groups.Values.Where(g => g.IsDefault && g.Vpc == subnet.Vpc).Select(g => g.Id)];
        var addresses = ReadAddresses(call, subnet);
        var description = GroupText.Description(call.Input.Raw("Description") ?? string.Empty);
        var tags = TagReader.FromSpecifications(call, ResourceKind.Interface);
        call.EndOfChecks();
        var nic = new NetworkInterface(new NetworkInterfaceId(call.World.NewId(ResourceKind.Interface)), call.Scope)
        {
            Vpc = subnet.Vpc,
            Subnet = subnet.Id,
            Groups = groups,
            Addresses = addresses,
            Status = "available",
            Description = description,
            Tags = tags,
        };
        call.Here.Interfaces.Put(nic.Id.Value, nic);
        var write = InterfaceXml.Writer(call, nic);
        return new Reply(writer =>
        {
            writer.Open("networkInterface");
            write(writer);
            writer.Close("networkInterface");
        });
    }

    private static ImmutableArray<Address> ReadAddresses(Call call, Subnet subnet)
    {
        var used = call.World.In(call.Scope.Region).SelectMany(r => r.Interfaces.Values)
            .Where(i => i.Subnet == subnet.Id).SelectMany(i => i.Addresses).ToHashSet();
        var addresses = ImmutableArray.CreateBuilder<Address>();
        if (call.Input.Text("PrivateIpAddress") is { } text) addresses.Add(Checked(subnet, used, text, IpFamily.V4));
        else if (subnet.Cidrs.Any(c => c.Family == IpFamily.V4)) addresses.Add(FirstFree(subnet, used));
        foreach (var node in call.Input.Items("Ipv6Addresses")) addresses.Add(Checked(subnet, used, node.Required("Ipv6Address"), IpFamily.V6));
        return addresses.ToImmutable();
    }

    private static Address Checked(Subnet subnet, HashSet<Address> used, string text, IpFamily family)
    {
        if (!Address.TryParse(text, out var address) || address.Family != family) throw Refusals.InvalidValue($"invalid value for parameter address: {text}");
        if (!subnet.Cidrs.Any(c => c.Contains(address))) throw Refusals.AddressOutside(text);
        return used.Add(address) ? address : throw Refusals.AddressTaken(text);
    }

    private static Address FirstFree(Subnet subnet, HashSet<Address> used)
    {
        var block = subnet.Cidrs.First(c => c.Family == IpFamily.V4);
        for (var bits = block.Bits + ReservedAddresses; bits < block.Last.Bits; bits++)
        {
            var address = new Address(IpFamily.V4, bits);
            if (used.Add(address)) return address;
        }

        throw Refusals.NoFreeAddress(subnet.Id.Value);
    }

    private static Reply Delete(Call call)
    {
        var nic = Find(call);
        if (nic.RequesterManaged) throw Refusals.RequesterManaged(nic.Id.Value);
        if (nic.Instance is not null || InterfaceXml.Status(nic) == "in-use") throw Refusals.InterfaceInUse(nic.Id.Value);
        call.EndOfChecks();
        call.Here.Interfaces.Remove(nic.Id.Value);
        return Reply.True;
    }
}

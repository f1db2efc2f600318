using Sallyport.Estates;
using Sallyport.Lab.Tagging;
using Sallyport.Lab.Wire;
using Sallyport.Packets;

namespace Sallyport.Lab.Interfaces;

/// <summary>Elastic addresses: one for every public address that an interface has.</summary>
internal static class AddressDescribe
{
    public static Describe<(NetworkInterface Nic, Address Inside, Address Outside)> Addresses => new(
        "DescribeAddresses",
        "addressesSet",
        Items,
        a => a.Outside.ToString(),
        (_, a) => writer => Write(writer, a.Nic, a.Inside, a.Outside))
    {
        PageBounds = null,
        MoreParameters = "PublicIp.n,AllocationId.n",
        Also = Named,
        Tags = _ => Tags.None,
        Filters =
        [
            ("allocation-id", (_, a) => [InterfaceXml.AllocationId(a.Outside)]),
            ("association-id", (_, a) => [InterfaceXml.AssociationId(a.Outside)]),
            ("instance-id", (_, a) => [a.Nic.Instance]),
            ("network-interface-id", (_, a) => [a.Nic.Id.Value]),
            ("network-interface-owner-id", (_, a) => [a.Nic.Scope.Account]),
            ("private-ip-address", (_, a) => [a.Inside.ToString()]),
            ("public-ip", (_, a) => [a.Outside.ToString()]),
            .. FilterNames.Without<(NetworkInterface, Address, Address)>("network-border-group"),
        ],
    };

    private static IEnumerable<(NetworkInterface Nic, Address Inside, Address Outside)> Items(Call call, string? after) => call.Here.Interfaces.VisibleAfter(null)
        .SelectMany(n => n.PublicAddresses.Select(p => (n, p.Key, p.Value)))
        .OrderBy(a => a.Value);

    private static Func<(NetworkInterface Nic, Address Inside, Address Outside), bool> Named(Call call)
    {
        var (addresses, allocations) = (call.Input.Texts("PublicIp"), call.Input.Texts("AllocationId"));
        var known = Items(call, null).Select(a => a.Outside).ToList();
        foreach (var text in addresses)
        {
            if (!known.Exists(a => a.ToString() == text)) throw Refusals.AddressNotFound(text);
        }

        foreach (var id in allocations)
        {
            if (!known.Exists(a => InterfaceXml.AllocationId(a) == id)) throw Refusals.AllocationNotFound(id);
        }

        return a => (addresses.Count == 0 || addresses.Contains(a.Outside.ToString()))
            && (allocations.Count == 0 || allocations.Contains(InterfaceXml.AllocationId(a.Outside)));
    }

    private static void Write(ReplyWriter writer, NetworkInterface nic, Address inside, Address outside)
    {
        writer.Text("publicIp", outside.ToString());
        writer.Text("allocationId", InterfaceXml.AllocationId(outside));
        writer.Text("associationId", InterfaceXml.AssociationId(outside));
        writer.Text("domain", "vpc");
        writer.Text("instanceId", nic.Instance);
        writer.Text("networkInterfaceId", nic.Id.Value);
        writer.Text("networkInterfaceOwnerId", nic.Scope.Account);
        writer.Text("privateIpAddress", inside.ToString());
        TagXml.Write(writer, Tags.None);
    }
}

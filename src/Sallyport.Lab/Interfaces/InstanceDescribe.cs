using Sallyport.Estates;
using Sallyport.Lab.Storage;
using Sallyport.Lab.Tagging;
using Sallyport.Lab.Wire;
using Sallyport.Packets;

namespace Sallyport.Lab.Interfaces;

/// <summary>Instances, each in a reservation of its own.</summary>
internal static class InstanceDescribe
{
    private static readonly (string Name, int Code)[] States =
    [
        ("pending", 0), ("running", 16), ("shutting-down", 32), ("terminated", 48), ("stopping", 64), ("stopped", 80),
    ];

    public static Describe<Instance> Instances => new(
        "DescribeInstances",
        "reservationSet",
        (call, after) => call.Here.Instances.VisibleAfter(after),
        i => i.Id,
        Writer)
    {
        IdParameter = "InstanceId",
        IdKind = ResourceKind.Instance,
        Find = (call, id) => call.Here.Instances.Visible(id),
        IdsExcludePaging = true,
        MoreParameters = "IncludeManagedResources:bool",
        Tags = i => i.Tags,
        Filters =
        [
            ("instance-id", (_, i) => [i.Id]),
            ("instance-state-name", (_, i) => [State(i)]),
            ("instance-state-code", (_, i) => [$"{Code(i)}"]),
            ("instance.group-id", (_, i) => i.Groups.Select(g => g.Value)),
            ("instance.group-name", (call, i) => i.Groups.Select(g => call.World.FindGroup(call.Scope.Region, g)?.Name)),
            ("network-interface.group-id", (call, i) => Nics(call, i).SelectMany(n => n.Groups).Select(g => g.Value)),
            ("network-interface.network-interface-id", (call, i) => Nics(call, i).Select(n => n.Id.Value)),
            ("network-interface.subnet-id", (call, i) => Nics(call, i).Select(n => n.Subnet?.Value)),
            ("network-interface.vpc-id", (call, i) => Nics(call, i).Select(n => n.Vpc?.Value)),
            ("owner-id", (_, i) => [i.Scope.Account]),
            ("private-ip-address", (call, i) => Nics(call, i).SelectMany(n => n.Addresses).Where(a => a.Family == IpFamily.V4).Select(a => a.ToString())),
            ("ip-address", (call, i) => Nics(call, i).SelectMany(n => n.PublicAddresses).Select(p => p.Value.ToString())),
            ("subnet-id", (call, i) => Nics(call, i).Take(1).Select(n => n.Subnet?.Value)),
            ("vpc-id", (_, i) => [i.Vpc?.Value]),
        ],
    };

    private static string State(Instance instance) => instance.State.Length > 0 ? instance.State : "running";

    private static int Code(Instance instance) => Array.Find(States, s => s.Name == State(instance)).Code;

    private static IEnumerable<NetworkInterface> Nics(Call call, Instance instance) =>
        call.Here.Interfaces.Values.Where(n => n.Instance == instance.Id).OrderBy(n => n.Id);

    private static Action<ReplyWriter> Writer(Call call, Instance instance)
    {
        var nics = Nics(call, instance).ToList();
        var groups = InterfaceXml.Groups(call, instance.Groups);
        var writers = nics.ConvertAll(n => InterfaceXml.InInstance(call, n));
        return writer =>
        {
            writer.Text("reservationId", IdSequence.Derived("r-", instance.Id));
            writer.Text("ownerId", instance.Scope.Account);
            writer.TextList("groupSet", []);
            writer.Open("instancesSet");
            writer.Open("item");
            writer.Text("instanceId", instance.Id);
            writer.Open("instanceState");
            writer.Number("code", Code(instance));
            writer.Text("name", State(instance));
            writer.Close("instanceState");
            WritePlace(writer, instance, nics.Count > 0 ? nics[0] : null);
            InterfaceXml.WriteGroups(writer, groups);
            writer.List("networkInterfaceSet", writers, write => write(writer));
            TagXml.Write(writer, instance.Tags);
            writer.Close("item");
            writer.Close("instancesSet");
        };
    }

    private static void WritePlace(ReplyWriter writer, Instance instance, NetworkInterface? primary)
    {
        writer.Text("vpcId", instance.Vpc?.Value);
        if (primary is null) return;
        writer.Text("subnetId", primary.Subnet?.Value);
        writer.Text("privateIpAddress", InterfaceXml.Addresses(primary, IpFamily.V4).FirstOrDefault()?.ToString());
        foreach (var pair in primary.PublicAddresses.Take(1)) writer.Text("ipAddress", pair.Value.ToString());
        writer.Flag("sourceDestCheck", primary.SourceDestCheck);
    }
}

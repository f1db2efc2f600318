using Sallyport.Estates;
using Sallyport.Lab.Storage;
using Sallyport.Lab.Tagging;
using Sallyport.Lab.Wire;
using Sallyport.Packets;

namespace Sallyport.Lab.Networks;

/// <summary>Network ACLs. Protocols are numbers here (EC2 API: NetworkAclEntry).</summary>
internal static class NetworkAclDescribe
{
    public static Describe<NetworkAcl> Acls => new(
        "DescribeNetworkAcls",
        "networkAclSet",
        (call, after) => call.Here.NetworkAcls.VisibleAfter(after),
        a => a.Id,
        (_, a) => writer => Write(writer, a))
    {
        IdParameter = "NetworkAclId",
        IdKind = ResourceKind.NetworkAcl,
        Find = (call, id) => call.Here.NetworkAcls.Visible(id),
        Tags = a => a.Tags,
        Filters =
        [
            ("association.association-id", (_, a) => a.Subnets.Select(s => AssociationId(a, s))),
            ("association.network-acl-id", (_, a) => a.Subnets.Select(_ => a.Id)),
            ("association.subnet-id", (_, a) => a.Subnets.Select(s => s.Value)),
            ("default", (_, a) => [FilterNames.Flag(a.IsDefault)]),
            ("entry.cidr", (_, a) => a.Entries.Select(e => e.Cidr.Family == IpFamily.V4 ? e.Cidr.ToString() : null)),
            ("entry.ipv6-cidr", (_, a) => a.Entries.Select(e => e.Cidr.Family == IpFamily.V6 ? e.Cidr.ToString() : null)),
            ("entry.icmp.code", (_, a) => a.Entries.Select(e => e.Service.Protocol.HasTypes ? $"{e.Service.To}" : null)),
            ("entry.icmp.type", (_, a) => a.Entries.Select(e => e.Service.Protocol.HasTypes ? $"{e.Service.From}" : null)),
            ("entry.port-range.from", (_, a) => a.Entries.Select(e => e.Service.Protocol.HasPorts ? $"{e.Service.From}" : null)),
            ("entry.port-range.to", (_, a) => a.Entries.Select(e => e.Service.Protocol.HasPorts ? $"{e.Service.To}" : null)),
            ("entry.protocol", (_, a) => a.Entries.SelectMany(e => (string[])[$"{e.Service.Protocol.Number}", e.Service.Protocol.WireName])),
            ("entry.rule-action", (_, a) => a.Entries.Select(Action)),
            ("entry.egress", (_, a) => a.Entries.Select(e => FilterNames.Flag(e.Direction == Direction.Egress))),
            ("entry.rule-number", (_, a) => a.Entries.Select(e => $"{e.Number}")),
            ("network-acl-id", (_, a) => [a.Id]),
            ("owner-id", (_, a) => [a.Scope.Account]),
            ("vpc-id", (_, a) => [a.Vpc.Value]),
        ],
    };

    private static void Write(ReplyWriter writer, NetworkAcl acl)
    {
        writer.Text("networkAclId", acl.Id);
        writer.Text("vpcId", acl.Vpc.Value);
        writer.Text("ownerId", acl.Scope.Account);
        writer.Flag("default", acl.IsDefault);
        writer.List("associationSet", acl.Subnets, subnet =>
        {
            writer.Text("networkAclAssociationId", AssociationId(acl, subnet));
            writer.Text("networkAclId", acl.Id);
            writer.Text("subnetId", subnet.Value);
        });
        writer.List("entrySet", acl.Entries, entry => WriteEntry(writer, entry));
        TagXml.Write(writer, acl.Tags);
    }

    private static void WriteEntry(ReplyWriter writer, NetworkAclEntry entry)
    {
        var service = entry.Service;
        writer.Number("ruleNumber", entry.Number);
        writer.Number("protocol", service.Protocol.Number);
        writer.Text("ruleAction", Action(entry));
        writer.Flag("egress", entry.Direction == Direction.Egress);
        writer.Text(entry.Cidr.Family == IpFamily.V4 ? "cidrBlock" : "ipv6CidrBlock", entry.Cidr.ToString());
        if (service.Protocol.HasPorts) Pair("portRange", "from", service.From, "to", service.To);
        if (service.Protocol.HasTypes) Pair("icmpTypeCode", "code", service.To, "type", service.From);

        void Pair(string name, string first, int firstValue, string second, int secondValue)
        {
            writer.Open(name);
            writer.Number(first, firstValue);
            writer.Number(second, secondValue);
            writer.Close(name);
        }
    }

    private static string Action(NetworkAclEntry entry) => entry.Allows ? "allow" : "deny";

    private static string AssociationId(NetworkAcl acl, SubnetId subnet) => IdSequence.Derived("aclassoc-", $"{acl.Id} {subnet}");
}

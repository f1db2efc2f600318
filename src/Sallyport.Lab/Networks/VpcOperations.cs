using Sallyport.Estates;
using Sallyport.Lab.Storage;
using Sallyport.Lab.Tagging;
using Sallyport.Lab.Wire;
using Sallyport.Packets;

namespace Sallyport.Lab.Networks;

/// <summary>VPCs.</summary>
internal static class VpcOperations
{
    public static IEnumerable<Operation> All =>
    [
        Vpcs.ToOperation(),
        Operation.Change("CreateVpc", $"CidrBlock*,AmazonProvidedIpv6CidrBlock:bool,InstanceTenancy,{TagReader.Notation},DryRun:bool", Create),
        Operation.Change("CreateDefaultVpc", "DryRun:bool", CreateDefault),
        Operation.Change("DeleteVpc", "VpcId*,DryRun:bool", Delete),
    ];

    private static Describe<Vpc> Vpcs => new(
        "DescribeVpcs",
        "vpcSet",
        (call, after) => call.Here.Vpcs.VisibleAfter(after),
        v => v.Id.Value,
        (_, v) => writer => Write(writer, v))
    {
        IdParameter = "VpcId",
        IdKind = ResourceKind.Vpc,
        Find = (call, id) => call.Here.Vpcs.Visible(id),
        Tags = v => v.Tags,
        Filters =
        [
            ("cidr", (_, v) => Blocks(v, IpFamily.V4).Take(1)),
            ("cidr-block-association.cidr-block", (_, v) => Blocks(v, IpFamily.V4)),
            ("cidr-block-association.association-id", (_, v) => Blocks(v, IpFamily.V4).Select(b => AssociationId(v, b))),
            ("cidr-block-association.state", (_, v) => Blocks(v, IpFamily.V4).Select(_ => "associated")),
            ("dhcp-options-id", (_, v) => [DhcpOptions(v)]),
            ("ipv6-cidr-block-association.ipv6-cidr-block", (_, v) => Blocks(v, IpFamily.V6)),
            ("ipv6-cidr-block-association.association-id", (_, v) => Blocks(v, IpFamily.V6).Select(b => AssociationId(v, b))),
            ("ipv6-cidr-block-association.state", (_, v) => Blocks(v, IpFamily.V6).Select(_ => "associated")),
            ("ipv6-cidr-block-association.ipv6-pool", (_, v) => Blocks(v, IpFamily.V6).Select(_ => "Amazon")),
            ("is-default", (_, v) => [FilterNames.Flag(v.IsDefault)]),
            ("isDefault", (_, v) => [FilterNames.Flag(v.IsDefault)]),
            ("owner-id", (_, v) => [v.Scope.Account]),
            ("state", (_, _) => ["available"]),
            ("vpc-id", (_, v) => [v.Id.Value]),
        ],
    };

    private static void Write(ReplyWriter writer, Vpc vpc)
    {
        writer.Text("vpcId", vpc.Id.Value);
        writer.Text("ownerId", vpc.Scope.Account);
        writer.Text("state", "available");
        writer.Text("cidrBlock", Blocks(vpc, IpFamily.V4).FirstOrDefault());
        writer.List("cidrBlockAssociationSet", Blocks(vpc, IpFamily.V4), block =>
        {
            writer.Text("associationId", AssociationId(vpc, block));
            writer.Text("cidrBlock", block);
            State(writer, "cidrBlockState");
        });
        writer.List("ipv6CidrBlockAssociationSet", Blocks(vpc, IpFamily.V6), block =>
        {
            writer.Text("associationId", AssociationId(vpc, block));
            writer.Text("ipv6CidrBlock", block);
            State(writer, "ipv6CidrBlockState");
            writer.Text("ipv6Pool", "Amazon");
        });
        writer.Text("dhcpOptionsId", DhcpOptions(vpc));
        writer.Text("instanceTenancy", "default");
        writer.Flag("isDefault", vpc.IsDefault);
        TagXml.Write(writer, vpc.Tags);
    }

    private static void State(ReplyWriter writer, string name)
    {
        writer.Open(name);
        writer.Text("state", "associated");
        writer.Close(name);
    }

    private static IEnumerable<string> Blocks(Vpc vpc, IpFamily family) => vpc.Cidrs.Where(c => c.Family == family).Select(c => c.ToString());

    private static string AssociationId(Vpc vpc, string block) => IdSequence.Derived("vpc-cidr-assoc-", $"{vpc.Id} {block}");

    private static string DhcpOptions(Vpc vpc) => IdSequence.Derived("dopt-", vpc.Scope.ToString());

    private static Reply Create(Call call)
    {
        var text = call.Input.Required("CidrBlock");
        if (!Cidr.TryParse(text, out var block) || block.Family != IpFamily.V4) throw Refusals.MalformedCidr(text);
        if (block.PrefixLength is < 16 or > 28) throw Refusals.VpcRange();
        var tags = TagReader.FromSpecifications(call, ResourceKind.Vpc);
        var blocks = new List<Cidr> { block };
        if (call.Input.Flag("AmazonProvidedIpv6CidrBlock") == true)
        {
            var number = Convert.ToByte(IdSequence.Hex($"ipv6 {call.World.Ids.Count}", 2), 16);
            blocks.Add(Cidr.Parse($"2a05:d018:{number:x}{call.World.Ids.Count & 0xff:x2}:{(call.World.Ids.Count >> 8) & 0xff:x2}00::/56"));
        }

        call.EndOfChecks();
        return Made(NetworkMaker.CreateVpc(call.World, call.Here, blocks, tags));
    }

    private static Reply CreateDefault(Call call)
    {
        if (call.Here.DefaultVpc is not null) throw Refusals.DefaultVpcExists();
        call.EndOfChecks();
        return Made(NetworkMaker.CreateDefaultVpc(call.World, call.Here));
    }

    private static Reply Made(Vpc vpc) => new(writer =>
    {
        writer.Open("vpc");
        Write(writer, vpc);
        writer.Close("vpc");
    });

    private static Reply Delete(Call call)
    {
        var id = ResourceKind.Vpc.Check(call.Input.Required("VpcId"));
        var vpc = call.Here.Vpcs[id] ?? throw Refusals.VpcNotFound(id);
        var here = call.Here;
        var used = here.Subnets.Values.Any(s => s.Vpc == vpc.Id)
            || call.World.In(call.Scope.Region).Any(r => r.Groups.Values.Any(g => g.Vpc == vpc.Id && !g.IsDefault))
            || here.Gateways.Values.Any(g => g.Vpcs.Contains(vpc.Id))
            || here.RouteTables.Values.Any(t => t.Vpc == vpc.Id && !t.IsMain)
            || here.NetworkAcls.Values.Any(a => a.Vpc == vpc.Id && !a.IsDefault)
            || here.Endpoints.Values.Any(e => e.Vpc == vpc.Id)
            || call.World.Peerings.Values.Any(p => p.Status == "active" && (p.Requester.Vpc == vpc.Id || p.Accepter.Vpc == vpc.Id));
        if (used) throw Refusals.VpcInUse(id);
        call.EndOfChecks();
        foreach (var group in here.Groups.Values.Where(g => g.Vpc == vpc.Id).ToList()) here.Groups.Remove(group.Id.Value);
        foreach (var table in here.RouteTables.Values.Where(t => t.Vpc == vpc.Id).ToList()) here.RouteTables.Remove(table.Id);
        foreach (var acl in here.NetworkAcls.Values.Where(a => a.Vpc == vpc.Id).ToList()) here.NetworkAcls.Remove(acl.Id);
        here.Vpcs.Remove(id);
        return Reply.True;
    }
}

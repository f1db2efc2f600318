using Sallyport.Estates;
using Sallyport.Lab.Storage;
using Sallyport.Lab.Tagging;
using Sallyport.Lab.Wire;
using Sallyport.Packets;

namespace Sallyport.Lab.Networks;

/// <summary>Subnets.</summary>
internal static class SubnetOperations
{
    /// <summary>EC2 keeps the first four addresses and the last of every subnet.</summary>
    private const int ReservedAddresses = 5;

    public static IEnumerable<Operation> All =>
    [
        Subnets.ToOperation(),
        Operation.Change("CreateSubnet", $"VpcId*,CidrBlock*,Ipv6CidrBlock,AvailabilityZone,AvailabilityZoneId,{TagReader.Notation},DryRun:bool", Create),
        Operation.Change("DeleteSubnet", "SubnetId*,DryRun:bool", Delete),
    ];

    private static Describe<Subnet> Subnets => new(
        "DescribeSubnets",
        "subnetSet",
        (call, after) => call.Here.Subnets.VisibleAfter(after),
        s => s.Id.Value,
        Writer)
    {
        IdParameter = "SubnetId",
        IdKind = ResourceKind.Subnet,
        Find = (call, id) => call.Here.Subnets.Visible(id),
        Tags = s => s.Tags,
        Filters =
        [
            ("availability-zone", (_, s) => [s.AvailabilityZone]),
            ("availabilityZone", (_, s) => [s.AvailabilityZone]),
            ("available-ip-address-count", (call, s) => [$"{FreeAddresses(call, s)}"]),
            ("cidr-block", (_, s) => Blocks(s, IpFamily.V4)),
            ("cidr", (_, s) => Blocks(s, IpFamily.V4)),
            ("default-for-az", (call, s) => [FilterNames.Flag(IsDefault(call, s))]),
            ("ipv6-cidr-block-association.ipv6-cidr-block", (_, s) => Blocks(s, IpFamily.V6)),
            ("ipv6-cidr-block-association.association-id", (_, s) => Blocks(s, IpFamily.V6).Select(b => AssociationId(s, b))),
            ("ipv6-cidr-block-association.state", (_, s) => Blocks(s, IpFamily.V6).Select(_ => "associated")),
            ("ipv6-native", (_, s) => [FilterNames.Flag(!Blocks(s, IpFamily.V4).Any())]),
            ("map-public-ip-on-launch", (_, s) => [FilterNames.Flag(s.MapPublicIpOnLaunch)]),
            ("owner-id", (_, s) => [s.Scope.Account]),
            ("state", (_, _) => ["available"]),
            ("subnet-arn", (_, s) => [Arn(s)]),
            ("subnet-id", (_, s) => [s.Id.Value]),
            ("vpc-id", (_, s) => [s.Vpc.Value]),
            .. FilterNames.Without<Subnet>(
                "availability-zone-id", "customer-owned-ipv4-pool", "enable-dns64", "enable-lni-at-device-index", "map-customer-owned-ip-on-launch", "outpost-arn",
                "private-dns-name-options-on-launch.hostname-type", "private-dns-name-options-on-launch.enable-resource-name-dns-a-record",
                "private-dns-name-options-on-launch.enable-resource-name-dns-aaaa-record"),
        ],
    };

    private static Action<ReplyWriter> Writer(Call call, Subnet subnet)
    {
        var (free, isDefault) = (FreeAddresses(call, subnet), IsDefault(call, subnet));
        return writer =>
        {
            writer.Text("subnetId", subnet.Id.Value);
            writer.Text("subnetArn", Arn(subnet));
            writer.Text("vpcId", subnet.Vpc.Value);
            writer.Text("ownerId", subnet.Scope.Account);
            writer.Text("state", "available");
            writer.Text("cidrBlock", Blocks(subnet, IpFamily.V4).FirstOrDefault());
            writer.List("ipv6CidrBlockAssociationSet", Blocks(subnet, IpFamily.V6), block =>
            {
                writer.Text("associationId", AssociationId(subnet, block));
                writer.Text("ipv6CidrBlock", block);
                writer.Open("ipv6CidrBlockState");
                writer.Text("state", "associated");
                writer.Close("ipv6CidrBlockState");
            });
            writer.Number("availableIpAddressCount", free);
            writer.TextIfAny("availabilityZone", subnet.AvailabilityZone);
            writer.Flag("defaultForAz", isDefault);
            writer.Flag("mapPublicIpOnLaunch", subnet.MapPublicIpOnLaunch);
            writer.Flag("assignIpv6AddressOnCreation", false);
            TagXml.Write(writer, subnet.Tags);
        };
    }

    private static string Arn(Subnet subnet) => $"arn:aws:ec2:{subnet.Scope.Region}:{subnet.Scope.Account}:subnet/{subnet.Id}";

    private static IEnumerable<string> Blocks(Subnet subnet, IpFamily family) =>
        subnet.Cidrs.Where(c => c.Family == family).Select(c => c.ToString());

    private static string AssociationId(Subnet subnet, string block) => IdSequence.Derived("subnet-cidr-assoc-", $"{subnet.Id} {block}");

    private static bool IsDefault(Call call, Subnet subnet) => call.World.FindVpc(subnet.Vpc) is { IsDefault: true };

    private static long FreeAddresses(Call call, Subnet subnet)
    {
        var size = subnet.Cidrs.Where(c => c.Family == IpFamily.V4).Sum(c => 1L << (32 - c.PrefixLength));
        var used = call.World.In(subnet.Scope.Region).Sum(r => r.Interfaces.Values
            .Where(i => i.Subnet == subnet.Id).Sum(i => i.Addresses.Count(a => a.Family == IpFamily.V4)));
        return Math.Max(0, size - ReservedAddresses - used);
    }

    private static Reply Create(Call call)
    {
        var vpc = call.World.UsableVpc(call.Scope, call.Input.Required("VpcId"));
        var blocks = new List<Cidr> { Block(vpc, call.Input.Required("CidrBlock"), IpFamily.V4) };
        if (call.Input.Text("Ipv6CidrBlock") is { } v6) blocks.Add(Block(vpc, v6, IpFamily.V6));
        foreach (var block in blocks)
        {
            var clash = call.Here.Subnets.Values.Any(s => s.Vpc == vpc.Id && s.Cidrs.Any(c => c.Contains(block) || block.Contains(c)));
            if (clash) throw Refusals.SubnetConflict(block.ToString());
        }

        var zone = call.Input.Text("AvailabilityZone") ?? call.Scope.Region + "a";
        var zoneIsValid = zone.Length == call.Scope.Region.Length + 1 && zone.StartsWith(call.Scope.Region, StringComparison.Ordinal) && zone[^1] is >= 'a' and <= 'f';
        if (!zoneIsValid) throw Refusals.InvalidValue($"Value ({zone}) for parameter availabilityZone is invalid.");
        var tags = TagReader.FromSpecifications(call, ResourceKind.Subnet);
        call.EndOfChecks();
        var subnet = NetworkMaker.AddSubnet(call.World, call.Here, vpc, blocks, zone, tags);
        var write = Writer(call, subnet);
        return new Reply(writer =>
        {
            writer.Open("subnet");
            write(writer);
            writer.Close("subnet");
        });
    }

    private static Cidr Block(Vpc vpc, string text, IpFamily family)
    {
        if (!Cidr.TryParse(text, out var block) || block.Family != family) throw Refusals.MalformedCidr(text);
        var lengthIsValid = family == IpFamily.V6 ? block.PrefixLength == 64 : block.PrefixLength is >= 16 and <= 28;
        return lengthIsValid && vpc.Cidrs.Any(c => c.Contains(block)) ? block : throw Refusals.SubnetRange(text);
    }

    private static Reply Delete(Call call)
    {
        var id = ResourceKind.Subnet.Check(call.Input.Required("SubnetId"));
        var subnet = call.Here.Subnets[id] ?? throw ResourceKind.Subnet.NotFound(id);
        var used = call.World.In(call.Scope.Region).Any(r => r.Interfaces.Values.Any(i => i.Subnet == subnet.Id))
            || call.Here.Gateways.Values.Any(g => g.Subnet == subnet.Id && g.State is not "deleted");
        if (used) throw Refusals.DependencyViolation(id);
        call.EndOfChecks();
        call.Here.Subnets.Remove(id);
        foreach (var acl in call.Here.NetworkAcls.Values.Where(a => a.Subnets.Contains(subnet.Id)).ToList())
        {
            call.Here.NetworkAcls.Put(acl.Id, acl with { Subnets = acl.Subnets.Remove(subnet.Id) });
        }

        foreach (var table in call.Here.RouteTables.Values.Where(t => t.Subnets.Contains(subnet.Id)).ToList())
        {
            call.Here.RouteTables.Put(table.Id, table with { Subnets = table.Subnets.Remove(subnet.Id) });
        }

        return Reply.True;
    }
}

using Sallyport.Estates;
using Sallyport.Lab.Groups;
using Sallyport.Lab.Storage;
using Sallyport.Packets;

namespace Sallyport.Lab.Networks;

/// <summary>Makes VPCs with everything EC2 makes along with them.</summary>
internal static class NetworkMaker
{
    private static readonly Cidr DefaultBlock = Cidr.Parse("172.31.0.0/16");

    /// <summary>A VPC with its default group, main route table and default network ACL.</summary>
    public static Vpc CreateVpc(World world, RegionState region, IEnumerable<Cidr> cidrs, Tags tags, bool isDefault = false)
    {
        var vpc = new Vpc(new VpcId(world.NewId(ResourceKind.Vpc)), region.Scope) { Cidrs = [.. cidrs.Order()], Tags = tags, IsDefault = isDefault };
        region.Vpcs.Put(vpc.Id.Value, vpc);
        region.Put(GroupLifecycle.CreateDefault(world, vpc));
        var table = new RouteTable(world.NewId(ResourceKind.RouteTable), region.Scope, vpc.Id)
        {
            IsMain = true,
            Routes = [.. vpc.Cidrs.Select(c => new Route { Destination = c, Target = "local" })],
        };
        region.RouteTables.Put(table.Id, table);
        var acl = new NetworkAcl(world.NewId(ResourceKind.NetworkAcl), region.Scope, vpc.Id) { IsDefault = true, Entries = [.. OpenEntries(vpc)] };
        region.NetworkAcls.Put(acl.Id, acl);
        return vpc;
    }

    /// <summary>The default VPC: 172.31.0.0/16, three subnets, an internet gateway and a route to it.</summary>
    public static Vpc CreateDefaultVpc(World world, RegionState region)
    {
        var vpc = CreateVpc(world, region, [DefaultBlock], Tags.None, isDefault: true);
        var gateway = new Gateway(world.NewId(ResourceKind.InternetGateway), region.Scope, GatewayKind.Internet) { Vpcs = [vpc.Id], State = "available" };
        region.Gateways.Put(gateway.Id, gateway);
        var table = region.RouteTables.Values.First(t => t.Vpc == vpc.Id);
        region.RouteTables.Put(table.Id, table with { Routes = [new Route { Destination = Cidr.AnyV4, Target = gateway.Id }, .. table.Routes] });
        for (var i = 0; i < 3; i++)
        {
            AddSubnet(world, region, vpc, [Cidr.Parse($"172.31.{i * 16}.0/20")], $"{region.Scope.Region}{(char)('a' + i)}", Tags.None, isPublic: true);
        }

        return vpc;
    }

    /// <summary>A subnet, associated with the VPC's default network ACL.</summary>
    public static Subnet AddSubnet(World world, RegionState region, Vpc vpc, IEnumerable<Cidr> cidrs, string zone, Tags tags, bool isPublic = false)
    {
        var subnet = new Subnet(new SubnetId(world.NewId(ResourceKind.Subnet)), region.Scope, vpc.Id)
        {
            Cidrs = [.. cidrs.Order()],
            AvailabilityZone = zone,
            MapPublicIpOnLaunch = isPublic,
            Tags = tags,
        };
        region.Subnets.Put(subnet.Id.Value, subnet);
        if (region.NetworkAcls.Values.FirstOrDefault(a => a.Vpc == vpc.Id && a.IsDefault) is { } acl)
        {
            region.NetworkAcls.Put(acl.Id, acl with { Subnets = [.. acl.Subnets.Append(subnet.Id).Order()] });
        }

        return subnet;
    }

    /// <summary>The lists AWS keeps in every Region, with a few entries.</summary>
    public static void AddAwsPrefixLists(World world, RegionState region)
    {
        var name = region.Scope.Region;
        Add($"com.amazonaws.{name}.s3", "52.216.0.0/15", "3.5.0.0/19");
        Add($"com.amazonaws.{name}.dynamodb", "52.94.0.0/22");
        Add("com.amazonaws.global.cloudfront.origin-facing", "13.32.0.0/15", "52.84.0.0/15");

        void Add(string listName, params string[] blocks)
        {
            var id = new PrefixListId(IdSequence.Derived(ResourceKind.PrefixList.Prefix, $"{name} {listName}")[..^9]);
            var list = new PrefixList(id, region.Scope)
            {
                Name = listName,
                Owner = "AWS",
                Entries = [.. blocks.Select(b => new PrefixListEntry(Cidr.Parse(b), string.Empty)).OrderBy(e => e.Cidr)],
            };
            region.PrefixLists.Put(id.Value, new PrefixListState(list));
        }
    }

    private static IEnumerable<NetworkAclEntry> OpenEntries(Vpc vpc)
    {
        var hasV6 = vpc.Cidrs.Any(c => c.Family == IpFamily.V6);
        foreach (var direction in (Direction[])[Direction.Ingress, Direction.Egress])
        {
            yield return new NetworkAclEntry(direction, 100, Allows: true, Service.Any, Cidr.AnyV4);
            if (hasV6) yield return new NetworkAclEntry(direction, 101, Allows: true, Service.Any, Cidr.AnyV6);
            yield return new NetworkAclEntry(direction, 32_767, Allows: false, Service.Any, Cidr.AnyV4);
            if (hasV6) yield return new NetworkAclEntry(direction, 32_768, Allows: false, Service.Any, Cidr.AnyV6);
        }
    }
}

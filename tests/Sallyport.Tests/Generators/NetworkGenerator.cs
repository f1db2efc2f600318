using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Tests.Generators;

/// <summary>
/// Small networks with everything that makes paths hard: three VPCs of six subnets, tables that lead right, wrong, round and
/// nowhere, ACLs with holes, public and private NAT gateways, peerings, a transit gateway, endpoints, appliances, edge tables, and
/// gaps. Destinations and services come from small pools, so that they nest, touch and contradict each other often.
/// </summary>
internal static class NetworkGenerator
{
    public static readonly Scope Home = new("111122223333", "eu-west-1");
    public static readonly VpcId A = new("vpc-0000000a");
    public static readonly VpcId B = new("vpc-0000000b");
    public static readonly VpcId C = new("vpc-0000000c");

    private static readonly ImmutableArray<(string Name, VpcId Vpc, string Zone, string V4, string V6)> Subnets =
    [
        ("a1", A, "z1", "10.1.1.0/24", "2001:db8:a:1::/64"), ("a2", A, "z2", "10.1.2.0/24", "2001:db8:a:2::/64"), ("a9", A, "z1", "10.1.9.0/24", "2001:db8:a:9::/64"),
        ("b1", B, "z1", "10.2.1.0/24", "2001:db8:b:1::/64"), ("b2", B, "z2", "10.2.2.0/24", "2001:db8:b:2::/64"),
        ("c1", C, "", "10.3.1.0/24", "2001:db8:c:1::/64"),
    ];

    private static readonly string[] Blocks =
    [
        "0.0.0.0/0", "0.0.0.0/0", "::/0", "10.0.0.0/8", "10.1.0.0/16", "10.2.0.0/16", "10.3.0.0/16", "10.1.2.0/24", "10.1.2.5/32", "10.2.1.0/24",
        "198.51.100.0/24", "198.51.100.128/25", "2001:db8::/32", "2001:db8:b::/56", "2001:db8:a::/56",
    ];

    private static readonly string[] Targets =
    [
        "igw-a", "igw-a", "igw-a", "nat-a", "nat-a", "nat-p", "pcx-ab", "pcx-ab", "pcx-ac", "tgw-1", "tgw-1", "eigw-a", "igw-b", "igw-unread", "nat-unread",
        "vgw-1", "vpce-fw", "eni-a2", "eni-fw", "pcx-unread", "pcx-far", "tgw-unread",
    ];

    private static readonly string[] AclBlocks =
        ["0.0.0.0/0", "0.0.0.0/0", "::/0", "10.1.1.0/24", "10.1.0.0/16", "10.2.0.0/16", "10.1.2.5/32", "10.1.9.9/32", "198.51.100.0/24", "2001:db8:b::/56"];

    private static readonly string[] AclServices =
    [
        "any", "any", "tcp/443", "tcp/0-1023", "tcp/1024-65535", "tcp/1025-65535", "tcp/1024-30000", "tcp/30001-65535", "udp/53", "udp/1024-65535",
        "icmp", "icmp/8/-1", "icmp/0/0", "icmpv6", "icmpv6/129/0", "proto/47",
    ];

    /// <summary>Headers at the edges of the pool's services.</summary>
    public static ImmutableArray<(int Protocol, int A, int B)> Headers { get; } =
    [
        (6, 0, 0), (6, 442, 0), (6, 443, 0), (6, 444, 0), (6, 1023, 0), (6, 1024, 0), (6, 30_000, 0), (6, 30_001, 0), (6, 65_535, 0), (6, 80, 0), (6, 53, 0),
        (17, 52, 0), (17, 53, 0), (17, 123, 0), (17, 1024, 0), (1, 8, 0), (1, 0, 0), (1, 3, 4), (58, 128, 0), (58, 129, 0), (58, 2, 0), (47, 0, 0), (50, 0, 0),
    ];

    /// <summary>Addresses outside at the edges of the pool's blocks, and those that are something of their own.</summary>
    public static ImmutableArray<Address> Outside { get; } =
    [
        .. Blocks.Concat(AclBlocks).Append("52.95.128.0/21").Distinct().SelectMany(Edges)
            .Concat(new[] { "10.1.77.7", "10.1.0.2", "169.254.169.254", "203.0.113.99", "10.1.9.9", "64:ff9b::102:304", "fd00::7" }.Select(Address.Parse)).Distinct().Order(),
    ];

    public static Gen<Estate> Estate { get; } =
        from tables in Gen.CollectToArray(Subnets.Select(s => Table(s.Name, s.Vpc)))
        from acls in Gen.CollectToArray(Subnets.Select(s => Acl(s.Name, s.Vpc)))
        from interfaces in Gen.CollectToArray(Subnets.Select(s => Interface(s.Name, s.Vpc)))
        from state in Gen.Elements("available", "available", "available", "", "failed")
        from peering in Gen.Elements("active", "active", "active", "deleted")
        from transit in Transit
        from edge in Gen.Elements("", "", "", "10.1.1.0/24 vpce-fw", "10.1.9.0/24 vpce-fw", "10.1.2.5/32 eni-a2")
        from list in Gen.Elements(true, true, false)
        from endpoint in Gen.Elements("available", "available", "deleting")
        from gaps in Gen.SubListOf("RouteTables 111122223333/eu-west-1", "NetworkAcls 111122223333/eu-west-1", "NetworkInterfaces 111122223333/eu-west-1", "RouteTables rtb-a2", "NetworkAcls acl-a2")
        from isGappy in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
        select Assemble(tables, acls, interfaces, state, peering, transit, edge, list, endpoint, isGappy ? gaps : []);

    // Without some sense in every other table most packets would end at their first hop.
    private static string[] SensibleRoutes(string name) => name switch
    {
        "a1" => ["0.0.0.0/0 igw-a", "::/0 igw-a", "10.2.0.0/16 pcx-ab"],
        "a2" => ["0.0.0.0/0 nat-a", "::/0 eigw-a", "10.2.0.0/16 nat-p"],
        "a9" => ["0.0.0.0/0 igw-a", "10.2.0.0/16 tgw-1", "2001:db8:b::/56 pcx-ab"],
        "b1" => ["10.1.0.0/16 pcx-ab", "2001:db8:a::/56 pcx-ab", "0.0.0.0/0 tgw-1"],
        "b2" => ["10.1.0.0/16 tgw-1", "::/0 igw-b"],
        _ => ["10.1.0.0/16 pcx-ac"],
    };

    private static Gen<RouteTable?> Table(string name, VpcId vpc) =>
        from isSensible in Gen.Elements(true, false)
        from count in Gen.Choose(0, isSensible ? 2 : 5)
        from routes in Route.ArrayOf(count)
        from list in Gen.Elements("", "", "", "pl-s3 vpce-s3", "pl-b pcx-ab", "pl-s3 igw-a")
        from kind in Gen.Frequency((8, Gen.Constant("own")), (1, Gen.Constant("main")), (1, Gen.Constant("none")))
        let all = (isSensible ? SensibleRoutes(name).Select(ParseRoute) : []).Concat(routes).Concat(list.Length > 0 ? [ParseRoute(list)] : []).DistinctBy(r => (r.Destination, r.DestinationPrefixList, r.Target.StartsWith("vgw-", StringComparison.Ordinal)))
        select kind == "none" ? null : new RouteTable($"rtb-{name}", Home, vpc)
        {
            IsMain = kind == "main",
            Subnets = kind == "own" ? [new SubnetId($"subnet-{name}")] : [],
            Routes = [.. all],
        };

    private static Gen<Route> Route =>
        from block in Gen.Elements(Blocks)
        from target in Gen.Elements(Targets)
        from isGone in Gen.Frequency((12, Gen.Constant(false)), (1, Gen.Constant(true)))
        select new Route { Destination = Cidr.Parse(block), Target = target, IsBlackhole = isGone };

    private static Gen<NetworkAcl?> Acl(string name, VpcId vpc) =>
        from kind in Gen.Elements("open", "open", "cut", "cut", "wild", "wild")
        from cut in Cut
        from entries in Entry.ArrayOf(6)
        from isThere in Gen.Frequency((9, Gen.Constant(true)), (1, Gen.Constant(false)))
        from isDefault in Gen.Frequency((6, Gen.Constant(false)), (1, Gen.Constant(true)))
        let all = kind switch { "open" => entries.Take(1), "cut" => [cut], _ => entries }
        let numbered = all.Select((e, i) => e with { Number = (i * 7 % 6) + 1 })
        select !isThere ? null : new NetworkAcl($"acl-{name}", Home, vpc)
        {
            IsDefault = isDefault,
            Subnets = isDefault ? [] : [new SubnetId($"subnet-{name}")],
            Entries = [.. numbered.Concat(kind == "wild" ? [] : Open)],
        };

    private static readonly NetworkAclEntry[] Open =
    [
        .. new[] { Direction.Ingress, Direction.Egress }.SelectMany(d => new[] { Cidr.AnyV4, Cidr.AnyV6 }.Select(c => new NetworkAclEntry(d, 100, Allows: true, Service.Any, c))),
    ];

    // A hole in the ephemeral ports of an otherwise open ACL: what makes answers partial.
    private static Gen<NetworkAclEntry> Cut =>
        from direction in Gen.Elements(Direction.Ingress, Direction.Egress)
        from service in Gen.Elements("tcp/1024", "tcp/65535", "tcp/1024-30000", "udp/30001-65535", "tcp/1024-65535")
        from block in Gen.Elements(Cidr.AnyV4, Cidr.AnyV6)
        select new NetworkAclEntry(direction, 0, Allows: false, Service.Parse(service), block);

    private static Gen<NetworkAclEntry> Entry =>
        from direction in Gen.Elements(Direction.Ingress, Direction.Egress)
        from allows in Gen.Elements(true, true, false)
        from service in Gen.Elements(AclServices)
        from block in Gen.Elements(AclBlocks)
        select new NetworkAclEntry(direction, 0, allows, Service.Parse(service), Cidr.Parse(block));

    private static Gen<NetworkInterface> Interface(string name, VpcId vpc) =>
        from isPublic in Gen.Elements(true, false)
        from hasSubnet in Gen.Frequency((9, Gen.Constant(true)), (1, Gen.Constant(false)))
        let subnet = Subnets.First(s => s.Name == name)
        let address = Address.Parse(subnet.V4.Replace(".0/24", ".5", StringComparison.Ordinal))
        select new NetworkInterface(new NetworkInterfaceId($"eni-{name}"), Home)
        {
            Vpc = vpc,
            Subnet = hasSubnet ? new SubnetId($"subnet-{name}") : null,
            Addresses = [address, Address.Parse(subnet.V6.Replace("::/64", "::5", StringComparison.Ordinal))],
            PublicAddresses = isPublic ? [new(address, Address.Parse($"203.0.113.{(uint)address.Bits >> 8 & 255}"))] : [],
        };

    private static Gen<(ImmutableArray<TransitGatewayAttachment> Attachments, TransitGatewayRouteTable Table)> Transit { get; } =
        from subnets in Gen.Elements("a9", "a9", "a9,a2", "")
        from far in Gen.Elements("b1", "b1,b2", "")
        from state in Gen.Elements("available", "available", "available", "", "pendingAcceptance")
        from associations in Gen.Elements("tgw-attach-a,tgw-attach-b", "tgw-attach-a,tgw-attach-b", "tgw-attach-a,tgw-attach-b", "tgw-attach-b", "?")
        from isRead in Gen.Frequency((9, Gen.Constant(true)), (1, Gen.Constant(false)))
        from routes in Gen.SubListOf("10.1.0.0/16 tgw-attach-a", "10.2.0.0/16 tgw-attach-b", "0.0.0.0/0 tgw-attach-a", "2001:db8:b::/56 tgw-attach-b", "2001:db8:a::/56 tgw-attach-a", "10.2.1.0/24 x blackhole", "198.51.100.0/24 tgw-attach-vpn")
        from basics in Gen.Elements(true, false)
        let all = basics ? routes.Union(["10.1.0.0/16 tgw-attach-a", "10.2.0.0/16 tgw-attach-b", "2001:db8:b::/56 tgw-attach-b", "2001:db8:a::/56 tgw-attach-a"]) : routes
        select (
            ImmutableArray.Create(Attachment("tgw-attach-a", A, "available", subnets), Attachment("tgw-attach-b", B, state, far)),
            new TransitGatewayRouteTable("tgw-rtb-1", Home, "tgw-1")
            {
                Associations = associations == "?" ? null : [.. associations.Split(',')],
                Routes = isRead ? [.. all.Select(ParseRoute)] : null,
            });

    private static TransitGatewayAttachment Attachment(string id, VpcId vpc, string state, string subnets) => new(id, Home, "tgw-1", vpc)
    {
        State = state,
        Subnets = subnets.Length == 0 ? [] : [.. subnets.Split(',').Select(s => new SubnetId($"subnet-{s}"))],
    };

    private static Estate Assemble(
        RouteTable?[] tables, NetworkAcl?[] acls, NetworkInterface[] interfaces, string natState, string peering,
        (ImmutableArray<TransitGatewayAttachment> Attachments, TransitGatewayRouteTable Table) transit, string edge, bool isListRead, string endpoint, IEnumerable<string> gaps)
    {
        var builder = new EstateBuilder().MarkCollected(GapKind.RouteTables).MarkCollected(GapKind.NetworkAcls)
            .Add(new Vpc(A, Home) { Cidrs = [Cidr.Parse("10.1.0.0/16"), Cidr.Parse("2001:db8:a::/56")] })
            .Add(new Vpc(B, Home) { Cidrs = [Cidr.Parse("10.2.0.0/16"), Cidr.Parse("2001:db8:b::/56")] })
            .Add(new Vpc(C, Home) { Cidrs = [Cidr.Parse("10.3.0.0/16"), Cidr.Parse("2001:db8:c::/56")] })
            .Add(new Gateway("igw-a", Home, GatewayKind.Internet) { Vpcs = [A], State = "available" })
            .Add(new Gateway("igw-b", Home, GatewayKind.Internet) { Vpcs = [B], State = "available" })
            .Add(new Gateway("eigw-a", Home, GatewayKind.EgressOnlyInternet) { Vpcs = [A], State = "attached" })
            .Add(Nat("nat-a", natState, "10.1.9.9", "203.0.113.99")).Add(Nat("nat-p", "available", "10.1.9.10", null))
            .Add(new Peering(new PeeringId("pcx-ab"), new PeeringEnd(A, Home), new PeeringEnd(B, Home)) { Status = peering })
            .Add(new Peering(new PeeringId("pcx-ac"), new PeeringEnd(C, Home), new PeeringEnd(A, Home)))
            .Add(new Peering(new PeeringId("pcx-far"), new PeeringEnd(A, Home), new PeeringEnd(new VpcId("vpc-far"), Home)))
            .Add(new PrefixList(new PrefixListId("pl-s3"), Home) { Name = "com.amazonaws.eu-west-1.s3", Owner = "AWS", Entries = isListRead ? [new(Cidr.Parse("52.95.128.0/21"), ""), new(Cidr.Parse("198.51.100.128/25"), "")] : null })
            .Add(new PrefixList(new PrefixListId("pl-b"), Home) { Name = "b", Owner = "111122223333", Entries = [new(Cidr.Parse("10.2.0.0/16"), "")] })
            .Add(new VpcEndpoint("vpce-s3", Home, A) { Kind = "Gateway", State = endpoint })
            .Add(transit.Table);
        foreach (var attachment in transit.Attachments) builder.Add(attachment);
        foreach (var (name, vpc, zone, v4, v6) in Subnets)
        {
            builder.Add(new Subnet(new SubnetId($"subnet-{name}"), Home, vpc) { AvailabilityZone = zone, Cidrs = [Cidr.Parse(v4), Cidr.Parse(v6)] });
        }

        foreach (var table in tables.OfType<RouteTable>()) builder.Add(table);
        foreach (var acl in acls.OfType<NetworkAcl>()) builder.Add(acl);
        foreach (var nic in interfaces) builder.Add(nic);
        builder.Add(interfaces[0] with { Id = new NetworkInterfaceId("eni-fw"), Subnet = new SubnetId("subnet-a9"), Addresses = [Address.Parse("10.1.9.7")], PublicAddresses = [] });
        builder.Add(interfaces[0] with { Id = new NetworkInterfaceId("eni-nat"), InterfaceType = "natGateway", Subnet = new SubnetId("subnet-a9"), Addresses = [Address.Parse("10.1.9.9")], PublicAddresses = [new(Address.Parse("10.1.9.9"), Address.Parse("203.0.113.99"))] });
        builder.Add(interfaces[0] with { Id = new NetworkInterfaceId("eni-twin"), Addresses = [Address.Parse("10.1.1.6")], PublicAddresses = [], Subnet = new SubnetId("subnet-a1") });
        if (edge.Length > 0) builder.Add(new RouteTable("rtb-edge", Home, A) { Gateways = ["igw-a"], Routes = [ParseRoute(edge)] });
        foreach (var gap in gaps) builder.Add(new EstateGap(Enum.Parse<GapKind>(gap.Split(' ')[0]), gap.Split(' ')[1], "Generated."));
        return builder.Build();
    }

    private static Gateway Nat(string id, string state, string inside, string? outside) => new(id, Home, GatewayKind.Nat)
    {
        Vpcs = [A],
        Subnet = new SubnetId("subnet-a9"),
        State = state,
        Addresses = [Address.Parse(inside)],
        PublicAddresses = outside is null ? [] : [Address.Parse(outside)],
    };

    private static Route ParseRoute(string text)
    {
        var words = text.Split(' ');
        var isList = words[0].StartsWith("pl-", StringComparison.Ordinal);
        return new Route
        {
            Destination = isList ? null : Cidr.Parse(words[0]),
            DestinationPrefixList = isList ? new PrefixListId(words[0]) : null,
            Target = words[1],
            IsBlackhole = words is [.., "blackhole"],
        };
    }

    private static IEnumerable<Address> Edges(string text)
    {
        var cidr = Cidr.Parse(text);
        yield return cidr.First;
        yield return cidr.Last;
        if (cidr.First.Bits > 0) yield return cidr.First with { Bits = cidr.First.Bits - 1 };
        if (cidr.Last.Bits < Address.Max(cidr.Family)) yield return cidr.Last with { Bits = cidr.Last.Bits + 1 };
    }
}

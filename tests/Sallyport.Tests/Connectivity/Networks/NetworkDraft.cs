using System.Collections.Immutable;
using Sallyport.Connectivity;
using Sallyport.Connectivity.Networks;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Tests.Connectivity.Networks;

/// <summary>
/// A network to change one thing in: VPC a (10.1.0.0/16 and 2001:db8:a::/56) with subnets a1, a2 and a NAT gateway's a9; VPC b
/// (10.2.0.0/16, 2001:db8:b::/56) with b1; every ACL open, every table with local routes only; one interface at .5 of each subnet.
/// </summary>
internal sealed class NetworkDraft
{
    public static readonly Scope Scope = new("111122223333", "eu-west-1");
    public static readonly VpcId A = new("vpc-0000000a");
    public static readonly VpcId B = new("vpc-0000000b");
    public const string InternetGateway = "igw-0000000a";
    public const string Nat = "nat-0000000a";
    public const string Peering = "pcx-000000ab";
    public const string Transit = "tgw-00000001";

    private readonly Dictionary<string, RouteTable> _tables = [];
    private readonly Dictionary<string, NetworkAcl> _acls = [];
    private readonly Dictionary<string, Subnet> _subnets = [];
    private readonly Dictionary<string, NetworkInterface> _nics = [];
    private readonly List<Action<EstateBuilder>> _more = [];
    private readonly HashSet<GapKind> _left = [];
    private readonly List<Vpc> _vpcs = [];

    public NetworkDraft()
    {
        Vpc(A, "10.1.0.0/16", "2001:db8:a::/56");
        Vpc(B, "10.2.0.0/16", "2001:db8:b::/56");
        Subnet("a1", A, "eu-west-1a", "10.1.1.0/24", "2001:db8:a:1::/64");
        Subnet("a2", A, "eu-west-1b", "10.1.2.0/24", "2001:db8:a:2::/64");
        Subnet("a9", A, "eu-west-1a", "10.1.9.0/24", "2001:db8:a:9::/64");
        Subnet("b1", B, "eu-west-1a", "10.2.1.0/24", "2001:db8:b:1::/64");
    }

    public NetworkDraft Vpc(VpcId id, params string[] blocks)
    {
        _vpcs.Add(new Vpc(id, Scope) { Cidrs = [.. blocks.Select(Cidr.Parse)] });
        return this;
    }

    public NetworkDraft Subnet(string name, VpcId vpc, string zone, params string[] blocks)
    {
        var id = new SubnetId($"subnet-{name}");
        _subnets[name] = new Subnet(id, Scope, vpc) { Cidrs = [.. blocks.Select(Cidr.Parse)], AvailabilityZone = zone };
        _tables[name] = new RouteTable($"rtb-{name}", Scope, vpc) { Subnets = [id] };
        _acls[name] = new NetworkAcl($"acl-{name}", Scope, vpc) { Subnets = [id] };
        Acl(name, "egress 100 allow any 0.0.0.0/0", "egress 101 allow any ::/0", "ingress 100 allow any 0.0.0.0/0", "ingress 101 allow any ::/0");
        return Nic(name, name, [.. blocks.Select(b => Cidr.Parse(b).First).Select(a => (a with { Bits = a.Bits + 5 }).ToString())]);
    }

    /// <summary>An interface, or other addresses for it.</summary>
    public NetworkDraft Nic(string name, string subnet, params string[] addresses)
    {
        _nics[name] = new NetworkInterface(new NetworkInterfaceId($"eni-{name}"), Scope)
        {
            Vpc = _subnets[subnet].Vpc,
            Subnet = _subnets[subnet].Id,
            Addresses = [.. addresses.Select(Address.Parse)],
        };
        return this;
    }

    public NetworkDraft Change(string nic, Func<NetworkInterface, NetworkInterface> change)
    {
        _nics[nic] = change(_nics[nic]);
        return this;
    }

    public NetworkDraft ChangeTable(string name, Func<RouteTable, RouteTable?> change)
    {
        if (change(_tables[name]) is { } changed) _tables[name] = changed;
        else _tables.Remove(name);
        return this;
    }

    public NetworkDraft ChangeAcl(string name, Func<NetworkAcl, NetworkAcl?> change)
    {
        if (change(_acls[name]) is { } changed) _acls[name] = changed;
        else _acls.Remove(name);
        return this;
    }

    public NetworkDraft ChangeSubnet(string name, Func<Subnet, Subnet> change)
    {
        _subnets[name] = change(_subnets[name]);
        return this;
    }

    /// <summary>Gives the interface's first address a public one.</summary>
    public NetworkDraft Public(string nic, string address) =>
        Change(nic, n => n with { PublicAddresses = [new(n.Addresses[0], Address.Parse(address))] });

    /// <summary>Routes as <c>DESTINATION TARGET</c>, a third word <c>blackhole</c> or an interface's id.</summary>
    public NetworkDraft Route(string table, params string[] routes) =>
        ChangeTable(table, t => t with { Routes = [.. t.Routes, .. routes.Select(ParseRoute)] });

    /// <summary>All entries of a subnet's ACL, as <c>DIRECTION NUMBER ACTION SERVICE CIDR</c>; what none matches is denied.</summary>
    public NetworkDraft Acl(string name, params string[] entries) =>
        ChangeAcl(name, a => a with { Entries = [.. entries.Select(ParseEntry).OrderBy(e => e.Direction).ThenBy(e => e.Number).ThenBy(e => e.Cidr.Family)] });

    public NetworkDraft Add(Action<EstateBuilder> add)
    {
        _more.Add(add);
        return this;
    }

    public NetworkDraft Gateway(string id, GatewayKind kind, params VpcId[] vpcs) =>
        Add(b => b.Add(new Gateway(id, Scope, kind) { Vpcs = [.. vpcs], State = "available" }));

    /// <summary>The internet gateway, attached to VPC a, and routes of the named tables to it, both families.</summary>
    public NetworkDraft Internet(params string[] tables)
    {
        foreach (var table in tables) Route(table, $"0.0.0.0/0 {InternetGateway}", $"::/0 {InternetGateway}");
        return Gateway(InternetGateway, GatewayKind.Internet, A);
    }

    /// <summary>The NAT gateway in a9, and a default route of the named tables to it; a9 leads to the internet.</summary>
    public NetworkDraft NatGateway(string state, bool isPublic, params string[] tables)
    {
        foreach (var table in tables) Route(table, $"0.0.0.0/0 {Nat}");
        Nic("nat", "a9", "10.1.9.9").Change("nat", n => n with { InterfaceType = "natGateway", SourceDestCheck = false });
        if (isPublic) Public("nat", "203.0.113.99");
        return Add(b => b.Add(new Gateway(Nat, Scope, GatewayKind.Nat)
        {
            Vpcs = [A],
            Subnet = new SubnetId("subnet-a9"),
            State = state,
            Addresses = [Address.Parse("10.1.9.9")],
            PublicAddresses = isPublic ? [Address.Parse("203.0.113.99")] : [],
        }));
    }

    /// <summary>A peering between a and b with routes both ways of the named tables.</summary>
    public NetworkDraft Peer(string status, params string[] tables)
    {
        foreach (var table in tables)
        {
            var far = table[0] == 'a' ? "2" : "1";
            Route(table, $"10.{far}.0.0/16 {Peering}", $"2001:db8:{(far == "2" ? "b" : "a")}::/56 {Peering}");
        }

        return Add(b => b.Add(new Peering(new PeeringId(Peering), new PeeringEnd(A, Scope), new PeeringEnd(B, Scope)) { Status = status }));
    }

    /// <summary>A transit gateway between a (in a9's subnet) and b (in b1's), one table that leads to both.</summary>
    public NetworkDraft TransitGateway(ImmutableArray<Route>? routes, params string[] tables)
    {
        foreach (var table in tables) Route(table, $"{(table[0] == 'a' ? "10.2.0.0/16" : "10.1.0.0/16")} {Transit}");
        Add(b => b.Add(new TransitGatewayAttachment("tgw-attach-a", Scope, Transit, A) { State = "available", Subnets = [new SubnetId("subnet-a9")] }));
        Add(b => b.Add(new TransitGatewayAttachment("tgw-attach-b", Scope, Transit, B) { State = "available", Subnets = [new SubnetId("subnet-b1")] }));
        return Add(b => b.Add(new TransitGatewayRouteTable("tgw-rtb-1", Scope, Transit) { Associations = ["tgw-attach-a", "tgw-attach-b"], Routes = routes }));
    }

    public static ImmutableArray<Route> TransitRoutes(params string[] routes) => [.. routes.Select(ParseRoute)];

    public NetworkDraft List(string id, params string[]? entries) => Add(b => b.Add(new PrefixList(new PrefixListId(id), Scope)
    {
        Name = "com.amazonaws.eu-west-1.s3",
        Owner = "AWS",
        Entries = entries is null ? null : [.. entries.Select(e => new PrefixListEntry(Cidr.Parse(e), ""))],
    }));

    public NetworkDraft Gap(GapKind what, string where = "") => Add(b => b.Add(new EstateGap(what, where, "A test left it out.")));

    /// <summary>Leaves a kind of thing out, which makes it a gap.</summary>
    public NetworkDraft Without(GapKind kind)
    {
        _left.Add(kind);
        return this;
    }

    public Estate Build()
    {
        var builder = new EstateBuilder().MarkCollected(GapKind.Peerings);
        if (!_left.Contains(GapKind.Vpcs)) _vpcs.ForEach(v => builder.Add(v));
        if (!_left.Contains(GapKind.Subnets)) foreach (var subnet in _subnets.Values) builder.Add(subnet);
        if (!_left.Contains(GapKind.RouteTables)) foreach (var table in _tables.Values) builder.Add(table);
        if (!_left.Contains(GapKind.NetworkAcls)) foreach (var acl in _acls.Values) builder.Add(acl);
        foreach (var nic in _nics.Values) builder.Add(nic);
        foreach (var add in _more) add(builder);
        return builder.Build();
    }

    public NetworkInterface Interface(string name) => _nics[name];

    /// <summary>An interface at its first address of a family, or (when the text is one) an address outside.</summary>
    public Endpoint End(string text, IpFamily family = IpFamily.V4)
    {
        if (Address.TryParse(text, out var address)) return Endpoint.Outside(address);
        var nic = _nics[text];
        return Endpoint.Of(nic, nic.Addresses.First(a => a.Family == family));
    }

    public PathJudgement Judge(string from, string to, IpFamily family = IpFamily.V4, NetworkOptions? options = null) =>
        new NetworkLayers(Build(), options).Judge(End(from, family), End(to, family));

    private static Route ParseRoute(string text)
    {
        var words = text.Split(' ');
        var list = words[0].StartsWith("pl-", StringComparison.Ordinal);
        return new Route
        {
            Destination = list ? null : Cidr.Parse(words[0]),
            DestinationPrefixList = list ? new PrefixListId(words[0]) : null,
            Target = words[1],
            IsBlackhole = words is [.., "blackhole"],
            Interface = words.Length > 2 && words[2] != "blackhole" ? new NetworkInterfaceId(words[2]) : null,
        };
    }

    private static NetworkAclEntry ParseEntry(string text)
    {
        var words = text.Split(' ');
        var direction = words[0] == "egress" ? Direction.Egress : Direction.Ingress;
        return new NetworkAclEntry(direction, int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture), words[2] == "allow", Service.Parse(words[3]), Cidr.Parse(words[4]));
    }
}

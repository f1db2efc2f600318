using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Lab.Estates.Drafting;

/// <summary>A VPC while it is written, with what EC2 makes together with it.</summary>
internal sealed partial class VpcDraft
{
    private readonly EstateDraft _estate;
    private readonly string _name;
    private readonly List<GroupDraft> _groups = [];
    private readonly List<SubnetDraft> _subnets = [];
    private readonly List<RouteTable> _tables = [];
    private readonly List<NetworkAcl> _acls = [];

    public VpcDraft(EstateDraft estate, Scope scope, string name, string cidr, string? cidr6, bool isDefault)
    {
        (_estate, _name, Scope) = (estate, name, scope);
        Id = new VpcId(LabId.Of("vpc", $"{scope} {name}"));
        Cidrs = cidr6 is null ? [Cidr.Parse(cidr)] : [Cidr.Parse(cidr), Cidr.Parse(cidr6)];
        HasIpv6 = cidr6 is not null;
        estate.Builder.Add(new Vpc(Id, scope) { Cidrs = Cidrs, IsDefault = isDefault, Tags = EstateDraft.Named(name) });
        Default = new GroupDraft(this, "default", "default VPC security group", Tags.None);
        Default.Ingress("any", Default, string.Empty);
        _groups.Add(Default);
    }

    public VpcId Id { get; }

    public Scope Scope { get; }

    public ImmutableArray<Cidr> Cidrs { get; }

    public bool HasIpv6 { get; }

    /// <summary>The group EC2 made with the VPC.</summary>
    public GroupDraft Default { get; }

    /// <summary>Peering ids by the VPC at the other end.</summary>
    public Dictionary<VpcDraft, string> Peerings { get; } = [];

    public GroupDraft Group(string name, string description, string? owner = null, string? app = null, string? env = null)
    {
        var tags = new List<KeyValuePair<string, string>>();
        if (owner is not null) tags.AddRange([new("Name", name), new("owner", owner)]);
        if (app is not null) tags.Add(new("app", app));
        if (env is not null) tags.Add(new("env", env));
        var group = new GroupDraft(this, name, description, Tags.Of(tags));
        _groups.Add(group);
        return group;
    }

    public SubnetDraft Subnet(string name, string zone, string cidr, string? cidr6 = null, bool isPublic = false)
    {
        var subnet = new SubnetDraft(this, new Subnet(new SubnetId(LabId.Of("subnet", $"{Id} {name}")), Scope, Id)
        {
            Cidrs = cidr6 is null ? [Cidr.Parse(cidr)] : [Cidr.Parse(cidr), Cidr.Parse(cidr6)],
            AvailabilityZone = Scope.Region + zone,
            MapPublicIpOnLaunch = isPublic,
            Tags = EstateDraft.Named(name),
        });
        _subnets.Add(subnet);
        _estate.Builder.Add(subnet.Subnet);
        return subnet;
    }

    public string InternetGateway() => Gateway("igw", GatewayKind.Internet, "available");

    public string EgressOnlyGateway() => Gateway("eigw", GatewayKind.EgressOnlyInternet, "attached");

    /// <summary>A table with the local routes, routes over the peerings made so far, and those given as destination and target.</summary>
    public string RouteTable(string name, bool isMain, SubnetDraft[] subnets, params (string Destination, string Target)[] routes)
    {
        var id = LabId.Of("rtb", $"{Id} {name}");
        var all = Cidrs.Select(c => new Route { Destination = c, Target = "local" })
            .Concat(Peerings.SelectMany(p => p.Key.Cidrs.Where(c => c.Family == IpFamily.V4)
                .Select(c => new Route { Destination = c, Target = p.Value })))
            .Concat(routes.Select(r => new Route { Destination = Cidr.Parse(r.Destination), Target = r.Target }));
        _tables.Add(new RouteTable(id, Scope, Id)
        {
            IsMain = isMain,
            Subnets = [.. subnets.Select(s => s.Id).Order()],
            Routes = [.. all],
            Tags = EstateDraft.Named(name),
        });
        return id;
    }

    /// <summary>A gateway endpoint: a route to the service's prefix list in each of the tables.</summary>
    public void GatewayEndpoint(string service, PrefixListId list, params string[] tables)
    {
        var id = LabId.Of("vpce", $"{Id} {service}");
        _estate.Builder.Add(new VpcEndpoint(id, Scope, Id)
        {
            Kind = "Gateway",
            Service = $"com.amazonaws.{Scope.Region}.{service}",
            State = "available",
            RouteTables = [.. tables.Order(StringComparer.Ordinal)],
            Tags = EstateDraft.Named($"{_name}-{service}"),
        });
        for (var i = 0; i < _tables.Count; i++)
        {
            if (!tables.Contains(_tables[i].Id)) continue;
            _tables[i] = _tables[i] with { Routes = _tables[i].Routes.Add(new Route { DestinationPrefixList = list, Target = id }) };
        }
    }

    /// <summary>An ACL of its own for some subnets; the implicit denies are added.</summary>
    public void NetworkAcl(string name, SubnetDraft[] subnets, params NetworkAclEntry[] entries) =>
        _acls.Add(Acl(name, isDefault: false, subnets.Select(s => s.Id), entries));

    /// <summary>Adds what waits for the rest: groups, tables, and the default ACL with every subnet no other ACL took.</summary>
    public void Finish()
    {
        foreach (var group in _groups) _estate.Builder.Add(group.Build());
        foreach (var table in _tables) _estate.Builder.Add(table with { Routes = [.. table.Routes.OrderBy(Destination, StringComparer.Ordinal)] });
        foreach (var acl in _acls) _estate.Builder.Add(acl);
        var taken = _acls.SelectMany(a => a.Subnets).ToHashSet();
        var allowAll = new List<NetworkAclEntry>();
        foreach (var direction in new[] { Direction.Ingress, Direction.Egress })
        {
            allowAll.Add(new NetworkAclEntry(direction, 100, Allows: true, Service.Any, Cidr.AnyV4));
            if (HasIpv6) allowAll.Add(new NetworkAclEntry(direction, 101, Allows: true, Service.Any, Cidr.AnyV6));
        }

        _estate.Builder.Add(Acl("default", isDefault: true, _subnets.Select(s => s.Id).Where(s => !taken.Contains(s)), allowAll));

        static string Destination(Route route) => route.Destination?.ToString() ?? route.DestinationPrefixList!.Value.Value;
    }

    private NetworkAcl Acl(string name, bool isDefault, IEnumerable<SubnetId> subnets, IEnumerable<NetworkAclEntry> entries)
    {
        var all = entries.ToList();
        foreach (var direction in new[] { Direction.Ingress, Direction.Egress })
        {
            all.Add(new NetworkAclEntry(direction, 32767, Allows: false, Service.Any, Cidr.AnyV4));
            if (HasIpv6) all.Add(new NetworkAclEntry(direction, 32768, Allows: false, Service.Any, Cidr.AnyV6));
        }

        return new NetworkAcl(LabId.Of("acl", $"{Id} {name}"), Scope, Id)
        {
            IsDefault = isDefault,
            Subnets = [.. subnets.Order()],
            Entries = [.. all.OrderBy(e => e.Direction).ThenBy(e => e.Number).ThenBy(e => e.Cidr.Family)],
            Tags = isDefault ? Tags.None : EstateDraft.Named(name),
        };
    }

    private string Gateway(string prefix, GatewayKind kind, string state)
    {
        var id = LabId.Of(prefix, $"{Id}");
        _estate.Builder.Add(new Gateway(id, Scope, kind) { Vpcs = [Id], State = state, Tags = EstateDraft.Named($"{_name}-{prefix}") });
        return id;
    }
}

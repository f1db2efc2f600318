using System.Collections.Immutable;
using System.Text.Json;
using Sallyport.Estates.Files;
using Sallyport.Packets;

namespace Sallyport.Estates.Snapshots;

internal sealed partial class SnapshotReader
{
    private void ReadThing(string section, JsonItem item, JsonElement element)
    {
        switch (section)
        {
            case "scopes":
                _scopes.Add(ScopeOf(item));
                into.AddScope(ScopeOf(item));
                break;
            case "networkInterfaces":
                ReadInterface(item, element);
                break;
            case "vpcs":
                into.Add(new Vpc(new VpcId(Id(item)), ScopeOf(item))
                {
                    Cidrs = Blocks(item, "cidrs"u8),
                    IsDefault = item.Flag("isDefault"u8) ?? false,
                    Tags = TagsOf(element, item),
                });
                break;
            case "subnets":
                into.Add(new Subnet(new SubnetId(Id(item)), ScopeOf(item), VpcOf(item))
                {
                    Cidrs = Blocks(item, "cidrs"u8),
                    AvailabilityZone = item.Text("availabilityZone"u8) ?? string.Empty,
                    MapPublicIpOnLaunch = item.Flag("mapPublicIpOnLaunch"u8) ?? false,
                    Tags = TagsOf(element, item),
                });
                break;
            case "routeTables":
                into.Add(new RouteTable(Id(item), ScopeOf(item), VpcOf(item))
                {
                    IsMain = item.Flag("isMain"u8) ?? false,
                    Subnets = [.. item.Texts("subnets"u8).Select(s => new SubnetId(s))],
                    Gateways = [.. item.Texts("gateways"u8)],
                    Routes = Routes(item),
                    Tags = TagsOf(element, item),
                });
                break;
            case "networkAcls":
                ReadNetworkAcl(item, element);
                break;
            case "prefixLists":
                ReadPrefixList(item, element);
                break;
            case "peerings":
                into.Add(new Peering(new PeeringId(Id(item)), EndOf(item, "requester"u8), EndOf(item, "accepter"u8))
                {
                    Status = item.Text("status"u8) ?? string.Empty,
                    Tags = TagsOf(element, item),
                });
                break;
            case "vpcEndpoints":
                into.Add(new VpcEndpoint(Id(item), ScopeOf(item), VpcOf(item))
                {
                    Kind = item.Text("type"u8) ?? string.Empty,
                    Service = item.Text("service"u8) ?? string.Empty,
                    State = item.Text("state"u8) ?? string.Empty,
                    Groups = Groups(item),
                    Interfaces = [.. item.Texts("interfaces"u8).Select(i => new NetworkInterfaceId(i))],
                    RouteTables = [.. item.Texts("routeTables"u8)],
                    Tags = TagsOf(element, item),
                });
                break;
            case "gateways":
                ReadGateway(item, element);
                break;
            case "transitGatewayAttachments":
                into.Add(new TransitGatewayAttachment(Id(item), ScopeOf(item), item.Text("transitGateway"u8) ?? string.Empty, VpcOf(item))
                {
                    VpcOwner = item.Text("vpcOwner"u8) ?? string.Empty,
                    State = item.Text("state"u8) ?? string.Empty,
                    Subnets = [.. item.Texts("subnets"u8).Select(s => new SubnetId(s))],
                    SecurityGroupReferencing = item.Flag("securityGroupReferencing"u8),
                    Tags = TagsOf(element, item),
                });
                break;
            case "transitGatewayRouteTables":
                into.Add(new TransitGatewayRouteTable(Id(item), ScopeOf(item), item.Text("transitGateway"u8) ?? string.Empty)
                {
                    Associations = item.Has("associations"u8) ? [.. item.Texts("associations"u8)] : null,
                    Routes = item.Has("routes"u8) ? Routes(item) : null,
                });
                break;
            case "vpcAssociations":
                into.Add(new VpcAssociation(new SecurityGroupId(Required(item, "group"u8)), VpcOf(item), item.Text("state"u8) ?? string.Empty));
                break;
            case "instances":
                into.Add(new Instance(Id(item), ScopeOf(item))
                {
                    State = item.Text("state"u8) ?? string.Empty,
                    Vpc = item.Text("vpc"u8) is { } vpc ? new VpcId(vpc) : null,
                    Groups = Groups(item),
                    Tags = TagsOf(element, item),
                });
                break;
            case "flowLogs":
                into.Add(new FlowLog(Id(item), ScopeOf(item), item.Text("resource"u8) ?? string.Empty)
                {
                    TrafficType = item.Text("trafficType"u8) ?? string.Empty,
                    Status = item.Text("status"u8) ?? string.Empty,
                    DestinationType = item.Text("destinationType"u8) ?? string.Empty,
                    Destination = item.Text("destination"u8) ?? string.Empty,
                    Format = item.Text("format"u8) ?? string.Empty,
                    MaxAggregationSeconds = item.Int("maxAggregationSeconds"u8) ?? 0,
                });
                break;
            case "publicAccessBlocks":
                into.Add(new PublicAccessBlock(ScopeOf(item), item.Text("mode"u8) ?? string.Empty));
                break;
            case "publicAccessExclusions":
                into.Add(new PublicAccessExclusion(Id(item), ScopeOf(item), item.Text("resource"u8) ?? string.Empty)
                {
                    Mode = item.Text("mode"u8) ?? string.Empty,
                    State = item.Text("state"u8) ?? string.Empty,
                });
                break;
            case "metricFilters":
                into.Add(new MetricFilter(item.Text("name"u8) ?? string.Empty, ScopeOf(item), item.Text("logGroup"u8) ?? string.Empty)
                {
                    Pattern = item.Text("pattern"u8) ?? string.Empty,
                    Metrics = Metrics(item),
                });
                break;
            case "metricAlarms":
                into.Add(new MetricAlarm(item.Text("name"u8) ?? string.Empty, ScopeOf(item))
                {
                    Metrics = Metrics(item),
                    Combines = [.. item.Texts("combines"u8)],
                    HasActions = item.Flag("hasActions"u8) ?? false,
                });
                break;
            case "eventRules":
                into.Add(new EventRule(item.Text("name"u8) ?? string.Empty, ScopeOf(item))
                {
                    Bus = item.Text("bus"u8) ?? "default",
                    Pattern = item.Text("pattern"u8) ?? string.Empty,
                    IsEnabled = item.Flag("isEnabled"u8) ?? false,
                });
                break;
            case "trails":
                into.Add(new Trail(item.Text("name"u8) ?? string.Empty, ScopeOf(item))
                {
                    IsMultiRegion = item.Flag("isMultiRegion"u8) ?? false,
                    IsOrganization = item.Flag("isOrganization"u8) ?? false,
                    LogGroup = item.Text("logGroup"u8) ?? string.Empty,
                });
                break;
            case "gaps":
                if (!Enum.TryParse<GapKind>(item.Text("what"u8), out var what)) throw Damaged("a gap is of no known kind", item.At);
                _gaps.Add(new EstateGap(what, item.Text("where"u8) ?? string.Empty, item.Text("why"u8) ?? string.Empty, item.Flag("isReadFailure"u8) ?? false) { IsLeftOpen = item.Flag("isLeftOpen"u8) ?? false });
                break;
        }
    }

    private void ReadInterface(JsonItem item, JsonElement element) => into.Add(new NetworkInterface(new NetworkInterfaceId(Id(item)), ScopeOf(item))
    {
        Vpc = item.Text("vpc"u8) is { } vpc ? new VpcId(vpc) : null,
        Subnet = item.Text("subnet"u8) is { } subnet ? new SubnetId(subnet) : null,
        Groups = Groups(item),
        Addresses = Addresses(item, "addresses"u8),
        Prefixes = Blocks(item, "prefixes"u8),
        PublicAddresses = [.. item.Items("publicAddresses"u8).Select(p => new KeyValuePair<Address, Address>(OneAddress(p, "private"u8), OneAddress(p, "public"u8)))],
        InterfaceType = item.Text("interfaceType"u8) ?? "interface",
        Status = item.Text("status"u8) ?? string.Empty,
        Description = item.Text("description"u8) ?? string.Empty,
        RequesterManaged = item.Flag("requesterManaged"u8) ?? false,
        RequesterId = item.Text("requesterId"u8),
        Instance = item.Text("instance"u8),
        SourceDestCheck = item.Flag("sourceDestCheck"u8) ?? true,
        Tags = TagsOf(element, item),
    });

    private void ReadNetworkAcl(JsonItem item, JsonElement element)
    {
        var entries = ImmutableArray.CreateBuilder<NetworkAclEntry>();
        foreach (var entry in item.Items("entries"u8))
        {
            var direction = Required(entry, "direction"u8) switch
            {
                "ingress" => Direction.Ingress,
                "egress" => Direction.Egress,
                var other => throw Damaged($"\"{other}\" is no direction", item.At),
            };
            if (!Service.TryParse(Required(entry, "service"u8), out var service, out var problem)) throw Damaged($"an entry has no service: {problem}", item.At);
            entries.Add(new NetworkAclEntry(direction, entry.Int("number"u8) ?? 0, Required(entry, "action"u8) == "allow", service, OneBlock(entry, Required(entry, "cidr"u8))));
        }

        into.Add(new NetworkAcl(Id(item), ScopeOf(item), VpcOf(item))
        {
            IsDefault = item.Flag("isDefault"u8) ?? false,
            Subnets = [.. item.Texts("subnets"u8).Select(s => new SubnetId(s))],
            Entries = entries.ToImmutable(),
            Tags = TagsOf(element, item),
        });
    }

    private void ReadPrefixList(JsonItem item, JsonElement element) => into.Add(new PrefixList(new PrefixListId(Id(item)), ScopeOf(item))
    {
        Name = item.Text("name"u8) ?? string.Empty,
        Owner = item.Text("owner"u8) ?? string.Empty,
        Family = item.Text("family"u8) == "ipv6" ? IpFamily.V6 : IpFamily.V4,
        MaxEntries = item.Int("maxEntries"u8),
        Version = item.Number("version"u8),
        Entries = item.Has("entries"u8)
            ? [.. item.Items("entries"u8).Select(e => new PrefixListEntry(OneBlock(e, Required(e, "cidr"u8)), e.Text("description"u8) ?? string.Empty))]
            : null,
        Tags = TagsOf(element, item),
    });

    private void ReadGateway(JsonItem item, JsonElement element) => into.Add(new Gateway(Id(item), ScopeOf(item), Required(item, "type"u8) switch
    {
        "internet" => GatewayKind.Internet,
        "egress-only-internet" => GatewayKind.EgressOnlyInternet,
        "nat" => GatewayKind.Nat,
        "vpn" => GatewayKind.Vpn,
        "transit" => GatewayKind.Transit,
        var other => throw Damaged($"\"{other}\" is no type of gateway", item.At),
    })
    {
        Vpcs = [.. item.Texts("vpcs"u8).Select(v => new VpcId(v))],
        Subnet = item.Text("subnet"u8) is { } subnet ? new SubnetId(subnet) : null,
        State = item.Text("state"u8) ?? string.Empty,
        Addresses = Addresses(item, "addresses"u8),
        PublicAddresses = Addresses(item, "publicAddresses"u8),
        Tags = TagsOf(element, item),
    });

    private static ImmutableArray<Route> Routes(JsonItem item) =>
    [
        .. item.Items("routes"u8).Select(r => new Route
        {
            Destination = r.Text("destination"u8) is { } destination ? OneBlock(r, destination) : null,
            DestinationPrefixList = r.Text("destinationPrefixList"u8) is { } list ? new PrefixListId(list) : null,
            Target = r.Text("target"u8) ?? string.Empty,
            Interface = r.Text("interface"u8) is { } nic ? new NetworkInterfaceId(nic) : null,
            IsBlackhole = r.Flag("isBlackhole"u8) ?? false,
        }),
    ];

    private static ImmutableArray<MetricName> Metrics(JsonItem item) =>
        [.. item.Items("metrics"u8).Select(m => new MetricName(m.Text("namespace"u8) ?? string.Empty, m.Text("name"u8) ?? string.Empty))];

    private static PeeringEnd EndOf(JsonItem item, ReadOnlySpan<byte> name)
    {
        var end = item.Object(name) ?? throw Damaged("a peering lacks an end", item.At);
        return new PeeringEnd(VpcOf(end), ScopeOf(end)) { Cidrs = Blocks(end, "cidrs"u8) };
    }

    private static ImmutableArray<SecurityGroupId> Groups(JsonItem item) => [.. item.Texts("groups"u8).Select(g => new SecurityGroupId(g))];

    private static ImmutableArray<Cidr> Blocks(JsonItem item, ReadOnlySpan<byte> name) => [.. item.Texts(name).Select(t => OneBlock(item, t))];

    private static ImmutableArray<Address> Addresses(JsonItem item, ReadOnlySpan<byte> name) => [.. item.Texts(name).Select(t => OneAddress(item, t))];

    private static Cidr OneBlock(JsonItem item, string text) =>
        Cidr.TryParse(text, out var cidr) ? cidr : throw Damaged($"\"{text}\" is no CIDR block", item.At);

    private static Address OneAddress(JsonItem item, ReadOnlySpan<byte> name) => OneAddress(item, Required(item, name));

    private static Address OneAddress(JsonItem item, string text) =>
        Address.TryParse(text, out var address) ? address : throw Damaged($"\"{text}\" is no address", item.At);

    private static Tags TagsOf(JsonElement element, JsonItem item)
    {
        var hasTags = element.TryGetProperty("tags"u8, out var tags);
        var hasUnknown = element.TryGetProperty("unknownTags"u8, out var unknown);
        return hasTags || hasUnknown ? Tags.Of(hasTags ? PairsOf(tags, item) : [], hasUnknown ? PairsOf(unknown, item) : []) : Tags.None;
    }

    private static IEnumerable<KeyValuePair<string, string>> PairsOf(JsonElement tags, JsonItem item)
    {
        if (tags.ValueKind != JsonValueKind.Object) throw Damaged("\"tags\" is no object", item.At);
        return tags.EnumerateObject().Select(t => new KeyValuePair<string, string>(
            t.Name, t.Value.ValueKind == JsonValueKind.String ? t.Value.GetString()! : throw Damaged("a tag's value is no text", item.At)));
    }

    private static Scope ScopeOf(JsonItem item) => new(item.Text("account"u8) ?? string.Empty, item.Text("region"u8) ?? string.Empty);

    private static VpcId VpcOf(JsonItem item) => new(item.Text("vpc"u8) ?? string.Empty);

    private static string Id(JsonItem item) => Required(item, "id"u8);

    private static string Required(JsonItem item, ReadOnlySpan<byte> name) =>
        item.Text(name) is { Length: > 0 } text ? text : throw Damaged($"\"{System.Text.Encoding.UTF8.GetString(name)}\" is missing", item.At);
}

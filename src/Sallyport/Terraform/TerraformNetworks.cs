using System.Collections.Frozen;
using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Estates.Files;
using Sallyport.Hcl.Values;
using Sallyport.Packets;

namespace Sallyport.Terraform;

/// <summary>VPCs and what lies around them: subnets, routes, ACLs, gateways, endpoints, peerings, prefix lists.</summary>
internal sealed class TerraformNetworks(TerraformIndex index, EstateBuilder into, FileDiagnostics said)
{
    private const string OnlyPart = "Code does not tell what else the account holds.";

    private const string OfAws = "com.amazonaws.";

    // Most of what code declares: it is told here, before the scope and tags of each are worked out.
    private static readonly FrozenSet<string> NotNetworks = new[]
    {
        "aws_security_group", "aws_default_security_group", "aws_security_group_rule", "aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule", "aws_instance",
    }.ToFrozenSet();

    private readonly Dictionary<string, RouteTable> _tables = [];
    private readonly Dictionary<string, NetworkAcl> _acls = [];
    private readonly Dictionary<string, VpcEndpoint> _endpoints = [];
    private readonly Dictionary<PrefixListId, PrefixList> _lists = [];
    private readonly Dictionary<string, List<Route>> _routes = [];
    private readonly Dictionary<string, List<SubnetId>> _tableSubnets = [];
    private readonly Dictionary<string, List<NetworkAclEntry>> _aclEntries = [];
    private readonly Dictionary<PrefixListId, List<PrefixListEntry>> _listEntries = [];
    private readonly HashSet<PrefixListId> _partlyKnown = [];
    private readonly HashSet<GapKind> _seen = [];
    private readonly Lazy<ILookup<string, TerraformResource>> _furtherBlocks = new(() => index.All
        .Where(r => r.Type is "aws_vpc_ipv4_cidr_block_association" or "aws_vpc_ipv6_cidr_block_association")
        .ToLookup(r => index.IdOf(r["vpc_id"]) ?? string.Empty, StringComparer.Ordinal));

    private readonly Lazy<Dictionary<string, TerraformResource>> _vpcs = new(() => index.All
        .Where(r => r.Type is "aws_vpc" or "aws_default_vpc").DistinctBy(r => index.IdOf(r)).ToDictionary(r => index.IdOf(r)));

    private readonly Lazy<ILookup<string, TerraformResource>> _attached = new(() => index.All
        .Where(r => r.Type is "aws_internet_gateway_attachment" or "aws_vpn_gateway_attachment")
        .ToLookup(r => index.IdOf(r["internet_gateway_id"]) ?? index.IdOf(r["vpn_gateway_id"]) ?? string.Empty, StringComparer.Ordinal));

    /// <summary>Adds them all. What belongs to another resource is added after everything that could be its owner.</summary>
    public void Add()
    {
        foreach (var resource in index.All) AddWhole(resource);
        foreach (var resource in index.All) AddPart(resource);
        foreach (var (id, table) in _tables)
        {
            into.Add(table with
            {
                Subnets = [.. Of(_tableSubnets, id).Distinct().Order()],
                Routes = [.. Of(_routes, id).Distinct().OrderBy(r => r.Destination?.ToString() ?? r.DestinationPrefixList?.Value, StringComparer.Ordinal)],
            });
        }

        foreach (var (id, acl) in _acls) into.Add(acl with { Entries = [.. Of(_aclEntries, id).OrderBy(e => e.Direction).ThenBy(e => e.Number).ThenBy(e => e.Cidr.Family)] });
        foreach (var endpoint in _endpoints.Values) into.Add(endpoint);
        foreach (var (id, list) in _lists) into.Add(list with { Entries = _partlyKnown.Contains(id) ? null : [.. Of(_listEntries, id).Distinct().OrderBy(e => e.Cidr)] });

        // Of what the code holds none, the estate says so by itself.
        if (_tables.Count > 0) _seen.Add(GapKind.RouteTables);
        if (_acls.Count > 0) _seen.Add(GapKind.NetworkAcls);
        if (_endpoints.Count > 0) _seen.Add(GapKind.VpcEndpoints);
        foreach (var kind in _seen) into.Add(new EstateGap(kind, string.Empty, OnlyPart));
    }

    private void AddWhole(TerraformResource resource)
    {
        if (NotNetworks.Contains(resource.Type)) return;
        var fields = new TerraformFields(resource.Values);
        var scope = index.ScopeOf(resource);
        var id = index.IdOf(resource);
        var tags = TerraformIndex.TagsOf(resource);
        switch (resource.Type)
        {
            case "aws_vpc" or "aws_default_vpc":
                _seen.Add(GapKind.Vpcs);
                into.Add(new Vpc(new VpcId(id), scope) { Cidrs = VpcBlocks(resource, fields), IsDefault = resource.Type == "aws_default_vpc", Tags = tags });
                break;
            case "aws_subnet" or "aws_default_subnet" when Vpc(resource) is { } vpc:
                _seen.Add(GapKind.Subnets);
                into.Add(new Subnet(new SubnetId(id), scope, vpc)
                {
                    Cidrs = Blocks(resource, fields, "cidr_block", "ipv6_cidr_block"),
                    AvailabilityZone = fields.Text("availability_zone") ?? string.Empty,
                    MapPublicIpOnLaunch = fields.Bool("map_public_ip_on_launch"),
                    Tags = tags,
                });
                break;
            case "aws_route_table" or "aws_default_route_table" when VpcOfPart(resource, "default_route_table_id") is { } vpc:
                _tables[id] = new RouteTable(id, scope, vpc) { IsMain = resource.Type == "aws_default_route_table", Tags = tags };
                foreach (var (position, values) in fields.Blocks("route")) AddRoute(id, resource, new TerraformFields(values), "cidr_block", "ipv6_cidr_block", TerraformIndex.PlaceOf(resource, "route", position));
                Note(fields, GapKind.RouteTables, id, resource);
                break;
            case "aws_network_acl" or "aws_default_network_acl" when VpcOfPart(resource, "default_network_acl_id") is { } vpc:
                var subnets = Ids(fields, "subnet_ids").Select(s => new SubnetId(s));
                _acls[id] = new NetworkAcl(id, scope, vpc) { IsDefault = resource.Type == "aws_default_network_acl", Subnets = [.. subnets.Distinct().Order()], Tags = tags };
                foreach (var direction in (Direction[])[Direction.Ingress, Direction.Egress])
                {
                    foreach (var (_, values) in fields.Blocks(direction == Direction.Ingress ? "ingress" : "egress")) AddEntry(id, resource, direction, new TerraformFields(values), "rule_no", "action");
                }

                Note(fields, GapKind.NetworkAcls, id, resource);
                break;
            case "aws_internet_gateway" or "aws_egress_only_internet_gateway" or "aws_vpn_gateway":
                var kind = resource.Type switch
                {
                    "aws_internet_gateway" => GatewayKind.Internet,
                    "aws_vpn_gateway" => GatewayKind.Vpn,
                    _ => GatewayKind.EgressOnlyInternet,
                };
                into.Add(new Gateway(id, scope, kind) { Vpcs = [.. Attached(resource, id)], State = "available", Tags = tags });
                break;
            case "aws_nat_gateway":
                // One with a private address and no public one would pass for a private gateway.
                var subnet = index.IdOf(resource["subnet_id"]);
                into.Add(new Gateway(id, scope, GatewayKind.Nat)
                {
                    Subnet = subnet is null ? null : new SubnetId(subnet),
                    Vpcs = subnet is not null && index.SubnetById(subnet) is { } declared && Vpc(declared) is { } home ? [home] : [],
                    State = "available",
                    Addresses = fields.Text("connectivity_type") == "private" || AddressOf(fields, "public_ip").Length > 0 ? AddressOf(fields, "private_ip") : [],
                    PublicAddresses = AddressOf(fields, "public_ip"),
                    Tags = tags,
                });
                break;
            case "aws_vpc_endpoint" when Vpc(resource) is { } vpc:
                _endpoints[id] = new VpcEndpoint(id, scope, vpc)
                {
                    Kind = fields.Text("vpc_endpoint_type") ?? "Gateway",
                    Service = fields.Text("service_name") ?? string.Empty,
                    State = "available",
                    Groups = index.GroupsOf(fields, "security_group_ids"),
                    Interfaces = fields.Text("vpc_endpoint_type") is "Interface" ? [new NetworkInterfaceId(id)] : [],
                    RouteTables = [.. Ids(fields, "route_table_ids").Distinct().Order(StringComparer.Ordinal)],
                    Tags = tags,
                };
                Note(fields, GapKind.VpcEndpoints, id, resource);
                if (_endpoints[id] is { Kind: "Gateway", Service: var service } && service.StartsWith(OfAws, StringComparison.Ordinal))
                {
                    AddOfAws(index.IdOf(resource["prefix_list_id"]) ?? $"{index.SymbolOf(resource)}.prefix_list_id", service, scope);
                }

                break;
            case "aws_vpc_peering_connection" when index.IdOf(resource["vpc_id"]) is { } requester && index.IdOf(resource["peer_vpc_id"]) is { } accepter:
                _seen.Add(GapKind.Peerings);
                var far = new Scope(fields.Text("peer_owner_id") ?? scope.Account, fields.Text("peer_region") ?? scope.Region);
                into.Add(new Peering(new PeeringId(id), End(requester, scope), End(accepter, far)) { Status = fields.Text("accept_status") ?? "active", Tags = tags });
                break;
            case "data.aws_prefix_list" or "data.aws_ec2_managed_prefix_list":
                var named = fields.Text("name") ?? fields.Blocks("filter").Select(f => new TerraformFields(f.Values).Texts("values")).FirstOrDefault(v => v.Length == 1, []).FirstOrDefault();
                if (named is not null && named.StartsWith(OfAws, StringComparison.Ordinal)) AddOfAws(id, named, scope);
                break;
            case "aws_ec2_managed_prefix_list":
                AddList(resource, fields, new PrefixListId(id), scope, tags);
                break;
        }
    }

    // Nobody but AWS knows what such a list holds, but that it is AWS's own is known.
    private void AddOfAws(string id, string name, Scope scope) => into.Add(new PrefixList(new PrefixListId(id), scope) { Name = name, Owner = "AWS" });

    private void AddPart(TerraformResource resource)
    {
        var fields = new TerraformFields(resource.Values);
        switch (resource.Type)
        {
            case "aws_route":
                if (Owner(resource, "route_table_id", GapKind.RouteTables) is { } table) AddRoute(table, resource, fields, "destination_cidr_block", "destination_ipv6_cidr_block", resource.At);
                break;
            case "aws_route_table_association":
                if (Owner(resource, "route_table_id", GapKind.RouteTables) is { } associated && _tables.TryGetValue(associated, out var known))
                {
                    if (index.IdOf(resource["subnet_id"]) is { } subnet) Into(_tableSubnets, associated).Add(new SubnetId(subnet));
                    else if (index.IdOf(resource["gateway_id"]) is { } gateway) _tables[associated] = known with { Gateways = [.. known.Gateways.Append(gateway).Distinct().Order(StringComparer.Ordinal)] };
                }

                break;
            case "aws_main_route_table_association":
                if (Owner(resource, "route_table_id", GapKind.RouteTables) is { } main && _tables.TryGetValue(main, out var promoted))
                {
                    foreach (var other in _tables.Values.Where(t => t.Vpc == promoted.Vpc && t.IsMain).ToList()) _tables[other.Id] = other with { IsMain = false };
                    _tables[main] = promoted with { IsMain = true };
                }

                break;
            case "aws_network_acl_rule":
                if (Owner(resource, "network_acl_id", GapKind.NetworkAcls) is { } acl) AddEntry(acl, resource, fields.Bool("egress") ? Direction.Egress : Direction.Ingress, fields, "rule_number", "rule_action");
                break;
            case "aws_network_acl_association":
                if (Owner(resource, "network_acl_id", GapKind.NetworkAcls) is { } guard && _acls.TryGetValue(guard, out var list) && index.IdOf(resource["subnet_id"]) is { } guarded)
                {
                    _acls[guard] = list with { Subnets = [.. list.Subnets.Append(new SubnetId(guarded)).Distinct().Order()] };
                }

                break;
            case "aws_vpc_endpoint_route_table_association":
                if (Owner(resource, "vpc_endpoint_id", GapKind.VpcEndpoints) is { } endpoint && _endpoints.TryGetValue(endpoint, out var gate) && index.IdOf(resource["route_table_id"]) is { } routed)
                {
                    _endpoints[endpoint] = gate with { RouteTables = [.. gate.RouteTables.Append(routed).Distinct().Order(StringComparer.Ordinal)] };
                }

                break;
            case "aws_vpc_endpoint_security_group_association":
                if (Owner(resource, "vpc_endpoint_id", GapKind.VpcEndpoints) is { } door && _endpoints.TryGetValue(door, out var held) && resource["security_group_id"] is { } named && index.GroupOf(named) is { } group)
                {
                    _endpoints[door] = held with { Groups = [.. held.Groups.Append(group.Group).Distinct().Order()] };
                }

                break;
            case "aws_ec2_managed_prefix_list_entry":
                if (Owner(resource, "prefix_list_id", GapKind.PrefixLists) is { } entered) AddEntry(new PrefixListId(entered), resource, fields);
                break;
        }
    }

    private void AddRoute(string table, TerraformResource resource, TerraformFields fields, string v4, string v6, SourceSpan? at)
    {
        if (!_tables.ContainsKey(table)) return;
        var block = Blocks(resource, fields, v4, v6, at);
        var list = index.IdOf(fields["destination_prefix_list_id"]);
        string[] targets =
        [
            "gateway_id", "nat_gateway_id", "transit_gateway_id", "vpc_peering_connection_id", "vpc_endpoint_id", "egress_only_gateway_id", "network_interface_id", "instance_id",
            "local_gateway_id", "carrier_gateway_id", "core_network_arn",
        ];
        var named = targets.FirstOrDefault(fields.Has);
        if ((block.IsEmpty && list is null) || named is null || resource.Doubt is not null)
        {
            into.Add(new EstateGap(GapKind.RouteTables, table, $"A route of {resource.Named} is not wholly known{(fields.Unknown is { } why ? $": {why}" : string.Empty)}."));
            return;
        }

        var target = index.IdOf(fields[named]) ?? string.Empty;
        var route = new Route
        {
            Destination = block.IsEmpty ? null : block[0],
            DestinationPrefixList = block.IsEmpty ? new PrefixListId(list!) : null,
            Target = target,
            Interface = named is "network_interface_id" or "instance_id" && target.Length > 0 ? new NetworkInterfaceId(target) : null,
        };
        Into(_routes, table).Add(route);
    }

    private void AddEntry(string acl, TerraformResource resource, Direction direction, TerraformFields fields, string number, string action)
    {
        if (!_acls.ContainsKey(acl)) return;
        var order = fields.Number(number);
        var allows = fields.Text(action)?.ToUpperInvariant();
        var protocol = fields.Text("protocol");
        int? from = fields.Number("from_port"), to = fields.Number("to_port");
        if (protocol is "icmp" or "1" or "icmpv6" or "58") (from, to) = (fields.Number("icmp_type") ?? -1, fields.Number("icmp_code") ?? -1);
        var block = Blocks(resource, fields, "cidr_block", "ipv6_cidr_block");
        if (resource.Doubt is null && fields.Unknown is null && order is { } position && allows is "ALLOW" or "DENY" && !block.IsEmpty && protocol is not null && Protocol.TryParse(protocol, out var parsed)
            && Service.TryCreate(parsed, parsed.HasPorts || parsed.HasTypes ? from : null, parsed.HasPorts || parsed.HasTypes ? to : null, out var service, out _))
        {
            Into(_aclEntries, acl).Add(new NetworkAclEntry(direction, position, allows == "ALLOW", service, block[0]));
        }
        else
        {
            into.Add(new EstateGap(GapKind.NetworkAcls, acl, $"An entry of {resource.Named} is not wholly known{(fields.Unknown is { } why ? $": {why}" : string.Empty)}."));
        }
    }

    private void AddList(TerraformResource resource, TerraformFields fields, PrefixListId id, Scope scope, Tags tags)
    {
        _lists[id] = new PrefixList(id, scope)
        {
            Name = fields.Text("name") ?? TerraformReference.NameOf(resource.Address),
            Owner = fields.Text("owner_id") ?? scope.Account,
            Family = fields.Text("address_family") == "IPv6" ? IpFamily.V6 : IpFamily.V4,
            MaxEntries = fields.Number("max_entries"),
            Version = fields.Number("version"),
            Tags = tags,
        };
        var blocks = fields.Blocks("entry");
        if (fields["entry"] is HclUnknown || blocks.Length < fields.Items("entry").Length || resource.Doubt is not null) _partlyKnown.Add(id);
        foreach (var (_, values) in blocks) AddEntry(id, resource, new TerraformFields(values));
    }

    private void AddEntry(PrefixListId list, TerraformResource resource, TerraformFields fields)
    {
        var text = fields.Text("cidr");
        if (text is null || !Cidr.TryParse(text, out var cidr) || resource.Doubt is not null)
        {
            // A list of which one entry is missing must not pass for read.
            _partlyKnown.Add(list);
            if (text is not null && resource.Doubt is null && resource.At is { } at) said.Add(EstateDiagnostics.BadValue("cidr", text, resource.Address, at));
        }
        else
        {
            Into(_listEntries, list).Add(new PrefixListEntry(cidr, fields.Text("description") ?? string.Empty));
        }
    }

    private ImmutableArray<Cidr> VpcBlocks(TerraformResource resource, TerraformFields fields)
    {
        var id = index.IdOf(resource);
        var more = _furtherBlocks.Value[id]
            .SelectMany(r => Blocks(r, new TerraformFields(r.Values), "cidr_block", "ipv6_cidr_block"));
        return [.. Blocks(resource, fields, "cidr_block", "ipv6_cidr_block").Concat(more).Distinct().Order()];
    }

    private ImmutableArray<Cidr> Blocks(TerraformResource resource, TerraformFields fields, string v4, string v6, SourceSpan? at = null)
    {
        var blocks = ImmutableArray.CreateBuilder<Cidr>();
        foreach (var name in (string[])[v4, v6])
        {
            if (fields.Text(name) is not { Length: > 0 } text) continue;
            if (Cidr.TryParse(text, out var cidr)) blocks.Add(cidr);
            else if ((at ?? resource.At) is { } place) said.Add(EstateDiagnostics.BadValue(name, text, resource.Address, place));
        }

        return [.. blocks.Distinct().Order()];
    }

    private PeeringEnd End(string vpc, Scope scope) => new(new VpcId(vpc), scope)
    {
        Cidrs = _vpcs.Value.TryGetValue(vpc, out var declared) ? VpcBlocks(declared, new TerraformFields(declared.Values)) : [],
    };

    private IEnumerable<VpcId> Attached(TerraformResource resource, string id)
    {
        if (Vpc(resource) is { } own) return [own];
        return _attached.Value[id].Select(Vpc).OfType<VpcId>();
    }

    private VpcId? Vpc(TerraformResource resource) => index.IdOf(resource["vpc_id"]) is { } vpc ? new VpcId(vpc) : null;

    // What adopts a part of a VPC names the part and leaves the VPC to be found.
    private VpcId? VpcOfPart(TerraformResource resource, string part) =>
        Vpc(resource) ?? (index.ResourceOf(resource[part]) is { Type: "aws_vpc" or "aws_default_vpc" } vpc ? new VpcId(index.IdOf(vpc)) : null);

    private string? Owner(TerraformResource resource, string argument, GapKind kind)
    {
        if (index.IdOf(resource[argument]) is { } id) return id;
        into.Add(new EstateGap(kind, index.SymbolOf(resource), $"What {resource.Named} belongs to is not known."));
        return null;
    }

    private IEnumerable<string> Ids(TerraformFields fields, string name)
    {
        foreach (var item in fields.Items(name))
        {
            if (index.IdOf(item) is { } id) yield return id;
            else fields.NoteUnknown(name, item as HclUnknown ?? new HclUnknown("it is no id"));
        }
    }

    private static List<TItem> Of<TKey, TItem>(Dictionary<TKey, List<TItem>> lists, TKey key)
        where TKey : notnull => lists.GetValueOrDefault(key) ?? [];

    private static List<TItem> Into<TKey, TItem>(Dictionary<TKey, List<TItem>> lists, TKey key)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out var list)) lists.Add(key, list = []);
        return list;
    }

    private static ImmutableArray<Address> AddressOf(TerraformFields fields, string name) => Address.TryParse(fields.Text(name), out var address) ? [address] : [];

    private void Note(TerraformFields fields, GapKind kind, string id, TerraformResource resource)
    {
        if (fields.Unknown is { } why) into.Add(new EstateGap(kind, id, $"{resource.Named} is not wholly known: {why}."));
    }
}

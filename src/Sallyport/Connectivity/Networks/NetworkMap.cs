using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Networks;

/// <summary>An estate's network, indexed once: subnets with their tables and ACLs, gateways, peerings, attachments.</summary>
internal sealed class NetworkMap
{
    private readonly Dictionary<SubnetId, SubnetPlace> _places = [];
    private readonly Dictionary<VpcId, List<(Subnet Subnet, SubnetPlace Place)>> _subnets = [];
    private readonly Dictionary<string, Gateway> _gateways;
    private readonly Dictionary<string, VpcEndpoint> _endpoints;
    private readonly Dictionary<string, Peering> _peerings;
    private readonly Dictionary<string, TransitGatewayAttachment> _attachments;
    private readonly ILookup<(string, VpcId), TransitGatewayAttachment> _attachmentsOf;
    private readonly Dictionary<string, CompiledRoutes?> _transitRoutes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _transitTables = new(StringComparer.Ordinal);
    private readonly HashSet<string> _wholeTransits;
    private readonly Dictionary<string, CompiledRoutes> _edgeTables = new(StringComparer.Ordinal);
    private readonly Dictionary<Address, Gateway> _natOutside = [];
    private readonly Dictionary<(VpcId Vpc, Address Address), Gateway> _nats = [];
    private readonly Dictionary<NetworkInterfaceId, NetworkInterface> _interfaces;
    private readonly UnreadParts _unread;

    public NetworkMap(Estate estate)
    {
        Estate = estate;
        _unread = new UnreadParts(estate);
        _gateways = estate.Gateways.ToDictionary(g => g.Id, StringComparer.Ordinal);
        _endpoints = estate.VpcEndpoints.ToDictionary(e => e.Id, StringComparer.Ordinal);
        _peerings = estate.Peerings.ToDictionary(p => p.Id.Value, StringComparer.Ordinal);
        _attachments = estate.TransitGatewayAttachments.ToDictionary(a => a.Id, StringComparer.Ordinal);
        _attachmentsOf = estate.TransitGatewayAttachments.ToLookup(a => (a.TransitGateway, a.Vpc));
        _interfaces = estate.NetworkInterfaces.ToDictionary(n => n.Id);
        foreach (var gateway in estate.Gateways) Index(gateway);
        var tables = estate.RouteTables.ToDictionary(t => t.Id, Compile, StringComparer.Ordinal);
        foreach (var table in estate.RouteTables)
        {
            foreach (var gateway in table.Gateways) _edgeTables.TryAdd(gateway, tables[table.Id]);
        }

        AddSubnets(tables);
        _wholeTransits = [.. estate.TransitGatewayRouteTables.GroupBy(t => t.TransitGateway, StringComparer.Ordinal).Where(t => t.All(IsWhole)).Select(t => t.Key)];
        foreach (var table in estate.TransitGatewayRouteTables)
        {
            foreach (var attachment in table.Associations ?? []) _transitTables.TryAdd(attachment, table.Id);
            _transitRoutes[table.Id] = table.Routes is { } routes
                ? CompiledRoutes.Of(table.Id, routes, [], estate, r => r.IsBlackhole ? RouteKind.Blackhole : RouteKind.Transit, _unread.Has(GapKind.TransitGateways, table.Id))
                : null;
        }
    }

    /// <summary>What was read.</summary>
    public Estate Estate { get; }

    /// <summary>A gateway by id; null when it was not read.</summary>
    public Gateway? GatewayOf(string id) => _gateways.GetValueOrDefault(id);

    /// <summary>An endpoint by id; null when it was not read.</summary>
    public VpcEndpoint? EndpointOf(string id) => _endpoints.GetValueOrDefault(id);

    /// <summary>A peering by id; null when it was not read.</summary>
    public Peering? PeeringOf(string id) => _peerings.GetValueOrDefault(id);

    /// <summary>An attachment by id; null when it was not read, or leads to no VPC.</summary>
    public TransitGatewayAttachment? AttachmentOf(string id) => _attachments.GetValueOrDefault(id);

    /// <summary>A VPC's attachment to a transit gateway; null when it was not read.</summary>
    public TransitGatewayAttachment? AttachmentOf(string transitGateway, VpcId vpc) => _attachmentsOf[(transitGateway, vpc)].FirstOrDefault();

    /// <summary>The table of a transit gateway that routes an attachment's packets; null when it was not read or there is none.</summary>
    public string? TransitTableOf(string attachment) => _transitTables.GetValueOrDefault(attachment);

    /// <summary>True when every table of the transit gateway was read with its associations, so that a missing one is known to be missing.</summary>
    public bool KnowsTablesOf(string transitGateway, Scope scope) =>
        _wholeTransits.Contains(transitGateway) && !_unread.Has(GapKind.TransitGateways, scope) && !_unread.Has(GapKind.TransitGateways, transitGateway);

    /// <summary>Routes of a transit gateway's table; null when they were not read.</summary>
    public CompiledRoutes? TransitRoutesOf(string table) => _transitRoutes.GetValueOrDefault(table);

    /// <summary>The table that routes what comes in through a gateway; null when there is none.</summary>
    public CompiledRoutes? EdgeTableOf(string gateway) => _edgeTables.GetValueOrDefault(gateway);

    /// <summary>A subnet; null when nothing is known of it.</summary>
    public SubnetPlace? PlaceOf(SubnetId? subnet) => subnet is { } id ? _places.GetValueOrDefault(id) : null;

    /// <summary>Every subnet of a VPC that was read.</summary>
    public IEnumerable<SubnetPlace> PlacesOf(VpcId vpc) => _subnets.TryGetValue(vpc, out var list) ? list.Select(s => s.Place) : [];

    /// <summary>The subnet of an interface: as read, else the one of its VPC whose block holds the address.</summary>
    public SubnetPlace? PlaceOf(NetworkInterface nic, Address address)
    {
        if (nic.Subnet is { } subnet) return _places.GetValueOrDefault(subnet);
        if (nic.Vpc is not { } vpc || !_subnets.TryGetValue(vpc, out var list)) return null;
        foreach (var (candidate, place) in list)
        {
            foreach (var block in candidate.Cidrs)
            {
                if (block.Contains(address)) return place;
            }
        }

        return null;
    }

    /// <summary>An interface by id; null when it was not read.</summary>
    public NetworkInterface? InterfaceOf(NetworkInterfaceId id) => _interfaces.GetValueOrDefault(id);

    /// <summary>True when a VPC may have interfaces nobody read.</summary>
    public bool MayHideInterfaces(VpcId vpc)
    {
        if (Estate.Index.Vpcs.TryGetValue(vpc, out var known)) return _unread.Has(GapKind.NetworkInterfaces, known.Scope);
        return !_subnets.TryGetValue(vpc, out var list) || _unread.Has(GapKind.NetworkInterfaces, list[0].Subnet.Scope);
    }

    /// <summary>The NAT gateway at an address: inside a VPC, or public; null when there is none.</summary>
    public Gateway? NatAt(Address address, VpcId? vpc)
    {
        if (vpc is { } inside && _nats.TryGetValue((inside, address), out var own)) return own;
        return _natOutside.GetValueOrDefault(address);
    }

    /// <summary>Addresses of NAT gateways as seen from a VPC: its own ones' private addresses, and all public ones.</summary>
    public IEnumerable<Address> NatAddresses(VpcId? vpc) => _nats.Keys.Where(n => n.Vpc == vpc).Select(n => n.Address).Concat(_natOutside.Keys);

    /// <summary>What a route's target is.</summary>
    public RouteKind KindOf(Route route)
    {
        if (route.IsBlackhole) return RouteKind.Blackhole;
        var target = route.Target;
        if (target == "local") return RouteKind.Local;
        if (route.Interface is not null) return RouteKind.Middlebox;
        var dash = target.IndexOf('-', StringComparison.Ordinal);
        return (dash < 0 ? target : target[..dash]) switch
        {
            "igw" => RouteKind.Internet,
            "eigw" => RouteKind.EgressOnlyInternet,
            "nat" => RouteKind.Nat,
            "pcx" => RouteKind.Peering,
            "tgw" => RouteKind.Transit,
            "vpce" => IsService(route) ? RouteKind.Service : RouteKind.Middlebox,
            "eni" or "i" => RouteKind.Middlebox,
            _ => RouteKind.Beyond,
        };
    }

    // Only gateway endpoints are routed to by an AWS list; an endpoint that was not read is told by that.
    private bool IsService(Route route) => _endpoints.TryGetValue(route.Target, out var endpoint) && endpoint.Kind.Length > 0
        ? endpoint.Kind == "Gateway"
        : route.DestinationPrefixList is not null;

    private void Index(Gateway gateway)
    {
        if (gateway.Kind != GatewayKind.Nat) return;
        foreach (var vpc in gateway.Vpcs)
        {
            foreach (var address in gateway.Addresses) _nats.TryAdd((vpc, address), gateway);
        }

        foreach (var address in gateway.PublicAddresses) _natOutside.TryAdd(address, gateway);
    }

    private CompiledRoutes Compile(RouteTable table)
    {
        ImmutableArray<Cidr> blocks = Estate.Index.Vpcs.TryGetValue(table.Vpc, out var vpc) ? vpc.Cidrs : [];
        return CompiledRoutes.Of(table.Id, table.Routes, blocks, Estate, KindOf, _unread.Has(GapKind.RouteTables, table.Id));
    }

    private void AddSubnets(Dictionary<string, CompiledRoutes> tables)
    {
        var tableOf = new Dictionary<SubnetId, CompiledRoutes>();
        var main = new Dictionary<VpcId, CompiledRoutes>();
        foreach (var table in Estate.RouteTables)
        {
            foreach (var subnet in table.Subnets) tableOf.TryAdd(subnet, tables[table.Id]);
            if (table.IsMain) main.TryAdd(table.Vpc, tables[table.Id]);
        }

        var aclOf = new Dictionary<SubnetId, CompiledAcl?>();
        var defaults = new Dictionary<VpcId, CompiledAcl?>();
        foreach (var acl in Estate.NetworkAcls)
        {
            var compiled = _unread.Has(GapKind.NetworkAcls, acl.Id) ? null : new CompiledAcl(acl);
            foreach (var subnet in acl.Subnets) aclOf.TryAdd(subnet, compiled);
            if (acl.IsDefault) defaults.TryAdd(acl.Vpc, compiled);
        }

        foreach (var subnet in Estate.Subnets.Concat(SeenSubnets()))
        {
            if (_places.ContainsKey(subnet.Id)) continue;

            // A thing's absence says something only where its kind was wholly read: the missing association may be in what was not.
            var routes = tableOf.GetValueOrDefault(subnet.Id) ?? (_unread.Has(GapKind.RouteTables, subnet.Scope) ? null : main.GetValueOrDefault(subnet.Vpc));
            if (!aclOf.TryGetValue(subnet.Id, out var acl) && !_unread.Has(GapKind.NetworkAcls, subnet.Scope)) acl = defaults.GetValueOrDefault(subnet.Vpc);
            var place = new SubnetPlace(subnet, routes, acl);
            _places.Add(subnet.Id, place);
            if (!_subnets.TryGetValue(subnet.Vpc, out var list)) _subnets[subnet.Vpc] = list = [];
            list.Add((subnet, place));
        }
    }

    // Subnets that nothing lists but that something lies in.
    private IEnumerable<Subnet> SeenSubnets()
    {
        foreach (var nic in Estate.NetworkInterfaces)
        {
            if (nic is { Subnet: { } subnet, Vpc: { } vpc }) yield return new Subnet(subnet, nic.Scope, vpc);
        }

        foreach (var nat in Estate.Gateways)
        {
            if (nat.Subnet is { } subnet && nat.Vpcs is [var vpc, ..]) yield return new Subnet(subnet, nat.Scope, vpc);
        }

        foreach (var attachment in Estate.TransitGatewayAttachments)
        {
            foreach (var subnet in attachment.Subnets) yield return new Subnet(subnet, attachment.Scope, attachment.Vpc);
        }
    }

    private bool IsWhole(TransitGatewayRouteTable table) => table.Associations is not null && !_unread.Has(GapKind.TransitGateways, table.Id);
}

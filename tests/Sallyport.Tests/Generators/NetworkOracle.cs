using Sallyport.Connectivity;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Tests.Generators;

/// <summary>
/// The dumb evaluator of networks: one packet at a time, routes and ACL entries one by one, every answer packet spelled out. What
/// a prefix list nobody read may hold, and which of several subnets a transit gateway uses, is tried in every way there is; where
/// the ways differ, the answer is not known.
/// </summary>
internal sealed class NetworkOracle
{
    private const int EphemeralFirst = 1024;
    private const int EphemeralLast = 65_535;

    private readonly Estate _estate;
    private readonly bool _listHoldsAll;
    private readonly int _way;

    private NetworkOracle(Estate estate, bool listHoldsAll, int way)
    {
        _estate = estate;
        _listHoldsAll = listHoldsAll;
        _way = way;
    }

    /// <summary>The answers of both layers; the ACLs' answer is null where the routes do not carry the packet for certain.</summary>
    public static OracleJudgement Judge(Estate estate, Endpoint from, Endpoint to, int protocol, int a, int b)
    {
        var all = new List<OracleJudgement>();
        foreach (var listHoldsAll in new[] { false, true })
        {
            for (var way = 0; way < 6; way++) all.Add(new NetworkOracle(estate, listHoldsAll, way).JudgeOnce(from, to, protocol, a, b));
        }

        var first = all[0];
        var route = all.TrueForAll(j => j.Route == first.Route) ? first.Route : OracleAnswer.Unknown;
        if (route != OracleAnswer.Yes) return new OracleJudgement(null, route, null, ReferencesApply: true);
        var nacl = all.TrueForAll(j => j.Nacl == first.Nacl) ? first.Nacl : OracleAnswer.Unknown;
        var seen = all.TrueForAll(j => j.SeenAs == first.SeenAs) ? first.SeenAs : null;
        return new OracleJudgement(nacl, route, seen, first.ReferencesApply);
    }

    private OracleJudgement JudgeOnce(Endpoint from, Endpoint to, int protocol, int a, int b)
    {
        if (from.Interface is not null && to.Interface is null && IsUnfiltered(from, to.Address, protocol, a)) return new(OracleAnswer.Yes, OracleAnswer.Yes, null, true);
        if (from.Address.Family != to.Address.Family) return No();
        if (from.Interface is not null && to.Interface is not null && from.Interface.Id == to.Interface.Id) return new(OracleAnswer.Yes, OracleAnswer.Yes, null, true);
        if (IsNatAddress(from, to)) return No();
        if (from.Interface is null && to.Interface is null) return Unknown();
        if (from.Interface is { InterfaceType: "natGateway" } && protocol is not (6 or 17 or 1)) return No();
        return from.Interface is not null ? Outwards(from, to, protocol, a, b) : Inwards(from, to, protocol, a, b);
    }

    private OracleJudgement Outwards(Endpoint from, Endpoint to, int protocol, int a, int b)
    {
        var there = Travel(SubnetOf(from), from.Address, from.Interface, null, to.Address, to.Interface, null, opens: true);
        if (there.Fate == Fate.Stopped) return No();
        if (there.Nats.Count > 0 && protocol is not (6 or 17 or 1)) return No();
        if (there.Fate == Fate.Unknown) return IsClosedBehindNat(there, from, to) ? No() : Unknown();
        var borders = there.Borders.Select(x => (x, IsAnswer: false, IsToNat: false)).ToList();
        var isUnknown = false;
        var lastNat = there.Nats.Count > 0 ? there.Nats[^1] : null;
        var exit = lastNat?.Subnet ?? SubnetOf(from);

        if (there.Fate == Fate.Internet && to.Interface is not null)
        {
            var back = Travel(SubnetOf(to), to.Address, to.Interface, null, from.Address, from.Interface, null, opens: false);
            if (back.Fate is Fate.Stopped or Fate.Arrived) return No();
            if (back.Fate == Fate.Unknown) return Unknown();
            borders.Add((new Border(SubnetOf(to), Direction.Ingress, from.Address), false, false));
            borders.AddRange(back.Borders.Select(x => (x, true, false)));
            borders.Add((new Border(SubnetOf(from), Direction.Ingress, to.Address), true, false));
            if (!EdgeLetsPass(back.Exit!, to.Address, to.Interface, ref isUnknown) || !EdgeLetsPass(there.Exit!, from.Address, from.Interface, ref isUnknown)) return No();
        }
        else
        {
            // The answer: to whoever sent last, then from NAT gateway to NAT gateway until the source.
            var answering = SubnetOf(to);
            if (there.Fate is Fate.Internet or Fate.Service)
            {
                if (there.Fate == Fate.Internet && !EdgeLetsPass(there.Exit!, lastNat?.Addresses[0] ?? from.Address, lastNat is null ? from.Interface : null, ref isUnknown)) return No();
                borders.Add((new Border(exit, Direction.Ingress, to.Address), true, lastNat is not null));
                answering = exit;
            }

            for (var i = there.Nats.Count; i >= 0; i--)
            {
                var nat = i > 0 ? there.Nats[i - 1] : null;
                if (i == there.Nats.Count && there.Fate != Fate.Arrived) continue;
                var back = Travel(answering, to.Address, to.Interface, i < there.Nats.Count ? there.Nats[i] : null, nat?.Addresses[0] ?? from.Address, nat is null ? from.Interface : null, nat, opens: false);
                if (back.Fate is Fate.Stopped or Fate.Internet or Fate.Service) return No();
                isUnknown |= back.Fate == Fate.Unknown;
                borders.AddRange(back.Borders.Select(x => (x, true, nat is not null)));
                answering = nat?.Subnet;
            }
        }

        if (isUnknown) return Unknown();
        var seen = there.Nats.Count > 0 && there.Fate is Fate.Arrived or Fate.Service ? lastNat?.Addresses[0] : there.Fate == Fate.Internet ? SeenOutside(from, lastNat) : null;
        var references = there.Nats.Count == 0 && !(there.Fate == Fate.Internet && to.Interface is not null);
        return new(Acls(borders, protocol, a, b), OracleAnswer.Yes, seen == from.Address ? null : seen, references);
    }

    /// <summary>Wherever the packet went behind a NAT gateway: from there to the source the answer's way is the known one.</summary>
    private bool IsClosedBehindNat(Trip there, Endpoint from, Endpoint to)
    {
        for (var i = there.Nats.Count; i > 0; i--)
        {
            var nat = i > 1 ? there.Nats[i - 2] : null;
            var back = Travel(there.Nats[i - 1].Subnet, to.Address, to.Interface, there.Nats[i - 1], nat?.Addresses[0] ?? from.Address, nat is null ? from.Interface : null, nat, opens: false);
            if (back.Fate is Fate.Stopped or Fate.Internet or Fate.Service) return true;
        }

        return false;
    }

    private OracleJudgement Inwards(Endpoint from, Endpoint to, int protocol, int a, int b)
    {
        var back = Travel(SubnetOf(to), to.Address, to.Interface, null, from.Address, null, null, opens: false, outsideVpc: from.Vpc);
        if (back.Fate == Fate.Unknown) return Unknown();
        if (back.Fate != Fate.Internet) return No();
        var isUnknown = false;
        if (!EdgeLetsPass(back.Exit!, to.Address, to.Interface, ref isUnknown)) return No();
        if (isUnknown) return Unknown();
        var borders = new List<(Border, bool, bool)> { (new Border(SubnetOf(to), Direction.Ingress, from.Address), false, false) };
        borders.AddRange(back.Borders.Select(x => (x, true, false)));
        return new(Acls(borders, protocol, a, b), OracleAnswer.Yes, null, true);
    }

    /// <summary>One packet from a subnet to an address, table by table.</summary>
    private Trip Travel(SubnetId? start, Address source, NetworkInterface? sender, Gateway? senderNat, Address target, NetworkInterface? holder, Gateway? holderNat, bool opens, VpcId? outsideVpc = null)
    {
        var trip = new Trip();
        if (start is null) return trip.End(Fate.Unknown);
        var here = start.Value;
        var zone = ZoneOf(here);
        var targetSubnet = holder is not null ? SubnetOf(Endpoint.Of(holder, target)) : holderNat?.Subnet;
        var targetVpc = holder?.Vpc ?? holderNat?.Vpcs[0];
        var isHeld = holder is not null || holderNat is not null;
        for (var hop = 0; hop < 8; hop++)
        {
            if (isHeld && targetSubnet == here) return trip.End(Fate.Arrived);
            if (RouteFrom(here, target, isHeld, opens) is not { } route) return trip.End(Fate.Unknown);
            if (route.Target == "none" || route.IsBlackhole) return trip.End(Fate.Stopped);
            var vpc = VpcOf(here);
            var kind = route.Interface is not null ? "eni" : route.Target.Split('-')[0];
            if (kind is "vpce" && EndpointKind(route) == "Gateway")
            {
                if (isHeld || !opens || EndpointState(route.Target) is not ("available" or "")) return trip.End(Fate.Stopped);
                trip.Out(here, target);
                return trip.End(Fate.Service);
            }

            if (kind is "eni" or "i" && holder is not null && (route.Interface == holder.Id || route.Target == holder.Id.Value)) kind = "local";
            switch (kind)
            {
                case "local":
                    return Arrive(vpc);
                case "igw" or "eigw":
                    return Leave(route.Target, kind, vpc);
                case "nat":
                    if (!opens) return trip.End(Fate.Stopped);
                    if (NatOf(route.Target) is not { } nat) return trip.End(Fate.Unknown);
                    if (nat.State is not ("available" or "")) return trip.End(Fate.Stopped);
                    if (target.Family == IpFamily.V6) return trip.End(InBlock(Cidr.Parse("64:ff9b::/96"), target) ? Fate.Unknown : Fate.Stopped);
                    trip.Between(here, nat.Subnet!.Value, target, source);
                    (here, source, sender, senderNat) = (nat.Subnet.Value, nat.Addresses[0], null, nat);
                    trip.Nats.Add(nat);
                    zone = ZoneOf(here);
                    continue;
                case "pcx":
                    if (_estate.Peerings.FirstOrDefault(p => p.Id.Value == route.Target) is not { } peering) return trip.End(Fate.Unknown);
                    if (peering.Status != "active" || (peering.Requester.Vpc != vpc && peering.Accepter.Vpc != vpc)) return trip.End(Fate.Stopped);
                    var far = peering.Requester.Vpc == vpc ? peering.Accepter.Vpc : peering.Requester.Vpc;
                    if (isHeld && targetVpc != far) return trip.End(Fate.Stopped);
                    if (!isHeld && _estate.Vpcs.FirstOrDefault(v => v.Id == far) is not { } farVpc) return trip.End(Fate.Unknown);
                    else if (!isHeld && !_estate.Vpcs.First(v => v.Id == far).Cidrs.Any(c => InBlock(c, target))) return trip.End(Fate.Stopped);
                    return Arrive(far);
                case "tgw":
                    if (Transit(route.Target, vpc) is { } next)
                    {
                        here = next;
                        continue;
                    }

                    return trip;
                default:
                    return trip.End(Fate.Unknown);
            }
        }

        return trip.End(Fate.Stopped);

        Trip Arrive(VpcId vpc)
        {
            if (isHeld && targetVpc == vpc)
            {
                if (targetSubnet is null) return trip.End(Fate.Unknown);
                if (targetSubnet != here) trip.Between(here, targetSubnet.Value, target, source);
                return trip.End(Fate.Arrived);
            }

            return trip.End(!isHeld && (outsideVpc is null || outsideVpc == vpc) && IsUnread(GapKind.NetworkInterfaces, _estate.Vpcs.First(v => v.Id == vpc).Scope) ? Fate.Unknown : Fate.Stopped);
        }

        Trip Leave(string id, string kind, VpcId vpc)
        {
            if (_estate.Gateways.FirstOrDefault(g => g.Id == id) is { } gateway && !gateway.Vpcs.Contains(vpc)) return trip.End(Fate.Stopped);
            if (kind == "eigw" && (target.Family == IpFamily.V4 || !opens)) return trip.End(Fate.Stopped);
            var isPublic = source.Family == IpFamily.V6 ? IsInternet(source)
                : senderNat is not null ? senderNat.PublicAddresses.Length > 0
                : sender is not null && sender.PublicAddresses.Any(p => p.Key == source);
            if (!isPublic || !IsInternet(target) || outsideVpc is not null || (isHeld && target.Family == IpFamily.V4)) return trip.End(Fate.Stopped);
            trip.Out(here, target);
            trip.Exit = id;
            return trip.End(Fate.Internet);
        }

        SubnetId? Transit(string id, VpcId vpc)
        {
            trip.End(Fate.Unknown);
            if (_estate.TransitGatewayAttachments.FirstOrDefault(x => x.TransitGateway == id && x.Vpc == vpc) is not { } own) return null;
            if (own.State is not ("available" or ""))
            {
                trip.End(Fate.Stopped);
                return null;
            }

            var entrances = own.Subnets.Length > 0 ? own.Subnets.ToList() : [.. _estate.Subnets.Where(s => s.Vpc == vpc).Select(s => s.Id)];
            if (own.Subnets.Length > 0 && zone.Length > 0 && entrances.TrueForAll(e => ZoneOf(e).Length > 0))
            {
                entrances = entrances.FindAll(e => ZoneOf(e) == zone);
                if (entrances.Count == 0)
                {
                    trip.End(Fate.Stopped);
                    return null;
                }
            }

            var table = _estate.TransitGatewayRouteTables.FirstOrDefault(t => t.Associations is { } x && x.Contains(own.Id));
            if (table is null)
            {
                var tables = _estate.TransitGatewayRouteTables.Where(t => t.TransitGateway == id).ToList();
                var isKnown = tables.Count > 0 && tables.TrueForAll(t => t.Associations is not null) && !IsUnread(GapKind.TransitGateways, own.Scope);
                trip.End(isKnown ? Fate.Stopped : Fate.Unknown);
                return null;
            }

            if (table.Routes is not { } routes) return null;
            Route? best = null;
            foreach (var route in routes)
            {
                if (InBlock(route.Destination!.Value, target) && (best is null || route.Destination.Value.PrefixLength > best.Destination!.Value.PrefixLength)) best = route;
            }

            if (best is null || best.IsBlackhole)
            {
                trip.End(Fate.Stopped);
                return null;
            }

            if (_estate.TransitGatewayAttachments.FirstOrDefault(x => x.Id == best.Target) is not { } farEnd) return null;
            if (farEnd.State is not ("available" or ""))
            {
                trip.End(Fate.Stopped);
                return null;
            }

            var entrance = entrances[_way % entrances.Count];
            if (entrance != here) trip.Between(here, entrance, target, source);
            var exits = farEnd.Subnets.Length > 0 ? farEnd.Subnets.ToList() : [.. _estate.Subnets.Where(s => s.Vpc == farEnd.Vpc).Select(s => s.Id)];
            if (exits.Exists(e => zone.Length > 0 && ZoneOf(e) == zone)) exits = exits.FindAll(e => ZoneOf(e) == zone);
            zone = ZoneOf(exits[_way % exits.Count]);
            return exits[_way % exits.Count];
        }
    }

    /// <summary>The route a subnet's table chooses; "none" when there is none; null when that is not known.</summary>
    private Route? RouteFrom(SubnetId subnet, Address target, bool isHeld, bool opens)
    {
        var found = _estate.RouteTables.FirstOrDefault(t => t.Subnets.Contains(subnet));
        var vpc = VpcOf(subnet);
        if (found is null && !IsUnread(GapKind.RouteTables, ScopeOf(subnet))) found = _estate.RouteTables.FirstOrDefault(t => t.IsMain && t.Vpc == vpc);
        if (found is null || _estate.Gaps.Any(g => g.What == GapKind.RouteTables && g.Where == found.Id)) return null;
        return Best(found, target, isHeld, opens);
    }

    private Route? Best(RouteTable table, Address target, bool isHeld, bool opens)
    {
        var own = _estate.Vpcs.First(v => v.Id == table.Vpc).Cidrs;
        var candidates = new List<(Cidr Block, int Rank, Route Route)>();
        foreach (var block in own)
        {
            if (!table.Routes.Any(r => r.Destination == block)) candidates.Add((block, 0, new Route { Destination = block, Target = "local" }));
        }

        foreach (var route in table.Routes)
        {
            if (route.Destination is { } block)
            {
                var isVpn = route.Target.StartsWith("vgw-", StringComparison.Ordinal);
                if (isVpn && candidates.Exists(c => c.Route.Target == "local" && c.Block.Contains(block))) continue;
                candidates.Add((block, isVpn ? 2 : 0, route));
            }
            else if (_estate.PrefixLists.FirstOrDefault(l => l.Id == route.DestinationPrefixList)?.Entries is { } entries)
            {
                foreach (var entry in entries) candidates.Add((entry.Cidr, 1, route));
            }
        }

        var best = new Route { Target = "none" };
        var (length, rank) = (-1, 9);
        foreach (var (block, order, route) in candidates)
        {
            if (!InBlock(block, target) || block.PrefixLength < length || (block.PrefixLength == length && order >= rank)) continue;
            (best, length, rank) = (route, block.PrefixLength, order);
        }

        foreach (var route in table.Routes)
        {
            if (route.DestinationPrefixList is not { } list) continue;
            var known = _estate.PrefixLists.FirstOrDefault(l => l.Id == list);
            if (known?.Entries is not null || route.Target == best.Target || length == Cidr.Width(target.Family)) continue;
            if (known is not null && known.Family != target.Family) continue;
            var isService = EndpointKind(route) == "Gateway";
            if ((isService || known?.IsAwsManaged == true) && !IsInternet(target)) continue;
            if (!isService) return null;
            if (opens && !isHeld && _listHoldsAll && EndpointKind(best) != "Gateway") best = route;
        }

        return best;
    }

    private bool EdgeLetsPass(string gateway, Address target, NetworkInterface? holder, ref bool isUnknown)
    {
        if (_estate.RouteTables.FirstOrDefault(t => t.Gateways.Contains(gateway)) is not { } table) return true;
        var route = Best(table, target, isHeld: true, opens: false);
        if (route is null)
        {
            isUnknown = true;
            return true;
        }

        if (route.IsBlackhole) return false;
        if (route.Target is "local" or "none" || (holder is not null && route.Interface == holder.Id)) return true;
        isUnknown = true;
        return true;
    }

    private OracleAnswer Acls(List<(Border Border, bool IsAnswer, bool IsToNat)> borders, int protocol, int a, int b)
    {
        var result = OracleAnswer.Yes;
        foreach (var (border, _, _) in borders.Where(x => !x.IsAnswer)) result = Worse(result, Passes(border, protocol, a, b));
        var answers = borders.FindAll(x => x.IsAnswer);
        var toNat = Answered([.. answers.Where(x => x.IsToNat).Select(x => x.Border)], protocol, a);
        var toClient = Answered([.. answers.Where(x => !x.IsToNat).Select(x => x.Border)], protocol, a);
        return Worse(result, Worse(toNat, toClient));
    }

    private OracleAnswer Answered(List<Border> borders, int protocol, int a)
    {
        if (protocol is 1 && a == 8) return borders.Aggregate(OracleAnswer.Yes, (r, x) => Worse(r, Passes(x, 1, 0, 0)));
        if (protocol is 58 && a == 128) return borders.Aggregate(OracleAnswer.Yes, (r, x) => Worse(r, Passes(x, 58, 129, 0)));
        if (protocol is 1 or 58) return OracleAnswer.Yes;
        if (protocol is not (6 or 17)) return borders.Aggregate(OracleAnswer.Yes, (r, x) => Worse(r, Passes(x, protocol, 0, 0)));

        // Between two neighbouring edges of the entries every port fares alike: the edges stand for all.
        var ports = new HashSet<int> { EphemeralFirst, EphemeralLast };
        foreach (var acl in _estate.NetworkAcls)
        {
            foreach (var entry in acl.Entries.Where(e => e.Service.Protocol.Number == protocol))
            {
                ports.UnionWith([entry.Service.From, entry.Service.From - 1, entry.Service.To, entry.Service.To + 1]);
            }
        }

        var (yes, no, unknown) = (0, 0, 0);
        foreach (var port in ports.Where(p => p is >= EphemeralFirst and <= EphemeralLast))
        {
            switch (borders.Aggregate(OracleAnswer.Yes, (r, x) => Worse(r, Passes(x, protocol, port, 0))))
            {
                case OracleAnswer.Yes: yes++; break;
                case OracleAnswer.No: no++; break;
                default: unknown++; break;
            }
        }

        if (unknown > 0) return yes > 0 && no > 0 ? OracleAnswer.Partly : OracleAnswer.Unknown;
        return no == 0 ? OracleAnswer.Yes : yes == 0 ? OracleAnswer.No : OracleAnswer.Partly;
    }

    private OracleAnswer Passes(Border border, int protocol, int a, int b)
    {
        if (border.Subnet is not { } subnet) return OracleAnswer.Unknown;
        var acl = _estate.NetworkAcls.FirstOrDefault(x => x.Subnets.Contains(subnet));
        if (acl is null && !IsUnread(GapKind.NetworkAcls, ScopeOf(subnet))) acl = _estate.NetworkAcls.FirstOrDefault(x => x.IsDefault && x.Vpc == VpcOf(subnet));
        if (acl is null || _estate.Gaps.Any(g => g.What == GapKind.NetworkAcls && g.Where == acl.Id)) return OracleAnswer.Unknown;
        NetworkAclEntry? first = null;
        foreach (var entry in acl.Entries)
        {
            if (entry.Direction != border.Direction || !InBlock(entry.Cidr, border.Far) || !RuleOracle.MatchesService(entry.Service, protocol, a, b)) continue;
            if (first is null || entry.Number < first.Number) first = entry;
        }

        return first is { Allows: true } ? OracleAnswer.Yes : OracleAnswer.No;
    }

    private static OracleAnswer Worse(OracleAnswer x, OracleAnswer y) => (x, y) switch
    {
        (OracleAnswer.No, _) or (_, OracleAnswer.No) => OracleAnswer.No,
        (OracleAnswer.Unknown, _) or (_, OracleAnswer.Unknown) => OracleAnswer.Unknown,
        (OracleAnswer.Partly, _) or (_, OracleAnswer.Partly) => OracleAnswer.Partly,
        _ => OracleAnswer.Yes,
    };

    private bool IsUnfiltered(Endpoint from, Address to, int protocol, int port)
    {
        var text = to.ToString();
        var isResolver = from.Interface!.Vpc is { } vpc
            && _estate.Vpcs.First(v => v.Id == vpc).Cidrs.Any(c => c.Family == IpFamily.V4 && to == new Address(IpFamily.V4, c.Bits + 2));
        if (isResolver || text is "169.254.169.253" or "fd00:ec2::253") return protocol is 6 or 17 && port == 53;
        if (text is "169.254.169.254" or "fd00:ec2::254") return protocol == 6 && port == 80;
        if (text is "169.254.169.123" or "fd00:ec2::123") return protocol == 17 && port == 123;
        return text == "255.255.255.255" && protocol == 17 && port is 67 or 68;
    }

    private bool IsNatAddress(Endpoint from, Endpoint to)
    {
        if (to.Interface is { } nic) return nic.InterfaceType == "natGateway";
        return _estate.Gateways.Any(g => g.Kind == GatewayKind.Nat
            && (g.PublicAddresses.Contains(to.Address) || (g.Addresses.Contains(to.Address) && (to.Vpc ?? from.Interface?.Vpc) is { } vpc && g.Vpcs.Contains(vpc))));
    }

    private static Address? SeenOutside(Endpoint from, Gateway? nat)
    {
        if (from.Address.Family == IpFamily.V6) return null;
        if (nat is not null) return nat.PublicAddresses[0];
        foreach (var (inside, outside) in from.Interface!.PublicAddresses)
        {
            if (inside == from.Address) return outside;
        }

        return null;
    }

    private Gateway? NatOf(string id) => _estate.Gateways.FirstOrDefault(g => g.Id == id && g.Subnet is not null && g.Addresses.Length > 0);

    private string EndpointKind(Route route)
    {
        if (!route.Target.StartsWith("vpce-", StringComparison.Ordinal)) return string.Empty;
        var known = _estate.VpcEndpoints.FirstOrDefault(e => e.Id == route.Target);
        return known is { Kind.Length: > 0 } ? known.Kind : route.DestinationPrefixList is null ? "GatewayLoadBalancer" : "Gateway";
    }

    private string EndpointState(string id) => _estate.VpcEndpoints.FirstOrDefault(e => e.Id == id)?.State ?? string.Empty;

    private SubnetId? SubnetOf(Endpoint end)
    {
        if (end.Interface is not { } nic) return null;
        return nic.Subnet ?? _estate.Subnets.FirstOrDefault(s => s.Vpc == nic.Vpc && s.Cidrs.Any(c => InBlock(c, end.Address)))?.Id;
    }

    private VpcId VpcOf(SubnetId subnet) => _estate.Subnets.First(s => s.Id == subnet).Vpc;

    private Scope ScopeOf(SubnetId subnet) => _estate.Subnets.First(s => s.Id == subnet).Scope;

    private string ZoneOf(SubnetId subnet) => _estate.Subnets.First(s => s.Id == subnet).AvailabilityZone;

    private bool IsUnread(GapKind what, Scope scope) => _estate.Gaps.Any(g => g.What == what && (g.Where.Length == 0 || g.Where == scope.ToString()));

    private static bool IsInternet(Address address)
    {
        if (PublicSpace.Of(address.Family).Contains(address)) return true;
        string[] documentation = ["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "3fff::/20"];
        return documentation.Any(d => InBlock(Cidr.Parse(d), address));
    }

    private static bool InBlock(Cidr cidr, Address address)
    {
        if (cidr.Family != address.Family) return false;
        var width = cidr.Family == IpFamily.V4 ? 32 : 128;
        for (var bit = 0; bit < cidr.PrefixLength; bit++)
        {
            var shift = width - 1 - bit;
            if (((cidr.Bits >> shift) & 1) != ((address.Bits >> shift) & 1)) return false;
        }

        return true;
    }

    private static OracleJudgement No() => new(null, OracleAnswer.No, null, true);

    private static OracleJudgement Unknown() => new(null, OracleAnswer.Unknown, null, true);

    private enum Fate
    {
        Unknown,
        Arrived,
        Internet,
        Service,
        Stopped,
    }

    private readonly record struct Border(SubnetId? Subnet, Direction Direction, Address Far);

    private sealed class Trip
    {
        public Fate Fate { get; private set; }

        public List<Border> Borders { get; } = [];

        public List<Gateway> Nats { get; } = [];

        public string? Exit { get; set; }

        public void Out(SubnetId subnet, Address far) => Borders.Add(new Border(subnet, Direction.Egress, far));

        public void Between(SubnetId from, SubnetId to, Address target, Address source)
        {
            if (from == to) return;
            Borders.Add(new Border(from, Direction.Egress, target));
            Borders.Add(new Border(to, Direction.Ingress, source));
        }

        public Trip End(Fate fate)
        {
            Fate = fate;
            return this;
        }
    }
}

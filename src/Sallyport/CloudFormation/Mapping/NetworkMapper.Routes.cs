using System.Collections.Immutable;
using Sallyport.CloudFormation.Evaluation;
using Sallyport.CloudFormation.Values;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.CloudFormation.Mapping;

internal sealed partial class NetworkMapper
{
    /// <summary>Properties of a route that name its target, with the prefix that tells the target's kind.</summary>
    private static readonly ImmutableArray<(string Field, string Prefix)> Targets =
    [
        ("NatGatewayId", "nat-"), ("EgressOnlyInternetGatewayId", "eigw-"), ("TransitGatewayId", "tgw-"), ("VpcPeeringConnectionId", "pcx-"), ("VpcEndpointId", "vpce-"),
        ("InstanceId", "i-"), ("NetworkInterfaceId", "eni-"), ("LocalGatewayId", "lgw-"), ("CarrierGatewayId", "cagw-"),
    ];

    private void AddGateways()
    {
        var attached = Of("AWS::EC2::VPCGatewayAttachment").Select(a => new ResourceReader(evaluator, a, World.Open())).ToList();
        AddGateways("AWS::EC2::InternetGateway", "igw-", GatewayKind.Internet, id => VpcsOf(attached, "InternetGatewayId", "igw-", id));
        AddGateways("AWS::EC2::VPNGateway", "vgw-", GatewayKind.Vpn, id => VpcsOf(attached, "VpnGatewayId", "vgw-", id));
        AddGateways("AWS::EC2::TransitGateway", "tgw-", GatewayKind.Transit, _ => []);
        foreach (var resource in Of("AWS::EC2::EgressOnlyInternetGateway"))
        {
            var vpc = identities.VpcOf(new ResourceReader(evaluator, resource, World.Open()).Get("VpcId"));
            into.Add(new Gateway(identities.TargetOf(resource, "eigw-"), scope, GatewayKind.EgressOnlyInternet) { Vpcs = vpc is { } known ? [known] : [] });
        }

        foreach (var resource in Of("AWS::EC2::NatGateway")) AddNat(resource);
    }

    private void AddNat(TemplateResource resource)
    {
        var id = identities.TargetOf(resource, "nat-");
        var nat = Read(resource, GapKind.Gateways, id, r =>
        {
            if (identities.SubnetOf(r.Get("SubnetId")) is not { } subnet) return null;

            // One with a private address and no public one would pass for a private gateway, so of a public one neither is told.
            var isPrivate = r.Text("ConnectivityType") == "private";
            var addresses = isPrivate && r.Get("SecondaryPrivateIpAddresses") is NothingValue && r.Get("SecondaryPrivateIpAddressCount") is NothingValue && Address.TryParse(r.Text("PrivateIpAddress"), out var address) ? ImmutableArray.Create(address) : [];
            return new Gateway(id, scope, GatewayKind.Nat)
            {
                Subnet = subnet,
                Vpcs = _vpcOfSubnet.TryGetValue(subnet, out var vpc) ? [vpc] : [],
                State = "available",
                Addresses = addresses,
                Tags = r.Tags(),
            };
        });
        if (nat is null) return;
        into.Add(nat);
        if (nat.Addresses.IsEmpty) into.Add(new EstateGap(GapKind.Gateways, id, "Its addresses are known only when the stack is deployed."));
    }

    private void AddGateways(string type, string prefix, GatewayKind kind, Func<string, ImmutableArray<VpcId>> vpcs)
    {
        foreach (var resource in Of(type))
        {
            var id = identities.TargetOf(resource, prefix);
            into.Add(new Gateway(id, scope, kind) { Vpcs = vpcs(id), Tags = new ResourceReader(evaluator, resource, World.Open()).Tags() });
        }
    }

    private ImmutableArray<VpcId> VpcsOf(List<ResourceReader> attached, string field, string prefix, string gateway) =>
        [.. attached.Where(a => identities.TargetOf(a.Get(field), prefix) == gateway).Select(a => identities.VpcOf(a.Get("VpcId"))).OfType<VpcId>().Distinct().Order()];

    private void AddRouteTable(TemplateResource resource)
    {
        var id = identities.Of(resource);
        var table = Read(resource, GapKind.RouteTables, id, r =>
        {
            if (identities.VpcOf(r.Get("VpcId")) is not { } vpc) return null;
            var routes = _vpcBlocks.GetValueOrDefault(vpc.Value, []).Select(b => new Route { Destination = b, Target = "local" }).ToList();
            foreach (var route in Named("AWS::EC2::Route", "RouteTableId", id))
            {
                if (route.Condition is not null && evaluator.Exists(route, World.Open()) is null) return null;
                if (RouteOf(new ResourceReader(evaluator, route, World.Open())) is not { } read) return null;
                routes.Add(read);
            }

            return new RouteTable(id, scope, vpc)
            {
                Routes = [.. routes.OrderBy(x => x.Destination?.ToString() ?? x.DestinationPrefixList?.Value, StringComparer.Ordinal)],
                Subnets = [.. Named("AWS::EC2::SubnetRouteTableAssociation", "RouteTableId", id)
                    .Select(a => identities.SubnetOf(evaluator.Property(a, "SubnetId", World.Open()))).OfType<SubnetId>().Distinct().Order()],
                Gateways = [.. Named("AWS::EC2::GatewayRouteTableAssociation", "RouteTableId", id)
                    .Select(a => identities.TargetOf(evaluator.Property(a, "GatewayId", World.Open()), "igw-")).OfType<string>().Order(StringComparer.Ordinal)],
                Tags = r.Tags(),
            };
        });
        if (table is not null) into.Add(table);
    }

    private Route? RouteOf(ResourceReader reader)
    {
        var v4 = BlockOf(reader, "DestinationCidrBlock");
        var block = v4 ?? BlockOf(reader, "DestinationIpv6CidrBlock");
        var list = reader.Get("DestinationPrefixListId") is var value and not NothingValue ? identities.Of(value) : null;
        if (block is null && list is null) return null;
        var target = TargetOf(reader);
        return target is null ? null : new Route
        {
            Destination = block,
            DestinationPrefixList = block is null && list is not null ? new PrefixListId(list) : null,
            Target = target,
            Interface = target.StartsWith("eni-", StringComparison.Ordinal) ? new NetworkInterfaceId(identities.Of(reader.Get("NetworkInterfaceId"))!) : null,
        };
    }

    private string? TargetOf(ResourceReader reader)
    {
        if (reader.Get("GatewayId") is var gateway and not NothingValue)
        {
            return gateway is ReferenceValue { Resource.Type: "AWS::EC2::VPNGateway" } ? identities.TargetOf(gateway, "vgw-")
                : gateway is TextValue ? identities.Of(gateway)
                : gateway is ReferenceValue ? identities.TargetOf(gateway, "igw-")
                : null;
        }

        foreach (var (field, prefix) in Targets)
        {
            if (reader.Get(field) is var value and not NothingValue) return identities.TargetOf(value, prefix);
        }

        return reader.Get("CoreNetworkArn") is var core and not NothingValue ? identities.Of(core) : null;
    }

    private IEnumerable<TemplateResource> Named(string type, string field, string id) =>
        Of(type).Where(r => identities.Of(evaluator.Property(r, field, World.Open())) == id);

    private void AddAcl(TemplateResource resource)
    {
        var id = identities.Of(resource);
        var acl = Read(resource, GapKind.NetworkAcls, id, r =>
        {
            if (identities.VpcOf(r.Get("VpcId")) is not { } vpc) return null;
            var entries = new List<NetworkAclEntry>();
            foreach (var entry in Named("AWS::EC2::NetworkAclEntry", "NetworkAclId", id))
            {
                if (evaluator.Exists(entry, World.Open()) is null || EntryOf(new ResourceReader(evaluator, entry, World.Open())) is not { } read) return null;
                entries.Add(read);
            }

            foreach (var direction in new[] { Direction.Ingress, Direction.Egress })
            {
                entries.Add(new NetworkAclEntry(direction, 32_767, Allows: false, Service.Any, Cidr.AnyV4));
                entries.Add(new NetworkAclEntry(direction, 32_767, Allows: false, Service.Any, Cidr.AnyV6));
            }

            return new NetworkAcl(id, scope, vpc)
            {
                Subnets = [.. Named("AWS::EC2::SubnetNetworkAclAssociation", "NetworkAclId", id)
                    .Select(a => identities.SubnetOf(evaluator.Property(a, "SubnetId", World.Open()))).OfType<SubnetId>().Distinct().Order()],
                Entries = [.. entries.OrderBy(e => e.Direction).ThenBy(e => e.Number).ThenBy(e => e.Cidr.Family)],
                Tags = r.Tags(),
            };
        });
        if (acl is not null) into.Add(acl);
    }

    private static NetworkAclEntry? EntryOf(ResourceReader r)
    {
        if (r.Number("RuleNumber") is not (>= 1 and <= 32_766 and var number) || r.Text("Protocol") is not { } name || !Protocol.TryParse(name, out var protocol)) return null;
        if ((BlockOf(r, "CidrBlock") ?? BlockOf(r, "Ipv6CidrBlock")) is not { } block || r.Text("RuleAction") is not { } action || action is not ("allow" or "deny")) return null;
        if (r.Get("Egress") is not (NothingValue or TextValue)) return null;
        var ports = protocol.HasTypes ? ("Icmp.Type", "Icmp.Code") : ("PortRange.From", "PortRange.To");
        if (!IsNumberOrAbsent(ports.Item1) || !IsNumberOrAbsent(ports.Item2)) return null;
        if (!Service.TryCreate(protocol, r.Number(ports.Item1), r.Number(ports.Item2), out var service, out _)) return null;
        return new NetworkAclEntry(r.Flag("Egress") ? Direction.Egress : Direction.Ingress, number, action == "allow", service, block);

        // Ports that cannot be told must not pass for none given, which means all.
        bool IsNumberOrAbsent(string path) => r.Get(path) is NothingValue || r.Number(path) is not null;
    }
}

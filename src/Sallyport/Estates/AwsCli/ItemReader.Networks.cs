using System.Collections.Immutable;
using Sallyport.Estates.Files;
using Sallyport.Packets;

namespace Sallyport.Estates.AwsCli;

internal sealed partial class ItemReader
{
    private void ReadVpc(JsonItem item)
    {
        if (item.Required("VPC", "VpcId"u8) is not { } id) return;
        var cidrs = AssociatedBlocks(item, id, "CidrBlock"u8, "CidrBlockAssociationSet"u8, "CidrBlockState"u8);
        if (cidrs.IsEmpty) into.Add(new EstateGap(GapKind.Vpcs, id, "The source lists the VPC without its blocks."));
        into.Add(new Vpc(new VpcId(id), ScopeNames.Of(file.Fallback, item.Text("OwnerId"u8), arn: null))
        {
            Cidrs = cidrs,
            IsDefault = item.Flag("IsDefault"u8) ?? false,
            Tags = item.Tags("Tags"u8),
        });
    }

    private void ReadSubnet(JsonItem item)
    {
        if (item.Required("subnet", "SubnetId"u8) is not { } id || item.Required("subnet", "VpcId"u8) is not { } vpc) return;
        var zone = item.Text("AvailabilityZone"u8);
        var cidrs = AssociatedBlocks(item, id, "CidrBlock"u8, []);
        if (cidrs.IsEmpty) into.Add(new EstateGap(GapKind.Subnets, id, "The source lists the subnet without its blocks."));
        into.Add(new Subnet(new SubnetId(id), ScopeNames.Of(file.Fallback, item.Text("OwnerId"u8), item.Text("SubnetArn"u8), ScopeNames.RegionOfZone(zone)), new VpcId(vpc))
        {
            Cidrs = cidrs,
            AvailabilityZone = zone ?? string.Empty,
            MapPublicIpOnLaunch = item.Flag("MapPublicIpOnLaunch"u8) ?? false,
            Tags = item.Tags("Tags"u8),
        });
    }

    /// <summary>Blocks of both families in state <c>associated</c> (or without a state).</summary>
    private static ImmutableArray<Cidr> AssociatedBlocks(JsonItem item, string owner, ReadOnlySpan<byte> main, ReadOnlySpan<byte> set, ReadOnlySpan<byte> state = default)
    {
        var blocks = new SortedSet<Cidr>();
        if (item.Block(main, owner) is { } first) blocks.Add(first);
        if (!set.IsEmpty)
        {
            foreach (var association in item.Items(set))
            {
                // The main block is listed too, with its state.
                if (association.Block("CidrBlock"u8, owner) is not { } block) continue;
                if (IsAssociated(association.Object(state))) blocks.Add(block);
                else blocks.Remove(block);
            }
        }

        foreach (var association in item.Items("Ipv6CidrBlockAssociationSet"u8))
        {
            if (IsAssociated(association.Object("Ipv6CidrBlockState"u8)) && association.Block("Ipv6CidrBlock"u8, owner) is { } block) blocks.Add(block);
        }

        return [.. blocks];
    }

    private static bool IsAssociated(JsonItem? state) => state?.Text("State"u8) is null or "associated";

    private void ReadRouteTable(JsonItem item)
    {
        if (item.Required("route table", "RouteTableId"u8) is not { } id || item.Required("route table", "VpcId"u8) is not { } vpc) return;
        var isMain = false;
        var subnets = new SortedSet<SubnetId>();
        var gateways = new List<string>();
        foreach (var association in item.Items("Associations"u8))
        {
            if (association.Object("AssociationState"u8)?.Text("State"u8) is not (null or "associated" or "associating")) continue;
            isMain |= association.Flag("Main"u8) ?? false;
            if (SubnetOf(association) is { } subnet) subnets.Add(subnet);
            if (association.Text("GatewayId"u8) is { Length: > 0 } gateway) gateways.Add(gateway);
        }

        if (!item.Has("Routes"u8)) into.Add(new EstateGap(GapKind.RouteTables, id, "The source lists the table without its routes."));
        into.Add(new RouteTable(id, ScopeNames.Of(file.Fallback, item.Text("OwnerId"u8), arn: null), new VpcId(vpc))
        {
            IsMain = isMain,
            Subnets = [.. subnets],
            Gateways = SortedTexts(gateways),
            Routes = Sorted(item.Items("Routes"u8).Select(r => RouteOf(r, id)).OfType<Route>()),
            Tags = item.Tags("Tags"u8),
        });
    }

    private Route? RouteOf(JsonItem item, string table)
    {
        var destination = item.Block("DestinationCidrBlock"u8, table) ?? item.Block("DestinationIpv6CidrBlock"u8, table);
        var list = item.Text("DestinationPrefixListId"u8);
        if (destination is null && list is null)
        {
            into.Add(new EstateGap(GapKind.RouteTables, table, "A route's destination cannot be understood."));
            return null;
        }

        return new Route
        {
            Destination = destination,
            DestinationPrefixList = destination is null ? new PrefixListId(list!) : null,
            Target = item.Text("GatewayId"u8) ?? item.Text("NatGatewayId"u8) ?? item.Text("TransitGatewayId"u8)
                ?? item.Text("VpcPeeringConnectionId"u8) ?? item.Text("EgressOnlyInternetGatewayId"u8) ?? item.Text("LocalGatewayId"u8)
                ?? item.Text("CarrierGatewayId"u8) ?? item.Text("CoreNetworkArn"u8) ?? item.Text("OdbNetworkArn"u8)
                ?? item.Text("InstanceId"u8) ?? item.Text("NetworkInterfaceId"u8) ?? string.Empty,
            Interface = item.Text("NetworkInterfaceId"u8) is { Length: > 0 } nic ? new NetworkInterfaceId(nic) : null,
            IsBlackhole = item.Text("State"u8) == "blackhole",
        };
    }

    private void ReadNetworkAcl(JsonItem item)
    {
        if (item.Required("network ACL", "NetworkAclId"u8) is not { } id || item.Required("network ACL", "VpcId"u8) is not { } vpc) return;
        if (!item.Has("Entries"u8)) into.Add(new EstateGap(GapKind.NetworkAcls, id, "The source lists the ACL without its entries."));
        into.Add(new NetworkAcl(id, ScopeNames.Of(file.Fallback, item.Text("OwnerId"u8), arn: null), new VpcId(vpc))
        {
            IsDefault = item.Flag("IsDefault"u8) ?? false,
            Subnets = [.. item.Items("Associations"u8).Select(SubnetOf).OfType<SubnetId>().Distinct().Order()],
            Entries = [.. item.Items("Entries"u8).Select(e => AclEntryOf(e, id)).OfType<NetworkAclEntry>()
                .OrderBy(e => e.Direction).ThenBy(e => e.Number).ThenBy(e => e.Cidr.Family)],
            Tags = item.Tags("Tags"u8),
        });
    }

    private NetworkAclEntry? AclEntryOf(JsonItem item, string acl)
    {
        var cidr = item.Block("CidrBlock"u8, acl) ?? item.Block("Ipv6CidrBlock"u8, acl);
        var number = item.Int("RuleNumber"u8);
        var action = item.Text("RuleAction"u8);
        var egress = item.Flag("Egress"u8);
        var ports = item.Object("PortRange"u8);
        var icmp = item.Object("IcmpTypeCode"u8);
        if (cidr is { } block && number is { } order && action is "allow" or "deny" && egress is { } isEgress
            && Protocol.TryParse(item.Text("Protocol"u8) ?? string.Empty, out var protocol)
            && Service.TryCreate(protocol, protocol.HasTypes ? icmp?.Int("Type"u8) : ports?.Int("From"u8), protocol.HasTypes ? icmp?.Int("Code"u8) : ports?.Int("To"u8), out var service, out _))
        {
            return new NetworkAclEntry(isEgress ? Direction.Egress : Direction.Ingress, order, action == "allow", service, block);
        }

        said.Add(EstateDiagnostics.BadValue("Entries", $"entry {number}", acl, item.At));
        into.Add(new EstateGap(GapKind.NetworkAcls, acl, $"Entry {number} cannot be understood."));
        return null;
    }

    private void ReadPeering(JsonItem item)
    {
        if (item.Required("peering", "VpcPeeringConnectionId"u8) is not { } id) return;
        if (EndOf(item, "RequesterVpcInfo"u8) is not { } requester || EndOf(item, "AccepterVpcInfo"u8) is not { } accepter) return;
        into.Add(new Peering(new PeeringId(id), requester, accepter)
        {
            Status = item.Object("Status"u8)?.Text("Code"u8) ?? "active",
            Tags = item.Tags("Tags"u8),
        });
    }

    private PeeringEnd? EndOf(JsonItem item, ReadOnlySpan<byte> field)
    {
        if (item.Object(field) is not { } end)
        {
            said.Add(EstateDiagnostics.MissingField("peering", System.Text.Encoding.UTF8.GetString(field), item.At));
            return null;
        }

        // A peering that waits for acceptance does not yet tell the far VPC's account or blocks, but always its id.
        if (end.Required("peering", "VpcId"u8) is not { } vpc) return null;
        var blocks = new SortedSet<Cidr>();
        if (end.Block("CidrBlock"u8, vpc) is { } main) blocks.Add(main);
        foreach (var v4 in end.Items("CidrBlockSet"u8))
        {
            if (v4.Block("CidrBlock"u8, vpc) is { } block) blocks.Add(block);
        }

        foreach (var v6 in end.Items("Ipv6CidrBlockSet"u8))
        {
            if (v6.Block("Ipv6CidrBlock"u8, vpc) is { } block) blocks.Add(block);
        }

        var scope = new Scope(end.Text("OwnerId"u8) ?? string.Empty, end.Text("Region"u8) ?? string.Empty);
        return new PeeringEnd(new VpcId(vpc), scope) { Cidrs = [.. blocks] };
    }

    private void ReadEndpoint(JsonItem item)
    {
        if (item.Required("VPC endpoint", "VpcEndpointId"u8) is not { } id || item.Required("VPC endpoint", "VpcId"u8) is not { } vpc) return;
        var service = item.Text("ServiceName"u8) ?? string.Empty;
        var kind = item.Text("VpcEndpointType"u8) ?? string.Empty;
        // A gateway endpoint's service is always that of its own Region; an interface endpoint may reach into another.
        var region = kind == "Gateway" && service.Split('.') is ["com", "amazonaws", var named, ..] && ScopeNames.IsRegion(named) ? named : null;
        into.Add(new VpcEndpoint(id, ScopeNames.Of(file.Fallback, item.Text("OwnerId"u8), arn: null, region), new VpcId(vpc))
        {
            Kind = kind,
            Service = service,
            State = item.Text("State"u8) ?? string.Empty,
            Groups = GroupsOf(item, "Groups"u8),
            Interfaces = [.. item.Texts("NetworkInterfaceIds"u8).Distinct().Select(i => new NetworkInterfaceId(i)).Order()],
            RouteTables = SortedTexts(item.Texts("RouteTableIds"u8)),
            Tags = item.Tags("Tags"u8),
        });
    }

    private void ReadVpcAssociation(JsonItem item)
    {
        if (item.Required("VPC association", "GroupId"u8) is not { } group || item.Required("VPC association", "VpcId"u8) is not { } vpc) return;
        into.Add(new VpcAssociation(new SecurityGroupId(group), new VpcId(vpc), item.Text("State"u8) ?? string.Empty));
    }
}

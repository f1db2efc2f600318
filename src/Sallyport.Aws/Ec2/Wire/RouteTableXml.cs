using System.Collections.Immutable;
using Sallyport.Aws.Ec2.Query;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Aws.Ec2.Wire;

/// <summary>Reads <c>routeTableSet/item</c> (DescribeRouteTables).</summary>
internal static class RouteTableXml
{
    public static RouteTable? Read(ResponseReader xml, Scope scope)
    {
        string? id = null, vpc = null, owner = null;
        var main = false;
        var tags = Tags.None;
        var subnets = new SortedSet<SubnetId>();
        var gateways = new SortedSet<string>(StringComparer.Ordinal);
        var routes = new List<Route>();
        foreach (var name in xml.Children())
        {
            switch (name)
            {
                case "routeTableId": id = xml.OptionalText(); break;
                case "vpcId": vpc = xml.OptionalText(); break;
                case "ownerId": owner = xml.OptionalText(); break;
                case "tagSet": tags = xml.Tags(); break;
                case "associationSet":
                    foreach (var _ in xml.Children()) main |= ReadAssociation(xml, subnets, gateways);
                    break;
                case "routeSet": routes = xml.List(() => ReadRoute(xml)); break;
            }
        }

        return id is null || vpc is null ? null : new RouteTable(id, scope.OwnedBy(owner), new VpcId(vpc))
        {
            IsMain = main,
            Subnets = [.. subnets],
            Gateways = [.. gateways],
            Routes = Sorted(routes),
            Tags = tags,
        };
    }

    /// <summary>By destination text, then target.</summary>
    public static ImmutableArray<Route> Sorted(IEnumerable<Route> routes) =>
        [.. routes.OrderBy(r => r.Destination?.ToString() ?? r.DestinationPrefixList?.Value, StringComparer.Ordinal).ThenBy(r => r.Target, StringComparer.Ordinal)];

    private static bool ReadAssociation(ResponseReader xml, SortedSet<SubnetId> subnets, SortedSet<string> gateways)
    {
        var main = false;
        var state = "associated";
        string? subnet = null, gateway = null;
        foreach (var field in xml.Children())
        {
            switch (field)
            {
                case "main": main = xml.Bool(); break;
                case "subnetId": subnet = xml.OptionalText(); break;
                case "gatewayId": gateway = xml.OptionalText(); break;
                case "associationState":
                    foreach (var inner in xml.Children())
                    {
                        if (inner == "state") state = xml.Text();
                    }

                    break;
            }
        }

        if (state is not ("associated" or "associating")) return false;
        if (subnet is not null) subnets.Add(new SubnetId(subnet));
        if (gateway is not null) gateways.Add(gateway);
        return main;
    }

    private static Route ReadRoute(ResponseReader xml)
    {
        Cidr? block = null;
        string? list = null, target = null, instance = null, nic = null;
        var blackhole = false;
        foreach (var field in xml.Children())
        {
            switch (field)
            {
                case "destinationCidrBlock" or "destinationIpv6CidrBlock":
                    if (Cidr.TryParse(xml.Text(), out var cidr)) block = cidr;
                    break;
                case "destinationPrefixListId": list = xml.OptionalText(); break;
                case "state": blackhole = xml.Text() == "blackhole"; break;
                case "instanceId": instance = xml.OptionalText(); break;
                case "networkInterfaceId": nic = xml.OptionalText(); break;
                case "egressOnlyInternetGatewayId" or "gatewayId" or "natGatewayId" or "transitGatewayId" or "localGatewayId" or "carrierGatewayId"
                    or "vpcPeeringConnectionId" or "coreNetworkArn" or "odbNetworkArn":
                    target ??= xml.OptionalText();
                    break;
            }
        }

        if (block is null && list is null) throw new System.Xml.XmlException("A route has no destination that can be understood.");
        return new Route
        {
            Destination = block,
            DestinationPrefixList = block is null && list is not null ? new PrefixListId(list) : null,
            Target = target ?? instance ?? nic ?? string.Empty,
            Interface = nic is null ? null : new NetworkInterfaceId(nic),
            IsBlackhole = blackhole,
        };
    }
}

using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Sallyport.Aws.Ec2.Query;
using Sallyport.Aws.Ec2.Wire;
using Sallyport.Estates;

namespace Sallyport.Aws.Ec2;

/// <summary>The describes.</summary>
public sealed partial class Ec2Client
{
    /// <summary>EC2 documents 200 values a filter.</summary>
    private const int FilterValues = 200;

    internal Task<List<SecurityGroup>> DescribeSecurityGroupsAsync(CancellationToken cancellationToken) =>
        ListAsync(Operations.DescribeSecurityGroups, "securityGroupInfo", xml => SecurityGroupXml.Read(xml, Scope), cancellationToken);

    internal Task<List<ReadRule>> DescribeSecurityGroupRulesAsync(CancellationToken cancellationToken) =>
        ListAsync(Operations.DescribeSecurityGroupRules, "securityGroupRuleSet", SecurityGroupRuleXml.Read, cancellationToken);

    /// <summary>The groups that exist of those named, with ids and tags of their rules.</summary>
    internal async Task<List<SecurityGroup>> DescribeSecurityGroupsAsync(IReadOnlyCollection<SecurityGroupId> ids, CancellationToken cancellationToken)
    {
        var found = new List<SecurityGroup>();
        foreach (var chunk in ids.Distinct().Order().Select(g => g.Value).Chunk(FilterValues))
        {
            var filter = new QueryParameters().AddFilter(1, "group-id", chunk);
            var groups = await ListAsync(Operations.DescribeSecurityGroups, "securityGroupInfo", filter, xml => SecurityGroupXml.Read(xml, Scope), cancellationToken);
            var rules = await ListAsync(Operations.DescribeSecurityGroupRules, "securityGroupRuleSet", filter, SecurityGroupRuleXml.Read, cancellationToken);
            found.AddRange(WithRules(groups, rules));
        }

        return found;
    }

    /// <summary>
    /// Groups with the rules of the rules view in place of the grouped view's: two reads at two moments are not mixed into a group
    /// that never was. Only a description that the rules view leaves out comes from the grouped view.
    /// </summary>
    internal static IEnumerable<SecurityGroup> WithRules(IEnumerable<SecurityGroup> groups, IEnumerable<ReadRule> rules)
    {
        var byGroup = rules.ToLookup(r => r.Group);
        foreach (var group in groups)
        {
            var described = new Dictionary<RuleKey, string>();
            foreach (var rule in group.Rules.Where(r => r.Description.Length > 0)) described[rule.Key] = rule.Description;
            var known = byGroup[group.Id].Where(r => r.Rule is not null).Select(r => r.Rule!)
                .Select(r => r.Description.Length == 0 && described.TryGetValue(r.Key, out var text) ? r with { Description = text } : r);
            yield return group with
            {
                Rules = [.. known.OrderBy(r => r.Key)],
                Malformed = [.. byGroup[group.Id].Where(r => r.Malformed is not null).Select(r => r.Malformed!)],
            };
        }
    }

    internal Task<List<VpcAssociation>> DescribeVpcAssociationsAsync(CancellationToken cancellationToken) =>
        ListAsync(Operations.DescribeSecurityGroupVpcAssociations, "securityGroupVpcAssociationSet", VpcAssociationXml.Read, cancellationToken);

    internal Task<List<NetworkInterface>> DescribeNetworkInterfacesAsync(CancellationToken cancellationToken) =>
        ListAsync(Operations.DescribeNetworkInterfaces, "networkInterfaceSet", xml => NetworkInterfaceXml.Read(xml, Scope), cancellationToken);

    internal Task<List<Vpc>> DescribeVpcsAsync(CancellationToken cancellationToken) =>
        ListAsync(Operations.DescribeVpcs, "vpcSet", xml => VpcXml.Read(xml, Scope), cancellationToken);

    internal Task<List<Subnet>> DescribeSubnetsAsync(CancellationToken cancellationToken) =>
        ListAsync(Operations.DescribeSubnets, "subnetSet", xml => SubnetXml.Read(xml, Scope), cancellationToken);

    internal Task<List<RouteTable>> DescribeRouteTablesAsync(CancellationToken cancellationToken) =>
        ListAsync(Operations.DescribeRouteTables, "routeTableSet", xml => RouteTableXml.Read(xml, Scope), cancellationToken);

    internal Task<List<NetworkAcl>> DescribeNetworkAclsAsync(CancellationToken cancellationToken) =>
        ListAsync(Operations.DescribeNetworkAcls, "networkAclSet", xml => NetworkAclXml.Read(xml, Scope), cancellationToken);

    internal Task<List<Peering>> DescribePeeringsAsync(CancellationToken cancellationToken) =>
        ListAsync(Operations.DescribeVpcPeeringConnections, "vpcPeeringConnectionSet", PeeringXml.Read, cancellationToken);

    internal Task<List<VpcEndpoint>> DescribeVpcEndpointsAsync(CancellationToken cancellationToken) =>
        ListAsync(Operations.DescribeVpcEndpoints, "vpcEndpointSet", xml => VpcEndpointXml.Read(xml, Scope), cancellationToken);

    internal Task<List<Gateway>> DescribeInternetGatewaysAsync(CancellationToken cancellationToken) =>
        ListAsync(Operations.DescribeInternetGateways, "internetGatewaySet", xml => GatewayXml.ReadAttached(xml, Scope, GatewayKind.Internet), cancellationToken);

    internal Task<List<Gateway>> DescribeEgressOnlyInternetGatewaysAsync(CancellationToken cancellationToken) =>
        ListAsync(Operations.DescribeEgressOnlyInternetGateways, "egressOnlyInternetGatewaySet", xml => GatewayXml.ReadAttached(xml, Scope, GatewayKind.EgressOnlyInternet), cancellationToken);

    internal Task<List<Gateway>> DescribeVpnGatewaysAsync(CancellationToken cancellationToken) =>
        ListAsync(Operations.DescribeVpnGateways, "vpnGatewaySet", xml => GatewayXml.ReadAttached(xml, Scope, GatewayKind.Vpn), cancellationToken);

    internal Task<List<Gateway>> DescribeNatGatewaysAsync(CancellationToken cancellationToken) =>
        ListAsync(Operations.DescribeNatGateways, "natGatewaySet", xml => GatewayXml.ReadNat(xml, Scope), cancellationToken);

    internal Task<List<Instance>> DescribeInstancesAsync(CancellationToken cancellationToken) =>
        FlattenAsync(ListAsync(Operations.DescribeInstances, "reservationSet", xml => InstanceXml.ReadReservation(xml, Scope), cancellationToken));

    internal Task<List<FlowLog>> DescribeFlowLogsAsync(CancellationToken cancellationToken) =>
        ListAsync(Operations.DescribeFlowLogs, "flowLogSet", xml => FlowLogXml.Read(xml, Scope), cancellationToken);

    /// <summary>The one answer of the Region as a list; empty when it says nothing.</summary>
    internal Task<List<PublicAccessBlock>> DescribePublicAccessBlockAsync(CancellationToken cancellationToken) => SendAsync(
        Operations.DescribeVpcBlockPublicAccessOptions, new QueryParameters(), xml => PublicAccessXml.ReadOptions(xml, Scope), cancellationToken);

    internal Task<List<PublicAccessExclusion>> DescribePublicAccessExclusionsAsync(CancellationToken cancellationToken) =>
        ListAsync(Operations.DescribeVpcBlockPublicAccessExclusions, "vpcBlockPublicAccessExclusionSet", xml => PublicAccessXml.ReadExclusion(xml, Scope), cancellationToken);

    internal Task<List<PrefixList>> DescribeManagedPrefixListsAsync(CancellationToken cancellationToken) =>
        ListAsync(Operations.DescribeManagedPrefixLists, "prefixListSet", xml => PrefixListXml.Read(xml, Scope), cancellationToken);

    internal async Task<List<PrefixListEntry>> GetPrefixListEntriesAsync(PrefixListId list, CancellationToken cancellationToken)
    {
        var entries = await ListAsync(
            Operations.GetManagedPrefixListEntries,
            "entrySet",
            new QueryParameters().Add("PrefixListId", list.Value),
            xml => new StrongBox<PrefixListEntry>(PrefixListXml.ReadEntry(xml)),
            cancellationToken);
        return [.. entries.Select(e => e.Value)];
    }

    internal async Task<ImmutableDictionary<string, (Gateway Gateway, bool? Referencing)>> DescribeTransitGatewaysAsync(CancellationToken cancellationToken)
    {
        var gateways = await ListAsync(
            Operations.DescribeTransitGateways,
            "transitGatewaySet",
            xml => TransitGatewayXml.Read(xml, Scope) is { } found ? new StrongBox<(Gateway Gateway, bool? Referencing)>(found) : null,
            cancellationToken);
        return gateways.ToImmutableDictionary(g => g.Value.Gateway.Id, g => g.Value);
    }

    internal Task<List<TransitGatewayAttachment>> DescribeTransitGatewayAttachmentsAsync(CancellationToken cancellationToken) =>
        ListAsync(Operations.DescribeTransitGatewayVpcAttachments, "transitGatewayVpcAttachments", xml => TransitGatewayXml.ReadAttachment(xml, Scope), cancellationToken);

    internal Task<List<TransitGatewayRouteTable>> DescribeTransitGatewayRouteTablesAsync(CancellationToken cancellationToken) =>
        ListAsync(Operations.DescribeTransitGatewayRouteTables, "transitGatewayRouteTables", xml => TransitGatewayXml.ReadTable(xml, Scope), cancellationToken);

    internal Task<List<string>> GetTransitGatewayRouteTableAssociationsAsync(string table, CancellationToken cancellationToken) => ListAsync(
        Operations.GetTransitGatewayRouteTableAssociations,
        "associations",
        new QueryParameters().Add("TransitGatewayRouteTableId", table),
        TransitGatewayXml.ReadAssociation,
        cancellationToken);

    /// <summary>Routes of a transit gateway's table; null when there are more than one search gives (EC2 API: SearchTransitGatewayRoutes).</summary>
    internal async Task<List<Route>?> SearchTransitGatewayRoutesAsync(string table, CancellationToken cancellationToken)
    {
        var search = new QueryParameters()
            .Add("TransitGatewayRouteTableId", table)
            .AddFilter(1, "state", ["active", "blackhole"])
            .Add("MaxResults", Operations.SearchTransitGatewayRoutes.MaxResults);
        return await SendAsync(Operations.SearchTransitGatewayRoutes, search, Read, cancellationToken);

        static List<Route>? Read(ResponseReader xml)
        {
            List<Route> routes = [];
            var more = false;
            foreach (var name in xml.Children())
            {
                if (name == "routeSet") routes = [.. xml.List(() => TransitGatewayXml.ReadRoutes(xml)).SelectMany(r => r)];
                else if (name == "additionalRoutesAvailable") more = xml.Bool();
            }

            return more ? null : routes;
        }
    }

    private static async Task<List<T>> FlattenAsync<T>(Task<List<List<T>>> lists) => [.. (await lists).SelectMany(l => l)];
}

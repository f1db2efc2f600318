using System.Text.Json;

namespace Sallyport.Estates.AwsCli;

/// <summary>
/// Tells the shape of an object by its keys, as EC2's members are named in the AWS SDKs (service-2.json of 2016-11-15). Keys come in
/// any order, and <c>--query</c> may have left some out.
/// </summary>
internal static class AwsCliShapes
{
    /// <summary>Names under which an answer lists things. Some are also members of single things, so they alone decide nothing.</summary>
    private static readonly (string Key, AwsCliKind Kind, GapKind? Lists)[] Lists =
    [
        ("SecurityGroups", AwsCliKind.SecurityGroup, GapKind.SecurityGroups),
        ("SecurityGroupRules", AwsCliKind.SecurityGroupRule, GapKind.SecurityGroups),
        ("NetworkInterfaces", AwsCliKind.NetworkInterface, GapKind.NetworkInterfaces),
        ("Vpcs", AwsCliKind.Vpc, GapKind.Vpcs),
        ("Subnets", AwsCliKind.Subnet, GapKind.Subnets),
        ("RouteTables", AwsCliKind.RouteTable, GapKind.RouteTables),
        ("NetworkAcls", AwsCliKind.NetworkAcl, GapKind.NetworkAcls),
        ("PrefixLists", AwsCliKind.PrefixList, GapKind.PrefixLists),
        ("ManagedPrefixLists", AwsCliKind.PrefixList, GapKind.PrefixLists),
        ("Entries", AwsCliKind.PrefixListEntry, GapKind.PrefixLists),
        ("VpcPeeringConnections", AwsCliKind.Peering, GapKind.Peerings),
        ("VpcEndpoints", AwsCliKind.VpcEndpoint, GapKind.VpcEndpoints),
        ("InternetGateways", AwsCliKind.InternetGateway, GapKind.Gateways),
        ("EgressOnlyInternetGateways", AwsCliKind.EgressOnlyInternetGateway, GapKind.Gateways),
        ("NatGateways", AwsCliKind.NatGateway, GapKind.Gateways),
        ("VpnGateways", AwsCliKind.VpnGateway, GapKind.Gateways),
        ("TransitGateways", AwsCliKind.TransitGateway, GapKind.TransitGateways),
        ("TransitGatewayAttachments", AwsCliKind.TransitGatewayAttachment, GapKind.TransitGateways),
        ("TransitGatewayVpcAttachments", AwsCliKind.TransitGatewayAttachment, GapKind.TransitGateways),
        ("TransitGatewayRouteTables", AwsCliKind.TransitGatewayRouteTable, GapKind.TransitGateways),
        ("Routes", AwsCliKind.TransitGatewayRoute, GapKind.TransitGateways),
        ("Associations", AwsCliKind.TransitGatewayAssociation, GapKind.TransitGateways),
        ("SecurityGroupVpcAssociations", AwsCliKind.VpcAssociation, null),
        ("Reservations", AwsCliKind.Reservation, GapKind.Instances),
        ("Instances", AwsCliKind.Instance, GapKind.Instances),
        ("FlowLogs", AwsCliKind.FlowLog, GapKind.FlowLogs),
        ("Regions", AwsCliKind.Region, null),
        ("Addresses", AwsCliKind.ElasticAddress, null),
        ("VpcBlockPublicAccessExclusions", AwsCliKind.PublicAccessExclusion, null),
        ("metricFilters", AwsCliKind.MetricFilter, GapKind.Monitoring),
        ("MetricAlarms", AwsCliKind.MetricAlarm, GapKind.Monitoring),
        ("CompositeAlarms", AwsCliKind.MetricAlarm, GapKind.Monitoring),
        ("Rules", AwsCliKind.EventRule, GapKind.Monitoring),
        ("trailList", AwsCliKind.Trail, null),
    ];

    /// <summary>Lists that single things hold under the same name: routes of a table, groups of an instance.</summary>
    private static readonly string[] AlsoMembers = ["SecurityGroups", "NetworkInterfaces", "Instances", "Entries", "Routes", "Associations"];

    /// <summary>Keys that only one kind of thing has.</summary>
    private static readonly Dictionary<string, AwsCliKind> Marks = new(StringComparer.Ordinal)
    {
        ["NextToken"] = AwsCliKind.Answer,
        ["nextToken"] = AwsCliKind.Answer,
        ["ResponseMetadata"] = AwsCliKind.Answer,
        ["VpcBlockPublicAccessOptions"] = AwsCliKind.Answer,
        ["IpPermissions"] = AwsCliKind.SecurityGroup,
        ["IpPermissionsEgress"] = AwsCliKind.SecurityGroup,
        ["SecurityGroupArn"] = AwsCliKind.SecurityGroup,
        ["StaleIpPermissions"] = AwsCliKind.Unused,
        ["StaleIpPermissionsEgress"] = AwsCliKind.Unused,
        ["ReferencingVpcId"] = AwsCliKind.Unused,
        ["EnableDnsSupport"] = AwsCliKind.Unused,
        ["EnableDnsHostnames"] = AwsCliKind.Unused,
        ["SecurityGroupRuleId"] = AwsCliKind.SecurityGroupRule,
        ["IsEgress"] = AwsCliKind.SecurityGroupRule,
        ["ReferencedGroupInfo"] = AwsCliKind.SecurityGroupRule,
        ["MacAddress"] = AwsCliKind.NetworkInterface,
        ["InterfaceType"] = AwsCliKind.NetworkInterface,
        ["RequesterManaged"] = AwsCliKind.NetworkInterface,
        ["PrivateIpAddresses"] = AwsCliKind.NetworkInterface,
        ["CidrBlockAssociationSet"] = AwsCliKind.Vpc,
        ["InstanceTenancy"] = AwsCliKind.Vpc,
        ["DhcpOptionsId"] = AwsCliKind.Vpc,
        ["MapPublicIpOnLaunch"] = AwsCliKind.Subnet,
        ["SubnetArn"] = AwsCliKind.Subnet,
        ["AvailableIpAddressCount"] = AwsCliKind.Subnet,
        ["PropagatingVgws"] = AwsCliKind.RouteTable,
        ["AccepterVpcInfo"] = AwsCliKind.Peering,
        ["RequesterVpcInfo"] = AwsCliKind.Peering,
        ["PrefixListName"] = AwsCliKind.PrefixList,
        ["PrefixListArn"] = AwsCliKind.PrefixList,
        ["VpcEndpointId"] = AwsCliKind.VpcEndpoint,
        ["InternetGatewayId"] = AwsCliKind.InternetGateway,
        ["NatGatewayAddresses"] = AwsCliKind.NatGateway,
        ["ConnectivityType"] = AwsCliKind.NatGateway,
        ["VpnGatewayId"] = AwsCliKind.VpnGateway,
        ["TransitGatewayArn"] = AwsCliKind.TransitGateway,
        ["FlowLogId"] = AwsCliKind.FlowLog,
        ["ReservationId"] = AwsCliKind.Reservation,
        ["AmiLaunchIndex"] = AwsCliKind.Instance,
        ["ImageId"] = AwsCliKind.Instance,
        ["InstanceType"] = AwsCliKind.Instance,
        ["BlockDeviceMappings"] = AwsCliKind.Instance,
        ["AllocationId"] = AwsCliKind.ElasticAddress,
        ["RegionName"] = AwsCliKind.Region,
        ["OptInStatus"] = AwsCliKind.Region,
        ["InternetGatewayBlockMode"] = AwsCliKind.PublicAccessBlock,
        ["InternetGatewayExclusionMode"] = AwsCliKind.PublicAccessExclusion,
        ["filterPattern"] = AwsCliKind.MetricFilter,
        ["AlarmArn"] = AwsCliKind.MetricAlarm,
        ["EventBusName"] = AwsCliKind.EventRule,
        ["TrailARN"] = AwsCliKind.Trail,
    };

    /// <summary>The gap that is no gap any more once a kind was read; null for kinds that make none.</summary>
    public static GapKind? GapOf(AwsCliKind kind)
    {
        foreach (var list in Lists)
        {
            if (list.Kind == kind) return list.Lists;
        }

        return null;
    }

    /// <summary>The kind an answer lists under a name, and the gap that a missing page of it makes; null when the name is none of ours.</summary>
    public static (AwsCliKind Kind, GapKind? Lists)? ListNamed(ReadOnlySpan<byte> key)
    {
        foreach (var list in Lists)
        {
            if (IsText(key, list.Key)) return (list.Kind, list.Lists);
        }

        return null;
    }

    /// <summary>
    /// Judges an object by its keys. <paramref name="reader"/> is a copy that stands on the object's start. Null when the bytes at hand end
    /// before the kind is certain.
    /// </summary>
    public static AwsCliKind? Classify(Utf8JsonReader reader)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            while (true)
            {
                if (!reader.Read()) return null;
                if (reader.TokenType != JsonTokenType.PropertyName) return Judge(keys);
                if (reader.ValueSpan.Length < 64 && !reader.ValueIsEscaped && System.Text.Ascii.IsValid(reader.ValueSpan))
                {
                    var key = reader.GetString()!;
                    if (Marks.TryGetValue(key, out var kind)) return kind;
                    if (!AlsoMembers.Contains(key) && Array.Exists(Lists, l => l.Key == key)) return AwsCliKind.Answer;
                    keys.Add(key);
                    if (IsSurelyAnswer(keys)) return AwsCliKind.Answer;
                }

                if (!reader.Read()) return null;
                if (!reader.TrySkip()) return null;
            }
        }
        catch (JsonException)
        {
            // The caller's reader will meet the same fault while it passes over the object, and knows the place.
            return AwsCliKind.Unknown;
        }
    }

    private static bool IsSurelyAnswer(HashSet<string> keys) =>
        // Answers begin with their list; of the things that have such a list as a member, none begins with it unless --query picked it.
        keys.Count == 1 && (keys.Contains("SecurityGroups") || keys.Contains("NetworkInterfaces") || keys.Contains("Instances"));

    private static AwsCliKind Judge(HashSet<string> keys)
    {
        if (keys.Contains("NetworkAclId")) return AwsCliKind.NetworkAcl;
        if (keys.Contains("RouteTableId") && !keys.Contains("NatGatewayId")) return AwsCliKind.RouteTable;
        if (keys.Contains("TransitGatewayAttachmentId")) return keys.Contains("TransitGatewayId") ? AwsCliKind.TransitGatewayAttachment : AwsCliKind.TransitGatewayAssociation;
        if (keys.Contains("TransitGatewayRouteTableId")) return AwsCliKind.TransitGatewayRouteTable;
        if (keys.Contains("TransitGatewayAttachments") && !keys.Contains("TransitGatewayId")) return AwsCliKind.TransitGatewayRoute;
        if (keys.Contains("InstanceId") && (keys.Contains("SecurityGroups") || keys.Contains("NetworkInterfaces"))) return AwsCliKind.Instance;
        foreach (var list in AlsoMembers)
        {
            if (keys.Contains(list)) return AwsCliKind.Answer;
        }

        if (keys.Contains("IpProtocol")) return keys.Contains("GroupId") ? AwsCliKind.SecurityGroupRule : AwsCliKind.Permission;
        if (keys.Contains("DestinationCidrBlock") || keys.Contains("DestinationIpv6CidrBlock")) return AwsCliKind.Unknown;
        if (keys.Contains("Cidr")) return AwsCliKind.PrefixListEntry;
        if (keys.Contains("NetworkInterfaceId")) return AwsCliKind.NetworkInterface;
        if (keys.Contains("NatGatewayId")) return AwsCliKind.NatGateway;
        if (keys.Contains("EgressOnlyInternetGatewayId")) return AwsCliKind.EgressOnlyInternetGateway;
        if (keys.Contains("InstanceId")) return AwsCliKind.Instance;
        if (keys.Contains("GroupId")) return keys.Contains("VpcOwnerId") || keys.Contains("GroupOwnerId") ? AwsCliKind.VpcAssociation : AwsCliKind.SecurityGroup;
        if (keys.Contains("TransitGatewayId")) return AwsCliKind.TransitGateway;
        if (keys.Contains("SubnetId")) return AwsCliKind.Subnet;
        if (keys.Contains("PrefixListId")) return AwsCliKind.PrefixList;
        return keys.Contains("VpcId") ? AwsCliKind.Vpc : AwsCliKind.Unknown;
    }

    private static bool IsText(ReadOnlySpan<byte> utf8, string ascii) => System.Text.Ascii.Equals(utf8, ascii);
}

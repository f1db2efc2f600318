namespace Sallyport.Estates.AwsCli;

/// <summary>What an answer of the AWS CLI, or one object of it, describes.</summary>
internal enum AwsCliKind
{
    /// <summary>Cannot be told.</summary>
    Unknown,

    /// <summary>A whole answer: an object with lists under known names.</summary>
    Answer,

    /// <summary>Known and of no use here.</summary>
    Unused,

    /// <summary>An entry of <c>IpPermissions</c> without its group.</summary>
    Permission,

    /// <summary><c>SecurityGroups</c>.</summary>
    SecurityGroup,

    /// <summary><c>SecurityGroupRules</c>.</summary>
    SecurityGroupRule,

    /// <summary><c>NetworkInterfaces</c>.</summary>
    NetworkInterface,

    /// <summary><c>Vpcs</c>.</summary>
    Vpc,

    /// <summary><c>Subnets</c>.</summary>
    Subnet,

    /// <summary><c>RouteTables</c>.</summary>
    RouteTable,

    /// <summary><c>NetworkAcls</c>.</summary>
    NetworkAcl,

    /// <summary><c>PrefixLists</c> of both calls.</summary>
    PrefixList,

    /// <summary><c>Entries</c> of get-managed-prefix-list-entries.</summary>
    PrefixListEntry,

    /// <summary><c>VpcPeeringConnections</c>.</summary>
    Peering,

    /// <summary><c>VpcEndpoints</c>.</summary>
    VpcEndpoint,

    /// <summary><c>InternetGateways</c>.</summary>
    InternetGateway,

    /// <summary><c>EgressOnlyInternetGateways</c>.</summary>
    EgressOnlyInternetGateway,

    /// <summary><c>NatGateways</c>.</summary>
    NatGateway,

    /// <summary><c>VpnGateways</c>.</summary>
    VpnGateway,

    /// <summary><c>TransitGateways</c>.</summary>
    TransitGateway,

    /// <summary><c>TransitGatewayAttachments</c> and <c>TransitGatewayVpcAttachments</c>.</summary>
    TransitGatewayAttachment,

    /// <summary><c>TransitGatewayRouteTables</c>.</summary>
    TransitGatewayRouteTable,

    /// <summary><c>Routes</c> of search-transit-gateway-routes.</summary>
    TransitGatewayRoute,

    /// <summary><c>Associations</c> of get-transit-gateway-route-table-associations.</summary>
    TransitGatewayAssociation,

    /// <summary><c>SecurityGroupVpcAssociations</c>.</summary>
    VpcAssociation,

    /// <summary><c>Reservations</c>.</summary>
    Reservation,

    /// <summary><c>Instances</c>.</summary>
    Instance,

    /// <summary><c>FlowLogs</c>.</summary>
    FlowLog,

    /// <summary><c>Regions</c>.</summary>
    Region,

    /// <summary><c>Addresses</c>: an interface names its public addresses itself.</summary>
    ElasticAddress,

    /// <summary><c>VpcBlockPublicAccessOptions</c>, which is one object and no list.</summary>
    PublicAccessBlock,

    /// <summary><c>VpcBlockPublicAccessExclusions</c>.</summary>
    PublicAccessExclusion,

    /// <summary><c>metricFilters</c> of <c>aws logs</c>.</summary>
    MetricFilter,

    /// <summary><c>MetricAlarms</c> and <c>CompositeAlarms</c> of <c>aws cloudwatch</c>.</summary>
    MetricAlarm,

    /// <summary><c>Rules</c> of <c>aws events</c>; other services list rules of theirs under the same name.</summary>
    EventRule,

    /// <summary><c>trailList</c> of <c>aws cloudtrail</c>.</summary>
    Trail,
}

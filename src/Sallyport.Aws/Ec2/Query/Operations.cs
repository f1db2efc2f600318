namespace Sallyport.Aws.Ec2.Query;

/// <summary>The operations we call, with EC2's page bounds and buckets (ec2 request throttling; page bounds of the API model).</summary>
internal static class Operations
{
    public static readonly Operation GetCallerIdentity = Operation.Read("GetCallerIdentity", 0);
    public static readonly Operation DescribeRegions = Operation.Read("DescribeRegions", 0);
    public static readonly Operation DescribeSecurityGroups = Operation.Read("DescribeSecurityGroups");
    public static readonly Operation DescribeSecurityGroupRules = Operation.Read("DescribeSecurityGroupRules");
    public static readonly Operation DescribeSecurityGroupVpcAssociations = Operation.Read("DescribeSecurityGroupVpcAssociations");
    public static readonly Operation DescribeNetworkInterfaces = Operation.Read("DescribeNetworkInterfaces");
    public static readonly Operation DescribeVpcs = Operation.Read("DescribeVpcs");
    public static readonly Operation DescribeSubnets = Operation.Read("DescribeSubnets");
    public static readonly Operation DescribeRouteTables = Operation.Read("DescribeRouteTables", 100);
    public static readonly Operation DescribeNetworkAcls = Operation.Read("DescribeNetworkAcls");
    public static readonly Operation DescribeInternetGateways = Operation.Read("DescribeInternetGateways");
    public static readonly Operation DescribeEgressOnlyInternetGateways = Operation.Read("DescribeEgressOnlyInternetGateways", 255);
    public static readonly Operation DescribeNatGateways = Operation.Read("DescribeNatGateways");
    public static readonly Operation DescribeVpnGateways = Operation.Read("DescribeVpnGateways", 0);
    public static readonly Operation DescribeVpcPeeringConnections = Operation.Read("DescribeVpcPeeringConnections");
    public static readonly Operation DescribeVpcEndpoints = Operation.Read("DescribeVpcEndpoints");
    public static readonly Operation DescribeTransitGateways = Operation.Read("DescribeTransitGateways");
    public static readonly Operation DescribeTransitGatewayVpcAttachments = Operation.Read("DescribeTransitGatewayVpcAttachments");
    public static readonly Operation DescribeTransitGatewayRouteTables = Operation.Read("DescribeTransitGatewayRouteTables");
    public static readonly Operation GetTransitGatewayRouteTableAssociations = Operation.Read("GetTransitGatewayRouteTableAssociations");
    public static readonly Operation SearchTransitGatewayRoutes = Operation.Read("SearchTransitGatewayRoutes");
    public static readonly Operation DescribeManagedPrefixLists = Operation.Read("DescribeManagedPrefixLists", 100);
    public static readonly Operation GetManagedPrefixListEntries = Operation.Read("GetManagedPrefixListEntries", 100);
    public static readonly Operation DescribeInstances = Operation.Read("DescribeInstances");
    public static readonly Operation DescribeFlowLogs = Operation.Read("DescribeFlowLogs");
    public static readonly Operation DescribeVpcBlockPublicAccessOptions = Operation.Read("DescribeVpcBlockPublicAccessOptions", 0);
    public static readonly Operation DescribeVpcBlockPublicAccessExclusions = Operation.Read("DescribeVpcBlockPublicAccessExclusions");

    public static readonly Operation AuthorizeSecurityGroupIngress = Operation.Change("AuthorizeSecurityGroupIngress");
    public static readonly Operation AuthorizeSecurityGroupEgress = Operation.Change("AuthorizeSecurityGroupEgress");
    public static readonly Operation RevokeSecurityGroupIngress = Operation.Change("RevokeSecurityGroupIngress");
    public static readonly Operation RevokeSecurityGroupEgress = Operation.Change("RevokeSecurityGroupEgress");
    public static readonly Operation ModifySecurityGroupRules = Operation.Change("ModifySecurityGroupRules");
    public static readonly Operation UpdateDescriptionsIngress = Operation.Change("UpdateSecurityGroupRuleDescriptionsIngress");
    public static readonly Operation UpdateDescriptionsEgress = Operation.Change("UpdateSecurityGroupRuleDescriptionsEgress");
    public static readonly Operation CreateTags = Operation.Tagging("CreateTags");
    public static readonly Operation DeleteTags = Operation.Tagging("DeleteTags");
}

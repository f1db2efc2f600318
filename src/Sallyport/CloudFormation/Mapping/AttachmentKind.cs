using System.Collections.Immutable;

namespace Sallyport.CloudFormation.Mapping;

/// <summary>A type of resource whose interfaces carry groups.</summary>
/// <param name="Type">The resource's type.</param>
/// <param name="Groups">Paths of its properties that name groups, in <see cref="ResourceReader.Get"/>'s form.</param>
/// <param name="Subnets">Path of its subnets; empty when it names none.</param>
/// <param name="Describes">How the service describes its interfaces, as far as a template can know.</param>
/// <param name="InterfaceType">As EC2 names it.</param>
/// <param name="Requester">Who EC2 says made them; null when the user does.</param>
internal sealed record AttachmentKind(string Type, ImmutableArray<string> Groups, string Subnets, string Describes, string InterfaceType = "interface", string? Requester = null)
{
    /// <summary>Every type that is known; the first entry of a type counts.</summary>
    public static ImmutableArray<AttachmentKind> All { get; } =
    [
        User("AWS::EC2::Instance", "SubnetId", "SecurityGroupIds", "SecurityGroups", "NetworkInterfaces.*.GroupSet"),
        User("AWS::EC2::NetworkInterface", "SubnetId", "GroupSet"),
        User("AWS::EC2::LaunchTemplate", "", "LaunchTemplateData.SecurityGroupIds", "LaunchTemplateData.SecurityGroups", "LaunchTemplateData.NetworkInterfaces.*.Groups"),
        User("AWS::AutoScaling::LaunchConfiguration", "", "SecurityGroups"),
        User("AWS::EC2::SpotFleet", "", "SpotFleetRequestConfigData.LaunchSpecifications.*.SecurityGroups.*.GroupId", "SpotFleetRequestConfigData.LaunchSpecifications.*.NetworkInterfaces.*.Groups"),
        User("AWS::ECS::Service", "NetworkConfiguration.AwsvpcConfiguration.Subnets", "NetworkConfiguration.AwsvpcConfiguration.SecurityGroups"),
        User("AWS::ECS::TaskSet", "NetworkConfiguration.AwsvpcConfiguration.Subnets", "NetworkConfiguration.AwsvpcConfiguration.SecurityGroups"),
        User("AWS::Events::Rule", "Targets.*.EcsParameters.NetworkConfiguration.AwsVpcConfiguration.Subnets", "Targets.*.EcsParameters.NetworkConfiguration.AwsVpcConfiguration.SecurityGroups"),
        User("AWS::Scheduler::Schedule", "Target.EcsParameters.NetworkConfiguration.AwsvpcConfiguration.Subnets", "Target.EcsParameters.NetworkConfiguration.AwsvpcConfiguration.SecurityGroups"),
        new("AWS::ElasticLoadBalancingV2::LoadBalancer", ["SecurityGroups"], "Subnets", "ELB ", Requester: "amazon-elb"),
        new("AWS::ElasticLoadBalancing::LoadBalancer", ["SecurityGroups"], "Subnets", "ELB ", Requester: "amazon-elb"),
        new("AWS::RDS::DBInstance", ["VPCSecurityGroups"], "", "RDSNetworkInterface ", Requester: "amazon-rds"),
        new("AWS::RDS::DBCluster", ["VpcSecurityGroupIds"], "", "RDSNetworkInterface ", Requester: "amazon-rds"),
        new("AWS::RDS::DBProxy", ["VpcSecurityGroupIds"], "VpcSubnetIds", "RDSNetworkInterface ", Requester: "amazon-rds"),
        new("AWS::DocDB::DBCluster", ["VpcSecurityGroupIds"], "", "RDSNetworkInterface ", Requester: "amazon-rds"),
        new("AWS::Neptune::DBCluster", ["VpcSecurityGroupIds"], "", "RDSNetworkInterface ", Requester: "amazon-rds"),
        new("AWS::Redshift::Cluster", ["VpcSecurityGroupIds"], "", "RedshiftNetworkInterface ", Requester: "amazon-redshift"),
        new("AWS::RedshiftServerless::Workgroup", ["SecurityGroupIds"], "SubnetIds", "RedshiftNetworkInterface ", Requester: "amazon-redshift"),
        new("AWS::ElastiCache::CacheCluster", ["VpcSecurityGroupIds"], "", "ElastiCache ", Requester: "amazon-elasticache"),
        new("AWS::ElastiCache::ReplicationGroup", ["SecurityGroupIds"], "", "ElastiCache ", Requester: "amazon-elasticache"),
        new("AWS::ElastiCache::ServerlessCache", ["SecurityGroupIds"], "SubnetIds", "ElastiCache ", Requester: "amazon-elasticache"),
        Service("AWS::MemoryDB::Cluster", "", "MemoryDB ", "SecurityGroupIds"),
        Service("AWS::DAX::Cluster", "", "DAX ", "SecurityGroupIds"),
        new("AWS::OpenSearchService::Domain", ["VPCOptions.SecurityGroupIds"], "VPCOptions.SubnetIds", "ES ", Requester: "amazon-elasticsearch"),
        new("AWS::Elasticsearch::Domain", ["VPCOptions.SecurityGroupIds"], "VPCOptions.SubnetIds", "ES ", Requester: "amazon-elasticsearch"),
        Service("AWS::MSK::Cluster", "BrokerNodeGroupInfo.ClientSubnets", "MSK ", "BrokerNodeGroupInfo.SecurityGroups"),
        Service("AWS::MSK::ServerlessCluster", "VpcConfigs.*.SubnetIds", "MSK ", "VpcConfigs.*.SecurityGroups"),
        Service("AWS::AmazonMQ::Broker", "SubnetIds", "Amazon MQ ", "SecurityGroups"),
        Service("AWS::EFS::MountTarget", "SubnetId", "EFS mount target ", "SecurityGroups"),
        Service("AWS::DMS::ReplicationInstance", "", "DMSNetworkInterface ", "VpcSecurityGroupIds"),
        Service("AWS::EKS::Cluster", "ResourcesVpcConfig.SubnetIds", "Amazon EKS ", "ResourcesVpcConfig.SecurityGroupIds"),
        Service("Custom::AWSCDK-EKS-Cluster", "Config.resourcesVpcConfig.subnetIds", "Amazon EKS ", "Config.resourcesVpcConfig.securityGroupIds"),
        Service("AWS::EKS::Nodegroup", "", "Amazon EKS ", "RemoteAccess.SourceSecurityGroups"),
        Service("AWS::Route53Resolver::ResolverEndpoint", "IpAddresses.*.SubnetId", "Route 53 Resolver ", "SecurityGroupIds"),
        Service("AWS::Glue::Connection", "ConnectionInput.PhysicalConnectionRequirements.SubnetId", "Attached to Glue ", "ConnectionInput.PhysicalConnectionRequirements.SecurityGroupIdList"),
        Service("AWS::CodeBuild::Project", "VpcConfig.Subnets", "AWS CodeBuild ", "VpcConfig.SecurityGroupIds"),
        Service("AWS::SageMaker::NotebookInstance", "SubnetId", "SageMaker ", "SecurityGroupIds"),
        Service("AWS::Batch::ComputeEnvironment", "ComputeResources.Subnets", "AWS Batch ", "ComputeResources.SecurityGroupIds"),
        Service("AWS::MWAA::Environment", "NetworkConfiguration.SubnetIds", "MWAA ", "NetworkConfiguration.SecurityGroupIds"),
        Service("AWS::AppRunner::VpcConnector", "Subnets", "App Runner ", "SecurityGroups"),
        Service("AWS::ApiGatewayV2::VpcLink", "SubnetIds", "API Gateway VPC link ", "SecurityGroupIds"),
        Service("AWS::FSx::FileSystem", "SubnetIds", "FSx ", "SecurityGroupIds"),
        Service("AWS::Transfer::Server", "EndpointDetails.SubnetIds", "Transfer ", "EndpointDetails.SecurityGroupIds"),
        new("AWS::Lambda::Function", ["VpcConfig.SecurityGroupIds"], "VpcConfig.SubnetIds", "AWS Lambda VPC ENI-", "lambda"),
        new("AWS::Serverless::Function", ["VpcConfig.SecurityGroupIds"], "VpcConfig.SubnetIds", "AWS Lambda VPC ENI-", "lambda"),
        new("AWS::EC2::VPCEndpoint", ["SecurityGroupIds"], "SubnetIds", "VPC Endpoint Interface ", "vpc_endpoint"),
        new("AWS::EC2::InstanceConnectEndpoint", ["SecurityGroupIds"], "SubnetId", "EC2 Instance Connect Endpoint ", "ec2_instance_connect_endpoint"),
    ];

    /// <summary>True for interfaces that a service keeps.</summary>
    public bool IsServiceMade => Describes.Length > 0;

    private static AttachmentKind User(string type, string subnets, params ReadOnlySpan<string> groups) => new(type, [.. groups], subnets, string.Empty);

    private static AttachmentKind Service(string type, string subnets, string describes, params ReadOnlySpan<string> groups) => new(type, [.. groups], subnets, describes, Requester: "amazon-aws");
}

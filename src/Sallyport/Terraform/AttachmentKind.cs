using System.Collections.Immutable;

namespace Sallyport.Terraform;

/// <summary>A type of resource that runs behind groups.</summary>
/// <param name="Type">Such as <c>aws_lambda_function</c>.</param>
/// <param name="Groups">Arguments that name its groups, through nested blocks: <c>vpc_config.security_group_ids</c>.</param>
/// <param name="InterfaceType">As EC2 calls its interfaces.</param>
/// <param name="What">What it is, for people.</param>
internal sealed record AttachmentKind(string Type, string[] Groups, string InterfaceType, string What)
{
    /// <summary>Arguments that name subnets wherever one names groups.</summary>
    public static readonly ImmutableArray<string> SubnetArguments = ["subnet_id", "subnet_ids", "subnets", "client_subnets"];

    /// <summary>Arguments that name groups in types that this table lacks.</summary>
    public static readonly ImmutableArray<string> UsualArguments = ["vpc_security_group_ids", "security_group_ids", "security_groups"];

    /// <summary>By type.</summary>
    public static ImmutableDictionary<string, AttachmentKind> ByType { get; } = new AttachmentKind[]
    {
        new("aws_instance", ["vpc_security_group_ids", "security_groups"], "interface", "instance"),
        new("aws_spot_instance_request", ["vpc_security_group_ids", "security_groups"], "interface", "spot instance"),
        new("aws_spot_fleet_request", ["launch_specification.vpc_security_group_ids"], "interface", "spot fleet"),
        new("aws_launch_template", ["vpc_security_group_ids", "network_interfaces.security_groups"], "interface", "launch template"),
        new("aws_launch_configuration", ["security_groups"], "interface", "launch configuration"),
        new("aws_lb", ["security_groups"], "load_balancer", "load balancer"),
        new("aws_alb", ["security_groups"], "load_balancer", "load balancer"),
        new("aws_elb", ["security_groups"], "load_balancer", "load balancer"),
        new("aws_db_instance", ["vpc_security_group_ids"], "interface", "RDS instance"),
        new("aws_rds_cluster", ["vpc_security_group_ids"], "interface", "RDS cluster"),
        new("aws_db_proxy", ["vpc_security_group_ids"], "interface", "RDS proxy"),
        new("aws_docdb_cluster", ["vpc_security_group_ids"], "interface", "DocumentDB cluster"),
        new("aws_neptune_cluster", ["vpc_security_group_ids"], "interface", "Neptune cluster"),
        new("aws_elasticache_cluster", ["security_group_ids"], "interface", "ElastiCache cluster"),
        new("aws_elasticache_replication_group", ["security_group_ids"], "interface", "ElastiCache replication group"),
        new("aws_elasticache_serverless_cache", ["security_group_ids"], "interface", "ElastiCache serverless cache"),
        new("aws_memorydb_cluster", ["security_group_ids"], "interface", "MemoryDB cluster"),
        new("aws_dax_cluster", ["security_group_ids"], "interface", "DAX cluster"),
        new("aws_lambda_function", ["vpc_config.security_group_ids"], "lambda", "Lambda function"),
        new("aws_ecs_service", ["network_configuration.security_groups"], "interface", "ECS service"),
        new("aws_ecs_task_set", ["network_configuration.security_groups"], "interface", "ECS task set"),
        new("aws_cloudwatch_event_target", ["ecs_target.network_configuration.security_groups"], "interface", "scheduled ECS task"),
        new("aws_scheduler_schedule", ["target.ecs_parameters.network_configuration.security_groups"], "interface", "scheduled ECS task"),
        new("aws_eks_cluster", ["vpc_config.security_group_ids"], "interface", "EKS cluster"),
        new("aws_batch_compute_environment", ["compute_resources.security_group_ids"], "interface", "Batch compute environment"),
        new("aws_redshift_cluster", ["vpc_security_group_ids"], "interface", "Redshift cluster"),
        new("aws_redshiftserverless_workgroup", ["security_group_ids"], "interface", "Redshift workgroup"),
        new("aws_redshiftserverless_endpoint_access", ["vpc_security_group_ids"], "interface", "Redshift endpoint"),
        new("aws_opensearch_domain", ["vpc_options.security_group_ids"], "interface", "OpenSearch domain"),
        new("aws_elasticsearch_domain", ["vpc_options.security_group_ids"], "interface", "Elasticsearch domain"),
        new("aws_opensearchserverless_vpc_endpoint", ["security_group_ids"], "vpc_endpoint", "OpenSearch endpoint"),
        new("aws_msk_cluster", ["broker_node_group_info.security_groups"], "interface", "MSK cluster"),
        new("aws_msk_serverless_cluster", ["vpc_config.security_group_ids"], "interface", "MSK serverless cluster"),
        new("aws_mskconnect_connector", ["kafka_cluster.apache_kafka_cluster.vpc.security_groups"], "interface", "MSK connector"),
        new("aws_mq_broker", ["security_groups"], "interface", "MQ broker"),
        new("aws_efs_mount_target", ["security_groups"], "efs", "EFS mount target"),
        new("aws_fsx_lustre_file_system", ["security_group_ids"], "interface", "FSx file system"),
        new("aws_fsx_windows_file_system", ["security_group_ids"], "interface", "FSx file system"),
        new("aws_fsx_ontap_file_system", ["security_group_ids"], "interface", "FSx file system"),
        new("aws_fsx_openzfs_file_system", ["security_group_ids"], "interface", "FSx file system"),
        new("aws_glue_connection", ["physical_connection_requirements.security_group_id_list"], "interface", "Glue connection"),
        new("aws_emr_cluster",
            ["ec2_attributes.emr_managed_master_security_group", "ec2_attributes.emr_managed_slave_security_group", "ec2_attributes.service_access_security_group"],
            "interface", "EMR cluster"),
        new("aws_sagemaker_notebook_instance", ["security_groups"], "interface", "SageMaker notebook"),
        new("aws_dms_replication_instance", ["vpc_security_group_ids"], "interface", "DMS instance"),
        new("aws_codebuild_project", ["vpc_config.security_group_ids"], "interface", "CodeBuild project"),
        new("aws_mwaa_environment", ["network_configuration.security_group_ids"], "interface", "Airflow environment"),
        new("aws_apprunner_vpc_connector", ["security_groups"], "interface", "App Runner connector"),
        new("aws_transfer_server", ["endpoint_details.security_group_ids"], "interface", "Transfer server"),
        new("aws_route53_resolver_endpoint", ["security_group_ids"], "interface", "Resolver endpoint"),
        new("aws_ec2_client_vpn_endpoint", ["security_group_ids"], "interface", "Client VPN endpoint"),
        new("aws_ec2_instance_connect_endpoint", ["security_group_ids"], "interface", "Instance Connect endpoint"),
        new("aws_apigatewayv2_vpc_link", ["security_group_ids"], "interface", "API Gateway link"),
        new("aws_vpc_endpoint", ["security_group_ids"], "vpc_endpoint", "VPC endpoint"),
        new("aws_network_interface", ["security_groups"], "interface", "network interface"),
    }.ToImmutableDictionary(k => k.Type);
}

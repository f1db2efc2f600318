using System.Collections.Immutable;

namespace Sallyport.CloudFormation.Evaluation;

/// <summary>Ports of databases and caches, whose attributes the CDK uses in rules: the property <c>Port</c>, else the documented default of the engine.</summary>
internal static class ServicePorts
{
    private static readonly ImmutableArray<(string Type, string Attribute, string Engine, string Port)> Defaults =
    [
        ("AWS::RDS::DBInstance", "Endpoint.Port", "postgres", "5432"),
        ("AWS::RDS::DBInstance", "Endpoint.Port", "mysql", "3306"),
        ("AWS::RDS::DBInstance", "Endpoint.Port", "mariadb", "3306"),
        ("AWS::RDS::DBInstance", "Endpoint.Port", "oracle", "1521"),
        ("AWS::RDS::DBInstance", "Endpoint.Port", "sqlserver", "1433"),
        ("AWS::RDS::DBInstance", "Endpoint.Port", "", ""),
        ("AWS::RDS::DBCluster", "Endpoint.Port", "", ""),
        ("AWS::Redshift::Cluster", "Endpoint.Port", "", "5439"),
        ("AWS::DocDB::DBCluster", "Port", "", "27017"),
        ("AWS::Neptune::DBCluster", "Port", "", "8182"),
        ("AWS::ElastiCache::CacheCluster", "RedisEndpoint.Port", "", "6379"),
        ("AWS::ElastiCache::CacheCluster", "ConfigurationEndpoint.Port", "", "11211"),
        ("AWS::ElastiCache::ReplicationGroup", "PrimaryEndPoint.Port", "", "6379"),
        ("AWS::ElastiCache::ReplicationGroup", "ConfigurationEndPoint.Port", "", "6379"),
    ];

    /// <summary>True for an attribute that is such a port.</summary>
    public static bool IsPort(string type, string attribute) => Defaults.Any(d => d.Type == type && d.Attribute == attribute);

    /// <summary>The port of an engine that is told none; null when it is not certain. Amazon's pages contradict each other about Aurora.</summary>
    public static string? Default(string type, string attribute, string? engine) =>
        Defaults.FirstOrDefault(d => d.Type == type && d.Attribute == attribute && (d.Engine.Length == 0 || (engine is not null && engine.StartsWith(d.Engine, StringComparison.OrdinalIgnoreCase)))).Port is { Length: > 0 } port
            ? port
            : null;
}

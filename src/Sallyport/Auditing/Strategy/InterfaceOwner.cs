using Sallyport.Estates;

namespace Sallyport.Auditing.Strategy;

/// <summary>Which AWS service made an interface, by the requester, type and description that services give their own.</summary>
internal sealed record InterfaceOwner(string Name, bool IsDatabase = false)
{
    private static readonly InterfaceOwner LoadBalancer = new("a load balancer");

    private static readonly (string Requester, InterfaceOwner Owner)[] ByRequester =
    [
        ("amazon-rds", new("a database of RDS", IsDatabase: true)),
        ("amazon-redshift", new("a Redshift cluster", IsDatabase: true)),
        ("amazon-elasticache", new("an ElastiCache cluster", IsDatabase: true)),
        ("amazon-elasticsearch", new("an OpenSearch domain", IsDatabase: true)),
        ("amazon-elb", LoadBalancer),
    ];

    private static readonly (string Start, InterfaceOwner Owner)[] ByDescription =
    [
        ("RDSNetworkInterface", new("a database of RDS", IsDatabase: true)),
        ("RedshiftNetworkInterface", new("a Redshift cluster", IsDatabase: true)),
        ("ElastiCache", new("an ElastiCache cluster", IsDatabase: true)),
        ("MemoryDB", new("a MemoryDB cluster", IsDatabase: true)),
        ("DAX ", new("a DAX cluster", IsDatabase: true)),
        ("ES ", new("an OpenSearch domain", IsDatabase: true)),
        ("DMSNetworkInterface", new("a DMS replication instance")),
        ("EFS mount target", new("an EFS mount target")),
        ("Amazon EKS ", new("an EKS control plane")),
        ("AWS Lambda VPC ENI", new("a Lambda function")),
        ("ELB ", LoadBalancer),
        ("VPC Endpoint Interface", new("a VPC endpoint")),
        ("Route 53 Resolver", new("a Route 53 resolver endpoint")),
        ("Attached to Glue", new("a Glue connection")),
        ("Amazon MQ", new("an MQ broker")),
    ];

    private static readonly InterfaceOwner Lambda = new("a Lambda function");

    private static readonly InterfaceOwner Endpoint = new("a VPC endpoint");

    private static readonly InterfaceOwner Service = new("an AWS service");

    /// <summary>Null for an interface that no service made. A description alone proves nothing: users write what they like there.</summary>
    public static InterfaceOwner? Of(NetworkInterface nic)
    {
        foreach (var (requester, owner) in ByRequester)
        {
            if (nic.RequesterId == requester) return owner;
        }

        switch (nic.InterfaceType)
        {
            case "lambda": return Lambda;
            case "vpc_endpoint": return Endpoint;
            case "load_balancer" or "network_load_balancer" or "gateway_load_balancer": return LoadBalancer;
        }

        if (!nic.RequesterManaged) return null;
        foreach (var (start, owner) in ByDescription)
        {
            if (nic.Description.StartsWith(start, StringComparison.Ordinal)) return owner;
        }

        return Service;
    }

    /// <summary>True for an interface of a load balancer.</summary>
    public bool IsLoadBalancer => ReferenceEquals(this, LoadBalancer);
}

using Sallyport.Auditing;

namespace Sallyport.Reports;

/// <summary>The Amazon Resource Name of what a finding is about.</summary>
internal static class ResourceArn
{
    /// <summary>
    /// <c>arn:aws:ec2:eu-west-1:111122223333:security-group/sg-…</c>; parts that are unknown stay empty. An account has none: it is
    /// <c>AWS::::Account:111122223333</c>, as Security Hub writes it.
    /// </summary>
    public static string Of(FindingResource resource)
    {
        var scope = resource.Scope;
        if (resource.Type == FindingResource.AccountType) return $"{FindingResource.AccountType}:{(scope.Account.Length > 0 ? scope.Account : resource.Id)}";
        return $"arn:{scope.Partition}:ec2:{scope.Region}:{scope.Account}:{Kind(resource.Type)}/{resource.Id}";
    }

    private static string Kind(string type) => type switch
    {
        FindingResource.SecurityGroupType => "security-group",
        "AWS::EC2::VPC" => "vpc",
        "AWS::EC2::Subnet" => "subnet",
        "AWS::EC2::NetworkAcl" => "network-acl",
        "AWS::EC2::NetworkInterface" => "network-interface",
        "AWS::EC2::PrefixList" => "prefix-list",
        "AWS::EC2::VPCPeeringConnection" => "vpc-peering-connection",
        "AWS::EC2::RouteTable" => "route-table",
        _ => "resource",
    };
}

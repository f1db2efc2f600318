using Sallyport.Estates;

namespace Sallyport.Connections.Importing;

/// <summary>
/// Tells groups whose rules somebody else keeps: a service that puts its rules back (EKS, EMR, load-balancer controllers,
/// Firewall Manager, directories) or an account that was not read. They are imported read-only (reference:
/// reachability-and-synthesis §8.4.5).
/// </summary>
internal static class ForeignGroups
{
    /// <summary>Who manages the group, as a clause; null when its account does.</summary>
    public static string? ManagerOf(SecurityGroup group, Estate estate)
    {
        var account = group.Scope.Account;
        if (account.Length > 0 && estate.Scopes.All(s => s.Account != account)) return $"the account {account}, which was not read";
        foreach (var (key, _) in group.Tags.Pairs)
        {
            if (key.StartsWith("aws:eks:", StringComparison.Ordinal)) return "Amazon EKS";
            if (key.StartsWith("kubernetes.io/cluster/", StringComparison.Ordinal)) return "a Kubernetes cluster";
            if (key == "elbv2.k8s.aws/cluster") return "the AWS load balancer controller";
            if (key.StartsWith("aws:elasticmapreduce:", StringComparison.Ordinal)) return "Amazon EMR";
            if (key.StartsWith("aws:fms:", StringComparison.Ordinal) || key.StartsWith("FMManaged", StringComparison.Ordinal)) return "AWS Firewall Manager";
        }

        if (group.Name.StartsWith("ElasticMapReduce-", StringComparison.Ordinal)) return "Amazon EMR";
        if (group.Name.StartsWith("eks-cluster-sg-", StringComparison.Ordinal)) return "Amazon EKS";
        if (group.Name.StartsWith("FMManagedSecurityGroup", StringComparison.Ordinal)) return "AWS Firewall Manager";
        return group.Name.StartsWith("d-", StringComparison.Ordinal) && group.Name.EndsWith("_controllers", StringComparison.Ordinal)
            ? "AWS Directory Service"
            : null;
    }
}

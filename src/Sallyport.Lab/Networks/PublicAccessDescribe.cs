using Sallyport.Lab.Wire;

namespace Sallyport.Lab.Networks;

/// <summary>Block public access of VPCs, as the lab's estate had it; a fresh account has it off. A state file does not keep it.</summary>
internal static class PublicAccessDescribe
{
    public static IEnumerable<Operation> All =>
    [
        Operation.Read("DescribeVpcBlockPublicAccessOptions", "DryRun:bool", Options),
        Operation.Read("DescribeVpcBlockPublicAccessExclusions", "DryRun:bool,ExclusionId.n,Filter.n.{Name,Value.n},MaxResults:int,NextToken", Exclusions),
    ];

    private static Reply Options(Call call)
    {
        var (scope, mode) = (call.Scope, call.Here.PublicAccessMode);
        return new Reply(writer =>
        {
            writer.Open("vpcBlockPublicAccessOptions");
            writer.Text("awsAccountId", scope.Account);
            writer.Text("awsRegion", scope.Region);
            writer.Text("state", "default-state");
            writer.Text("internetGatewayBlockMode", mode);
            writer.Text("managedBy", "account");
            writer.Text("exclusionsAllowed", "allowed");
            writer.Close("vpcBlockPublicAccessOptions");
        });
    }

    private static Reply Exclusions(Call call)
    {
        var exclusions = call.Here.PublicAccessExclusions.ToList();
        var scope = call.Scope;
        return new Reply(writer => writer.List("vpcBlockPublicAccessExclusionSet", exclusions, exclusion =>
        {
            var kind = exclusion.Resource.StartsWith("subnet-", StringComparison.Ordinal) ? "subnet" : "vpc";
            writer.Text("exclusionId", exclusion.Id);
            writer.Text("internetGatewayExclusionMode", exclusion.Mode);
            writer.Text("resourceArn", $"arn:aws:ec2:{scope.Region}:{scope.Account}:{kind}/{exclusion.Resource}");
            writer.TextIfAny("state", exclusion.State);
        }));
    }
}

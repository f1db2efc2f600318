using Sallyport.Estates;
using Sallyport.Lab.Wire;

namespace Sallyport.Lab.Throttling;

/// <summary>EC2's buckets: one for each account, Region and API; figures from the request throttling page of the EC2 API reference.</summary>
internal sealed class ApiThrottle
{
    private readonly Dictionary<(Scope Scope, string Api), TokenBucket> _buckets = [];

    /// <summary>Takes a token for a call or refuses it.</summary>
    public void Take(Scope scope, Operation operation, ParameterNode input, DateTimeOffset now)
    {
        var (api, size) = BucketOf(operation, input);
        lock (_buckets)
        {
            if (!_buckets.TryGetValue((scope, api), out var bucket)) _buckets[(scope, api)] = bucket = new TokenBucket(size, now);
            if (!bucket.TryTake(now)) throw Refusals.Throttled();
        }
    }

    /// <summary>The bucket of a call. A listing of everything in one answer has a smaller bucket of its own.</summary>
    private static (string Api, BucketSize Size) BucketOf(Operation operation, ParameterNode input)
    {
        var name = operation.Name;
        var isWhole = name is "DescribeInstances" or "DescribeNetworkInterfaces" or "DescribeSecurityGroups"
            && !input.Has("MaxResults") && !input.Has("NextToken") && !input.Has("Filter")
            && !input.Has("GroupId") && !input.Has("GroupName") && !input.Has("InstanceId") && !input.Has("NetworkInterfaceId");
        return isWhole ? (name + " unpaginated", new BucketSize(50, 10)) : (name, SizeOf(operation));
    }

    private static BucketSize SizeOf(Operation operation) => operation.Name switch
    {
        "CreateTags" or "DeleteTags" => new BucketSize(100, 10),
        "CreateNetworkInterface" or "DeleteNetworkInterface" or "ModifyNetworkInterfaceAttribute" => new BucketSize(100, 5),
        "DescribeSecurityGroupReferences" or "DescribeStaleSecurityGroups" => new BucketSize(20, 5),
        "CreateVpcEndpoint" or "ModifyVpcEndpoint" => new BucketSize(4, 0.3),
        _ when operation.Changes => new BucketSize(50, 5),
        _ => new BucketSize(100, 20),
    };
}

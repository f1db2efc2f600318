using System.Collections.Immutable;

namespace Sallyport.Estates;

/// <summary>A network ACL: ordered, first match, stateless.</summary>
public sealed record NetworkAcl(string Id, Scope Scope, VpcId Vpc)
{
    /// <summary>True for the VPC's default ACL.</summary>
    public bool IsDefault { get; init; }

    /// <summary>Associated subnets, sorted.</summary>
    public ImmutableArray<SubnetId> Subnets { get; init; } = [];

    /// <summary>Sorted by direction, rule number, family.</summary>
    public ImmutableArray<NetworkAclEntry> Entries { get; init; } = [];

    /// <summary>The ACL's tags.</summary>
    public Tags Tags { get; init; } = Tags.None;
}

using System.Collections.Immutable;
using Sallyport.Packets;

namespace Sallyport.Estates;

/// <summary>A VPC and its associated blocks of both families.</summary>
public sealed record Vpc(VpcId Id, Scope Scope)
{
    /// <summary>Associated blocks, sorted; only those in state <c>associated</c>.</summary>
    public ImmutableArray<Cidr> Cidrs { get; init; } = [];

    /// <summary>The Region's default VPC.</summary>
    public bool IsDefault { get; init; }

    /// <summary>The VPC's tags.</summary>
    public Tags Tags { get; init; } = Tags.None;
}

using System.Collections.Immutable;
using Sallyport.Packets;

namespace Sallyport.Estates;

/// <summary>One VPC of a peering.</summary>
public sealed record PeeringEnd(VpcId Vpc, Scope Scope)
{
    /// <summary>Its blocks of both families, sorted, as far as the source tells.</summary>
    public ImmutableArray<Cidr> Cidrs { get; init; } = [];
}

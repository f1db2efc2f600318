using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Differences;

/// <summary>One side of a <see cref="DiffBox"/>, by the name a reader knows it by.</summary>
/// <param name="Kind">What is named.</param>
/// <param name="Id">As an endpoint of the contract: a group or interface id, <c>vpc-…/address</c>, blocks, or a prefix list's id.</param>
public sealed record DiffEnd(DiffEndKind Kind, string Id)
{
    /// <summary>A name beside the id; empty when there is none.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>The group of <see cref="DiffEndKind.Group"/>; null otherwise.</summary>
    public SecurityGroupId? Group { get; init; }

    /// <summary>Which of the group's interfaces (or addresses of them) are meant; empty when all are.</summary>
    public ImmutableArray<DiffEnd> Part { get; init; } = [];

    /// <summary>How many addresses of the family the group's interfaces have, where only a part is meant.</summary>
    public int PartOf { get; init; }

    /// <summary>The interface of <see cref="DiffEndKind.Interface"/> and <see cref="DiffEndKind.Address"/>; null otherwise.</summary>
    public NetworkInterfaceId? Interface { get; init; }

    /// <summary>The blocks of <see cref="DiffEndKind.Blocks"/>, the address of <see cref="DiffEndKind.Address"/>.</summary>
    public ImmutableArray<Cidr> Blocks { get; init; } = [];

    /// <summary>
    /// Blocks mean the addresses that no interface holds in either estate; true when every interface with an address in them is meant too.
    /// </summary>
    public bool IncludesInterfaces { get; init; }

    /// <summary>True among unknown flows for addresses that only the old estate has: the name means those.</summary>
    public bool IsGone { get; init; }

    /// <summary><c>web (sg-…)</c>, <c>web (sg-…), 13 of 16</c>, or the id; of a very long name a part.</summary>
    public override string ToString() =>
        (Name.Length == 0 ? Id : $"{ShownText.NameOf(Name)} ({Id})") + (Part.IsEmpty ? string.Empty : $", {Part.Length} of {PartOf}") + (IsGone ? ", as it was" : string.Empty);
}

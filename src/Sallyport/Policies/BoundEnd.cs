using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Policies;

/// <summary>
/// One name of a test, found in an estate: groups, or the blocks or prefix lists of an external, or everybody. A block of every
/// address (/0) stands for the internet: public addresses that no interface holds.
/// </summary>
/// <param name="Name">As the file says it; <c>*</c> for everybody.</param>
public sealed record BoundEnd(string Name)
{
    /// <summary>True for <c>*</c>: every interface, every address outside, and every member to come.</summary>
    public bool IsEverybody { get; init; }

    /// <summary>The groups behind the name, sorted by id.</summary>
    public ImmutableArray<BoundGroup> Groups { get; init; } = [];

    /// <summary>Blocks of an external.</summary>
    public ImmutableArray<Cidr> Cidrs { get; init; } = [];

    /// <summary>Prefix lists of an external: one for each Region that it is needed in, sorted.</summary>
    public ImmutableArray<PrefixListId> PrefixLists { get; init; } = [];
}

using System.Collections.Immutable;
using Sallyport.Connectivity.Questions;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Differences;

/// <summary>Flows between everybody on one side and everybody on the other. Boxes of one list may overlap; together they are exact.</summary>
/// <param name="From">Who opens the connection.</param>
/// <param name="To">Who is asked.</param>
/// <param name="Services">On which services; never empty.</param>
public sealed record DiffBox(DiffEnd From, DiffEnd To, ServiceSet Services)
{
    /// <summary>The families the box speaks of; both when it is the same in both.</summary>
    public ImmutableArray<IpFamily> Families { get; init; } = [];

    /// <summary>
    /// One packet of the box, found true by walking the rules one by one: through in one estate, stopped in the other. Null for flows
    /// that are unknown and for symbolic ones.
    /// </summary>
    public Witness? Witness { get; init; }

    /// <summary>What made the difference, as far as the witness shows.</summary>
    public ImmutableArray<DiffCause> Because { get; init; } = [];

    /// <summary>What was not read and decides the box; empty for certain flows.</summary>
    public ImmutableArray<EstateGap> Gaps { get; init; } = [];
}

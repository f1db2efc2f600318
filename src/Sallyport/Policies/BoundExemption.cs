using System.Collections.Immutable;
using Sallyport.Packets;

namespace Sallyport.Policies;

/// <summary>An exception of the file, found in an estate. It relaxes its test for these ends and services only.</summary>
/// <param name="Id">Its id in the file.</param>
/// <param name="From">Who may; never empty.</param>
/// <param name="To">Who may be reached; never empty.</param>
/// <param name="Services">Empty means any service.</param>
/// <param name="Expires">The last day it holds, UTC.</param>
public sealed record BoundExemption(string Id, ImmutableArray<BoundEnd> From, ImmutableArray<BoundEnd> To, ImmutableArray<Service> Services, DateOnly Expires)
{
    /// <summary>True until the end of its last day.</summary>
    public bool HoldsOn(DateOnly today) => today <= Expires;
}

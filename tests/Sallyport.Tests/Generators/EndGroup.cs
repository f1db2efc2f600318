using System.Collections.Immutable;
using Sallyport.Connectivity;
using Sallyport.Packets;

namespace Sallyport.Tests.Generators;

/// <summary>
/// A set of ends twice: as the model makes it, and as the list of its members that brute force walks. One member is one end, or,
/// for a group that nothing carries, all the addresses its first member could have.
/// </summary>
internal sealed record EndGroup(EndpointSet Set, ImmutableArray<ImmutableArray<Endpoint>> Members)
{
    public EndGroup(EndpointSet set, IEnumerable<Endpoint> ends)
        : this(set, [.. ends.Distinct().Select(e => ImmutableArray.Create(e))])
    {
    }

    /// <summary>True when every member is an address outside, so that pairs of such addresses are meant.</summary>
    public bool IsOutside => Members.All(m => m[0].Interface is null);

    /// <summary>True when the set names one address outside, and no block of them.</summary>
    public bool IsSingle(IpFamily family) => Set.Outside(family).Count == 1;
}

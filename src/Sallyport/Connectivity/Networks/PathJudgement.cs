using System.Collections.Immutable;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Networks;

/// <summary>
/// What lies between two endpoints apart from their groups: network ACLs, routes, gateways, public addresses, judged for the
/// packet and for its answer. (reference: reachability-and-synthesis §4)
/// </summary>
public sealed record PathJudgement
{
    /// <summary>What the network ACLs let through, there and back.</summary>
    public Passage Nacl { get; init; } = Passage.Everything;

    /// <summary>What the routes carry, there and back.</summary>
    public Passage Route { get; init; } = Passage.Everything;

    /// <summary>Services whose answers only part of the ephemeral ports get back; a subset of what <see cref="Nacl"/> lets through.</summary>
    public ServiceSet PartlyAnswered { get; init; } = ServiceSet.Empty;

    /// <summary>False when something on the way takes packets in and sends them out again: references to groups then match nothing.</summary>
    public bool ReferencesApply { get; init; } = true;

    /// <summary>The address the target sees as source when it was translated on the way; null when it is the source's own.</summary>
    public Address? SourceSeenAs { get; init; }

    /// <summary>What stopped, translated or could not be judged, in order of travel.</summary>
    public ImmutableArray<PathNote> Notes { get; init; } = [];
}

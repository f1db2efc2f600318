using Sallyport.Estates;

namespace Sallyport.Connectivity;

/// <summary>When a reference to a group can match at all.</summary>
public static class GroupReference
{
    /// <summary>
    /// False for a stale reference: its peering is gone, and EC2 keeps the rule. It matches nothing.
    /// (reference: reachability-and-synthesis §3, "Stale")
    /// </summary>
    public static bool IsAlive(GroupPeer peer) => peer.PeeringStatus is null or "active";

    /// <summary>
    /// True for a reference that code leaves open (a variable, a parameter, a data source, another stack): it may mean any group, one of
    /// the estate too, so what it lets through is unknown and not nothing.
    /// </summary>
    public static bool IsUnresolved(GroupPeer peer, Estate estate) =>
        !peer.Group.Value.StartsWith("sg-", StringComparison.Ordinal) && !estate.Index.Groups.ContainsKey(peer.Group);
}

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
}

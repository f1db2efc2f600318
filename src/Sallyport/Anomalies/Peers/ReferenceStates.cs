using Sallyport.Connectivity;
using Sallyport.Connectivity.Tables;
using Sallyport.Estates;

namespace Sallyport.Anomalies.Peers;

/// <summary>
/// Which references to groups can still match. EC2 keeps a rule whose peering, VPC association or transit gateway is gone, and takes none
/// that could not work when it was made. (reference: ec2-semantics §5)
/// </summary>
internal sealed class ReferenceStates(EstateFacts facts)
{
    private readonly Dictionary<PeeringId, string> _peerings = facts.Estate.Peerings.ToDictionary(p => p.Id, p => p.Status);
    private readonly Lazy<VpcLinks> _links = new(() => new VpcLinks(facts.Estate));

    /// <summary>Why a reference on a rule of the group matches nothing whoever carries the groups; null when it may match.</summary>
    public string? StaleReason(SecurityGroup owner, Direction direction, GroupPeer peer)
    {
        if (!GroupReference.IsAlive(peer)) return $"its peering {peer.Peering} is {peer.PeeringStatus}";
        if (peer.Peering is { } peering && _peerings.TryGetValue(peering, out var state) && state != "active") return $"its peering {peering} is {state}";
        if (!facts.Estate.Index.Groups.TryGetValue(peer.Group, out var far))
        {
            // EC2 names the owner of every group beyond a peering, and forgets it with the group. Inside one VPC a group that a rule
            // names cannot be deleted, so there a group that was not found was only not read.
            return peer.Peering is not null && peer.Account is null ? $"group {peer.Group} is gone" : null;
        }

        return IsApart(owner, direction, far) ? $"nothing connects {owner.Vpc} with {far.Vpc}" : null;
    }

    /// <summary>True when no interface that may carry the one group is linked with any that may carry the other.</summary>
    private bool IsApart(SecurityGroup owner, Direction direction, SecurityGroup far)
    {
        if (owner.Vpc is not { } home || far.Vpc is not { } away || home == away || facts.IsMissingAnywhere(GapKind.VpcAssociations)) return false;
        foreach (var a in facts.VpcIdsOf(owner.Id).Append(home))
        {
            foreach (var b in facts.VpcIdsOf(far.Id).Append(away))
            {
                if (_links.Value.Between(a, b).Carries(direction) is not false) return false;
            }
        }

        return true;
    }
}

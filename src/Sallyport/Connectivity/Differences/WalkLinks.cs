using Sallyport.Estates;

namespace Sallyport.Connectivity.Differences;

/// <summary>What one estate says about VPCs between which references match, read off for <see cref="RuleWalk"/>.</summary>
internal sealed class WalkLinks
{
    private readonly HashSet<(VpcId, VpcId)> _peered = [];
    private readonly HashSet<(VpcId, VpcId)> _transit = [];
    private readonly Dictionary<(VpcId, VpcId), HashSet<PeeringId?>> _vouched = [];
    private readonly HashSet<PeeringId> _read;

    public WalkLinks(Estate estate)
    {
        _read = [.. estate.Peerings.Select(p => p.Id)];
        foreach (var peering in estate.Peerings)
        {
            if (peering.Status != "active" || peering.Requester.Scope.Region != peering.Accepter.Scope.Region) continue;
            _peered.Add((peering.Requester.Vpc, peering.Accepter.Vpc));
            _peered.Add((peering.Accepter.Vpc, peering.Requester.Vpc));
        }

        foreach (var a in estate.TransitGatewayAttachments.Where(Refers))
        {
            foreach (var b in estate.TransitGatewayAttachments.Where(Refers))
            {
                if (a.TransitGateway == b.TransitGateway) _transit.Add((a.Vpc, b.Vpc));
            }
        }

        foreach (var group in estate.SecurityGroups)
        {
            foreach (var rule in group.Rules)
            {
                if (group.Vpc is { } home && rule.Peer is GroupPeer { PeeringStatus: "active", Vpc: { } away } peer) Vouch(home, away, peer.Peering);
            }
        }
    }

    /// <summary>True for an active peering in one Region.</summary>
    public bool ArePeered(VpcId a, VpcId b) => _peered.Contains((a, b));

    /// <summary>True for a transit gateway with referencing on.</summary>
    public bool ShareTransit(VpcId a, VpcId b) => _transit.Contains((a, b));

    /// <summary>True when EC2 says on a rule that the two are peered. That counts where the peering itself was not read.</summary>
    public bool VouchFor(VpcId a, VpcId b, WalkLinks read) =>
        _vouched.TryGetValue((a, b), out var peerings) && peerings.Any(p => p is not { } id || !read._read.Contains(id));

    private static bool Refers(TransitGatewayAttachment attachment) => attachment is { SecurityGroupReferencing: true, State: "available" or "" };

    private void Vouch(VpcId home, VpcId away, PeeringId? peering)
    {
        foreach (var pair in new[] { (home, away), (away, home) })
        {
            if (!_vouched.TryGetValue(pair, out var peerings)) _vouched.Add(pair, peerings = []);
            peerings.Add(peering);
        }
    }
}

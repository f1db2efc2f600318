using Sallyport.Estates;

namespace Sallyport.Connections.Compiling;

/// <summary>
/// Who may refer to whom, and how EC2 reads such a reference back: same VPC, VPC association, active peering in one Region,
/// transit gateway with referencing on. (reference: ec2-semantics §5)
/// </summary>
internal sealed class ReferenceScope
{
    private readonly Dictionary<(VpcId, VpcId), PeeringId> _peerings = [];
    private readonly ILookup<SecurityGroupId, VpcId> _associations;
    private readonly ILookup<VpcId, string> _transitGateways;
    private readonly bool _peeringsUnknown;

    public ReferenceScope(Estate estate)
    {
        foreach (var peering in estate.Peerings.Where(p => p.Status == "active" && p.Requester.Scope.Region == p.Accepter.Scope.Region))
        {
            _peerings.TryAdd((peering.Requester.Vpc, peering.Accepter.Vpc), peering.Id);
            _peerings.TryAdd((peering.Accepter.Vpc, peering.Requester.Vpc), peering.Id);
        }

        _associations = estate.VpcAssociations.Where(a => a.State == "associated").ToLookup(a => a.Group, a => a.Vpc);
        _transitGateways = estate.TransitGatewayAttachments
            .Where(a => a is { SecurityGroupReferencing: true, State: "available" or "" })
            .ToLookup(a => a.Vpc, a => a.TransitGateway);
        _peeringsUnknown = estate.Gaps.Any(g => g.What == GapKind.Peerings);
    }

    /// <summary>Whether a rule on <paramref name="owner"/> may name <paramref name="far"/>.</summary>
    public ReferenceKind Judge(SecurityGroup owner, SecurityGroup far)
    {
        if (owner.Id == far.Id) return ReferenceKind.Permitted;
        if (owner.Scope.Region.Length > 0 && far.Scope.Region.Length > 0 && owner.Scope.Region != far.Scope.Region) return ReferenceKind.OtherRegion;
        if (owner.Vpc is not { } home || far.Vpc is not { } away) return ReferenceKind.VpcUnknown;
        if (VpcsOf(owner, home).Intersect(VpcsOf(far, away)).Any() || _peerings.ContainsKey((home, away))) return ReferenceKind.Permitted;
        if (_transitGateways[home].Intersect(_transitGateways[away]).Any()) return ReferenceKind.IngressOnly;
        return _peeringsUnknown ? ReferenceKind.PeeringsUnknown : ReferenceKind.Unrelated;
    }

    /// <summary>The reference as EC2 reads it back on a rule of <paramref name="owner"/>.</summary>
    public GroupPeer PeerOf(SecurityGroup owner, SecurityGroup far)
    {
        var peer = new GroupPeer(far.Id) { Account = far.Scope.Account.Length == 0 ? null : far.Scope.Account };
        if (owner.Vpc is not { } home || far.Vpc is not { } away || home == away) return peer;
        return _peerings.TryGetValue((home, away), out var peering)
            ? peer with { Vpc = away, Peering = peering, PeeringStatus = "active" }
            : peer with { Vpc = away };
    }

    private IEnumerable<VpcId> VpcsOf(SecurityGroup group, VpcId home) => _associations[group.Id].Prepend(home);
}

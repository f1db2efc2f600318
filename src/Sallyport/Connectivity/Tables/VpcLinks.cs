using Sallyport.Estates;

namespace Sallyport.Connectivity.Tables;

/// <summary>
/// Between which VPCs references to groups match. What EC2 itself says on a rule (<c>peeringStatus: active</c>) counts as a
/// reading of the peering. (reference: ec2-semantics §5)
/// </summary>
internal sealed class VpcLinks
{
    private readonly Dictionary<VpcId, int> _index = [];
    private readonly Dictionary<(int, int), VpcLink> _links = [];
    private readonly VpcLink _otherwise;

    public VpcLinks(Estate estate)
    {
        // Every VPC that anybody may ask about gets its number here: afterwards looking one up changes nothing.
        foreach (var vpc in estate.VpcAssociations.Select(a => a.Vpc).Concat(estate.Vpcs.Select(v => v.Id))) IndexOf(vpc);
        _otherwise = estate.Gaps.Any(g => g.What is GapKind.Peerings or GapKind.TransitGateways or GapKind.Scope) ? VpcLink.Unknown : VpcLink.None;
        foreach (var far in estate.TransitGatewayAttachments
            .Where(a => a is { SecurityGroupReferencing: true, State: "available" or "" })
            .GroupBy(a => a.TransitGateway, a => a.Vpc, StringComparer.Ordinal))
        {
            var vpcs = far.Distinct().ToList();
            foreach (var a in vpcs)
            {
                foreach (var b in vpcs.Where(v => v != a)) _links[(IndexOf(a), IndexOf(b))] = VpcLink.IngressOnly;
            }
        }

        foreach (var peering in estate.Peerings.Where(p => p.Status == "active" && p.Requester.Scope.Region == p.Accepter.Scope.Region))
        {
            Link(peering.Requester.Vpc, peering.Accepter.Vpc);
        }

        var known = estate.Peerings.Select(p => p.Id).ToHashSet();
        foreach (var group in estate.SecurityGroups)
        {
            if (group.Vpc is not { } home) continue;
            foreach (var rule in group.Rules)
            {
                if (rule.Peer is GroupPeer { PeeringStatus: "active", Vpc: { } away, Peering: var id } && !(id is { } named && known.Contains(named))) Link(home, away);
            }
        }
    }

    /// <summary>A VPC as a number; -1 when it is not known.</summary>
    public int IndexOf(VpcId? vpc)
    {
        if (vpc is not { } id) return -1;
        if (!_index.TryGetValue(id, out var index)) _index.Add(id, index = _index.Count);
        return index;
    }

    /// <summary>Between two VPCs; an interface whose VPC is not known is linked with its like only.</summary>
    public VpcLink Between(int a, int b)
    {
        if (a == b) return VpcLink.Full;
        return a < 0 || b < 0 ? VpcLink.Unknown : _links.GetValueOrDefault((a, b), _otherwise);
    }

    private void Link(VpcId a, VpcId b)
    {
        _links[(IndexOf(a), IndexOf(b))] = VpcLink.Full;
        _links[(IndexOf(b), IndexOf(a))] = VpcLink.Full;
    }
}

using Sallyport.Estates;

namespace Sallyport.Connectivity.Tables;

/// <summary>
/// Between which VPCs references to groups match. What EC2 itself says on a rule (<c>peeringStatus: active</c>) counts as a
/// reading of the peering; a gap counts for the VPCs of its scope only. (reference: ec2-semantics §5)
/// </summary>
internal sealed class VpcLinks
{
    private readonly Dictionary<VpcId, int> _index = [];
    private readonly List<VpcId> _vpcs = [];
    private readonly Dictionary<(int, int), VpcLink> _links = [];
    private readonly Dictionary<int, VpcLink> _unread = [];
    private readonly VpcLink _otherwise;

    public VpcLinks(Estate estate)
    {
        // Every VPC that anybody may ask about gets its number here: afterwards looking one up changes nothing.
        foreach (var vpc in estate.VpcAssociations.Select(a => a.Vpc).Concat(estate.Vpcs.Select(v => v.Id))) IndexOf(vpc);
        var gaps = estate.Gaps.Where(g => g.What is GapKind.Peerings or GapKind.TransitGateways or GapKind.Scope).ToList();
        _otherwise = PerhapsOver(gaps);
        foreach (var vpc in estate.Vpcs)
        {
            var scope = vpc.Scope.ToString();
            _unread[IndexOf(vpc.Id)] = PerhapsOver(gaps.Where(g => g.Where.Length == 0 || g.Where == scope));
        }

        foreach (var gateway in estate.TransitGatewayAttachments
            .Where(a => a is { SecurityGroupReferencing: not false, State: "available" or "" })
            .GroupBy(a => a.TransitGateway, StringComparer.Ordinal))
        {
            foreach (var a in gateway)
            {
                foreach (var b in gateway.Where(b => b.Vpc != a.Vpc)) Attach(a, b);
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
        if (_index.TryGetValue(id, out var index)) return index;
        _index.Add(id, index = _index.Count);
        _vpcs.Add(id);
        return index;
    }

    /// <summary>Every VPC that has a number, by number.</summary>
    public IReadOnlyList<VpcId> Vpcs => _vpcs;

    /// <summary>Between two VPCs, whether or not the estate knows them.</summary>
    public VpcLink Between(VpcId a, VpcId b)
    {
        if (a == b) return VpcLink.Full;
        return _index.TryGetValue(a, out var from) && _index.TryGetValue(b, out var to) ? Between(from, to) : _otherwise;
    }

    /// <summary>Between two VPCs; an interface whose VPC is not known is linked with its like only.</summary>
    public VpcLink Between(int a, int b)
    {
        if (a == b) return VpcLink.Full;
        if (a < 0 || b < 0) return VpcLink.Unknown;
        return _links.GetValueOrDefault((a, b), VpcLink.None).Or(_unread.GetValueOrDefault(a, _otherwise)).Or(_unread.GetValueOrDefault(b, _otherwise));
    }

    private static VpcLink PerhapsOver(IEnumerable<EstateGap> gaps) =>
        gaps.Aggregate(VpcLink.None, (link, gap) => link.Or(gap.What == GapKind.TransitGateways ? VpcLink.IngressUnknown : VpcLink.Unknown));

    private void Attach(TransitGatewayAttachment a, TransitGatewayAttachment b)
    {
        var ends = (IndexOf(a.Vpc), IndexOf(b.Vpc));
        var isCertain = a.SecurityGroupReferencing == true && b.SecurityGroupReferencing == true;
        _links[ends] = _links.GetValueOrDefault(ends, VpcLink.None).Or(isCertain ? VpcLink.IngressOnly : VpcLink.IngressUnknown);
    }

    private void Link(VpcId a, VpcId b)
    {
        _links[(IndexOf(a), IndexOf(b))] = VpcLink.Full;
        _links[(IndexOf(b), IndexOf(a))] = VpcLink.Full;
    }
}

using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connections.Importing;

/// <summary>Whether rules of one group may name another, and whether their VPCs have a way to each other at all.</summary>
internal sealed class GroupReferences(Estate estate)
{
    private readonly Dictionary<VpcId, bool> _middleboxes = [];

    /// <summary>
    /// <see cref="PeerForm.Auto"/> where the compiler writes a reference of itself: inside one VPC or over an active peering inside
    /// one Region, without a middlebox in the way, and where nobody knows the VPCs. Else <see cref="PeerForm.Group"/>: an imported
    /// reference stays a reference.
    /// </summary>
    public PeerForm FormOf(SecurityGroup a, SecurityGroup b) =>
        a.Vpc is null || b.Vpc is null || (MayRefer(a, b) && !HasMiddlebox(a.Vpc) && !HasMiddlebox(b.Vpc)) ? PeerForm.Auto : PeerForm.Group;

    /// <summary>True when EC2 accepts a reference between the two: one VPC, or an active peering inside one Region.</summary>
    public bool MayRefer(SecurityGroup a, SecurityGroup b) =>
        a.Vpc is { } from && b.Vpc is { } to && (from == to || (a.Scope.Region == b.Scope.Region && ArePeered(from, to)));

    /// <summary>
    /// True when packets can travel between the two VPCs as far as the estate tells: one VPC, an active peering, transit gateway
    /// attachments on both; or, when neither was read, blocks that do not overlap.
    /// </summary>
    public bool AreConnected(SecurityGroup a, SecurityGroup b)
    {
        if (a.Vpc is not { } from || b.Vpc is not { } to) return false;
        if (from == to || ArePeered(from, to)) return true;
        if (IsOnTransitGateway(from) && IsOnTransitGateway(to)) return true;
        return estate.Index.HasGap(GapKind.Peerings, a.Scope) && !Overlap(from, to);
    }

    private bool ArePeered(VpcId a, VpcId b) => estate.Peerings.Any(p =>
        p.Status == "active" && ((p.Requester.Vpc == a && p.Accepter.Vpc == b) || (p.Requester.Vpc == b && p.Accepter.Vpc == a)));

    private bool IsOnTransitGateway(VpcId vpc) => estate.TransitGatewayAttachments.Any(a => a.Vpc == vpc);

    private bool Overlap(VpcId a, VpcId b) => CidrsOf(a).Any(x => CidrsOf(b).Any(y => x.Contains(y) || y.Contains(x)));

    private ImmutableArray<Cidr> CidrsOf(VpcId vpc) => estate.Index.Vpcs.TryGetValue(vpc, out var found) ? found.Cidrs : [];

    private bool HasMiddlebox(VpcId? vpc)
    {
        if (vpc is not { } id) return false;
        if (_middleboxes.TryGetValue(id, out var known)) return known;
        return _middleboxes[id] = estate.RouteTables.Any(t => t.Vpc == id && t.Routes.Any(r =>
            r.Destination is { PrefixLength: > 0 } && (r.Interface is not null || r.Target.StartsWith("eni-", StringComparison.Ordinal)
                || r.Target.StartsWith("i-", StringComparison.Ordinal) || r.Target.StartsWith("vpce-", StringComparison.Ordinal))));
    }
}

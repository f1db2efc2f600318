using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Reachability;

namespace Sallyport.Planning;

/// <summary>
/// What must stay allowed while one group and direction changes: everything that is allowed before and after. Decides whether
/// rules may go, or be swapped, at a given state.
/// </summary>
internal sealed class HeadroomBound
{
    private readonly Estate _estate;
    private readonly AllowedTraffic _required;

    public HeadroomBound(Estate estate, IEnumerable<RuleKey> before, IEnumerable<RuleKey> after)
    {
        _estate = estate;
        After = Traffic(after);
        _required = Traffic(before).Intersect(After);
    }

    /// <summary>What is allowed at the end.</summary>
    public AllowedTraffic After { get; }

    /// <summary>EC2 refuses to change the kind of a rule's peer in place; the two families are two kinds.</summary>
    public static int KindOf(Peer peer) => peer switch
    {
        CidrPeer { Cidr.Family: IpFamily.V4 } => 0,
        CidrPeer => 1,
        GroupPeer => 2,
        _ => 3,
    };

    /// <summary>
    /// Whether rules may go when others come in the same call: everything allowed before and after stays allowed, symbolically;
    /// and no rule still missing may speak of the same packets in another way (a block here, a group there), which sets of atoms
    /// cannot see.
    /// </summary>
    public bool MayLeave(IEnumerable<RuleKey> state, IEnumerable<RuleKey> missing, IReadOnlyCollection<RuleKey> leaving, IReadOnlyCollection<RuleKey> coming)
    {
        if (missing.Any(m => !coming.Contains(m) && leaving.Any(r => MayBeTheSame(r, m)))) return false;
        return _required.IsSubsetOf(Traffic(state.Except(leaving).Concat(coming)));
    }

    public AllowedTraffic Traffic(IEnumerable<RuleKey> rules) => AllowedTraffic.Of(rules, _estate.Index.EntriesOf);

    private bool MayBeTheSame(RuleKey a, RuleKey b) =>
        a.Peer != b.Peer && ServiceSet.Of(a.Service).Overlaps(ServiceSet.Of(b.Service)) && (a.Peer, b.Peer) switch
        {
            (CidrPeer, CidrPeer) => false,
            (GroupPeer, GroupPeer) => true,
            (GroupPeer group, CidrPeer cidr) => MayHold(cidr.Cidr, group),
            (CidrPeer cidr, GroupPeer group) => MayHold(cidr.Cidr, group),
            (PrefixListPeer list, CidrPeer) => _estate.Index.EntriesOf(list.PrefixList) is null,
            (CidrPeer, PrefixListPeer list) => _estate.Index.EntriesOf(list.PrefixList) is null,
            (PrefixListPeer x, PrefixListPeer y) => _estate.Index.EntriesOf(x.PrefixList) is null || _estate.Index.EntriesOf(y.PrefixList) is null,
            (PrefixListPeer list, GroupPeer group) => MayHold(list, group),
            (GroupPeer group, PrefixListPeer list) => MayHold(list, group),
            _ => true,
        };

    private bool MayHold(PrefixListPeer list, GroupPeer group) =>
        _estate.Index.EntriesOf(list.PrefixList) is not { } entries || entries.Any(e => MayHold(e.Cidr, group));

    // Members' addresses lie in the blocks of the group's VPC; without the VPC every block may hold one.
    private bool MayHold(Cidr cidr, GroupPeer peer)
    {
        var vpc = peer.Vpc ?? (_estate.Index.Groups.TryGetValue(peer.Group, out var group) ? group.Vpc : null);
        if (vpc is null || !_estate.Index.Vpcs.TryGetValue(vpc.Value, out var known) || known.Cidrs.IsEmpty) return true;
        return known.Cidrs.Any(c => c.Contains(cidr) || cidr.Contains(c));
    }
}

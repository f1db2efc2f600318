using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Anomalies.Overlaps;

/// <summary>
/// What a rule allows, symbolically: an interval of services times the blocks of its peer. A group, and a list whose entries were not
/// read, is a symbol: equal to itself and apart from everything else.
/// </summary>
internal sealed class RuleBox
{
    private AddressSet? _v4;
    private AddressSet? _v6;

    private RuleBox(SecurityGroupRule rule, int index, Peer peer, ImmutableArray<Cidr>? blocks) =>
        (Rule, Index, Peer, Blocks, Services) = (rule, index, peer, blocks, rule.Service.Interval);

    public SecurityGroupRule Rule { get; }

    /// <summary>Its place among the rules of its side.</summary>
    public int Index { get; }

    /// <summary>The same for all peers that stand for the same addresses.</summary>
    public Peer Peer { get; }

    /// <summary>Sorted and disjoint; null for a symbol; empty for a list without entries.</summary>
    public ImmutableArray<Cidr>? Blocks { get; }

    public Interval Services { get; }

    /// <summary>True when no address can match.</summary>
    public bool IsEmpty => Blocks is { IsEmpty: true };

    /// <summary>True for a list whose entries were not read: it may stand for any addresses.</summary>
    public bool IsUnread => Blocks is null && Peer is PrefixListPeer;

    public static RuleBox Of(SecurityGroupRule rule, int index, EstateFacts facts) =>
        new(rule, index, facts.CanonicalPeer(rule.Peer), facts.BlocksOf(rule.Peer));

    /// <summary>The peer's addresses of one family; empty for a symbol.</summary>
    public AddressSet Addresses(IpFamily family) => family == IpFamily.V4
        ? _v4 ??= AddressSet.Of(family, Blocks ?? [])
        : _v6 ??= AddressSet.Of(family, Blocks ?? []);

    /// <summary>True when the services of both share a point.</summary>
    public bool MeetsServices(RuleBox other) => Services.First <= other.Services.Last && other.Services.First <= Services.Last;

    /// <summary>True when its services hold all of the other's.</summary>
    public bool HoldsServices(RuleBox other) => Services.First <= other.Services.First && other.Services.Last <= Services.Last;

    /// <summary>
    /// What a comparison with others rests on: with the entries of a list as they were read, unless all of them name the same list.
    /// </summary>
    public AnomalyBasis BasisAgainst(IEnumerable<RuleBox> others) =>
        others.Any(o => !o.Rule.Peer.Equals(Rule.Peer) && (o.Rule.Peer is PrefixListPeer || Rule.Peer is PrefixListPeer)) ? AnomalyBasis.Snapshot : AnomalyBasis.Symbolic;

    /// <summary>How this box lies to another. Empty boxes are apart from everything.</summary>
    public BoxRelation To(RuleBox other)
    {
        if (!MeetsServices(other)) return BoxRelation.Apart;
        var peers = PeerTo(other);
        if (peers == BoxRelation.Apart) return BoxRelation.Apart;
        var isWithin = peers is BoxRelation.Equal or BoxRelation.Within && other.HoldsServices(this);
        var holds = peers is BoxRelation.Equal or BoxRelation.Holds && HoldsServices(other);
        return (isWithin, holds) switch
        {
            (true, true) => BoxRelation.Equal,
            (true, false) => BoxRelation.Within,
            (false, true) => BoxRelation.Holds,
            _ => BoxRelation.Crossing,
        };
    }

    private BoxRelation PeerTo(RuleBox other)
    {
        if (Blocks is not { } own || other.Blocks is not { } others) return Peer.Equals(other.Peer) ? BoxRelation.Equal : BoxRelation.Apart;
        if (own is [var a] && others is [var b])
        {
            if (a == b) return BoxRelation.Equal;
            return a.Contains(b) ? BoxRelation.Holds : b.Contains(a) ? BoxRelation.Within : BoxRelation.Apart;
        }

        if (IsEmpty || other.IsEmpty) return BoxRelation.Apart;
        if (Peer.Equals(other.Peer)) return BoxRelation.Equal;
        var (v4, v6) = (Addresses(IpFamily.V4), Addresses(IpFamily.V6));
        var (other4, other6) = (other.Addresses(IpFamily.V4), other.Addresses(IpFamily.V6));
        if (!v4.Overlaps(other4) && !v6.Overlaps(other6)) return BoxRelation.Apart;
        if (v4.IsSubsetOf(other4) && v6.IsSubsetOf(other6)) return BoxRelation.Within;
        return other4.IsSubsetOf(v4) && other6.IsSubsetOf(v6) ? BoxRelation.Holds : BoxRelation.Crossing;
    }
}

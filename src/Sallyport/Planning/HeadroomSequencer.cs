using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Reachability;

namespace Sallyport.Planning;

/// <summary>
/// Orders the changes of one group and direction when old and new rules together do not fit under the quota. A rule goes before
/// everything new is there only if what it shares with the new rules stays allowed by others; where nothing can go and nothing
/// fits, rules are swapped in place in one call. Nothing it does ever leaves <c>old ∩ new ⊆ now ⊆ old ∪ new</c>.
/// The search is greedy with swaps as its way out: it may refuse a change that some cleverer order would manage, and it never
/// proposes an unsafe one.
/// </summary>
internal sealed class HeadroomSequencer
{
    private const int MaxSinglePairs = 4096;

    private readonly Estate _estate;
    private readonly RuleQuota _quota;
    private readonly int _limit;
    private readonly AllowedTraffic _new;
    private readonly AllowedTraffic _required;
    private readonly SortedDictionary<RuleKey, bool> _state = [];
    private readonly List<TargetRule> _missing;
    private readonly List<SecurityGroupRule> _leaving;
    private readonly ImmutableArray<Move>.Builder _moves = ImmutableArray.CreateBuilder<Move>();
    private RuleWeight _weight;

    public HeadroomSequencer(Estate estate, RuleQuota quota, int limit, IReadOnlyList<RuleKey> now, IReadOnlyList<TargetRule> add, IReadOnlyList<SecurityGroupRule> remove)
    {
        _estate = estate;
        _quota = quota;
        _limit = limit;
        foreach (var key in now) _state[key] = true;
        var kept = now.Except(remove.Select(r => r.Key));
        _new = Traffic(kept.Concat(add.Select(a => a.Key)));
        _required = Traffic(now).Intersect(_new);
        _leaving = [.. remove.OrderBy(r => !Traffic([r.Key]).Intersect(_new).IsEmpty).ThenBy(r => r.Key)];
        var leaving = Traffic(remove.Select(r => r.Key));
        _missing = [.. add.OrderBy(a => Traffic([a.Key]).Intersect(leaving).IsEmpty).ThenBy(a => a.Key)];
        _weight = quota.WeightOf(now);
    }

    /// <summary>The moves up to the last addition, and the rules still to remove at the end; null when there is no safe order.</summary>
    public (ImmutableArray<Move> Moves, ImmutableArray<SecurityGroupRule> Late)? Sequence()
    {
        while (_missing.Count > 0)
        {
            if (Fits(_missing))
            {
                Add([.. _missing]);
                break;
            }

            var freed = Free();
            if (Fits(_missing)) continue;
            var part = FittingPart();
            if (part.Length > 0) Add(part);
            else if (!freed && !Swap()) return null;
        }

        return (_moves.ToImmutable(), [.. _leaving.OrderBy(r => r.Key)]);
    }

    private bool Fits(IEnumerable<TargetRule> added) => (_weight + _quota.WeightOf(added.Select(a => a.Key))).FitsIn(_limit);

    private ImmutableArray<TargetRule> FittingPart()
    {
        var part = ImmutableArray.CreateBuilder<TargetRule>();
        var weight = _weight;
        foreach (var rule in _missing)
        {
            var next = weight + _quota.WeightOf(rule.Key);
            if (!next.FitsIn(_limit)) continue;
            weight = next;
            part.Add(rule);
        }

        return part.ToImmutable();
    }

    /// <summary>Removes as few rules as make room, those that share nothing with the new rules first.</summary>
    private bool Free()
    {
        var freed = ImmutableArray.CreateBuilder<SecurityGroupRule>();
        var needed = _quota.WeightOf(_missing.Select(m => m.Key));
        foreach (var rule in _leaving)
        {
            var over = _weight + needed;
            if (over.FitsIn(_limit)) break;
            var weight = _quota.WeightOf(rule.Key);
            var helps = (over.V4 > _limit && weight.V4 > 0) || (over.V6 > _limit && weight.V6 > 0);
            if (!helps || !MayLeave([rule.Key], [])) continue;
            _state.Remove(rule.Key);
            _weight -= weight;
            freed.Add(rule);
        }

        if (freed.Count == 0) return false;
        _leaving.RemoveAll(freed.Contains);
        _moves.Add(new Move([], freed.ToImmutable()));
        return true;
    }

    private void Add(ImmutableArray<TargetRule> rules)
    {
        foreach (var rule in rules)
        {
            _state[rule.Key] = true;
            _weight += _quota.WeightOf(rule.Key);
        }

        _missing.RemoveAll(rules.Contains);
        _moves.Add(new Move(rules, []));
    }

    private bool Swap()
    {
        foreach (var pairs in Swaps())
        {
            var weight = _weight;
            foreach (var (old, added) in pairs) weight = weight - _quota.WeightOf(old.Key) + _quota.WeightOf(added.Key);
            if (!weight.FitsIn(_limit) || !MayLeave([.. pairs.Select(p => p.Old.Key)], [.. pairs.Select(p => p.New.Key)])) continue;
            foreach (var (old, added) in pairs)
            {
                _state.Remove(old.Key);
                _state[added.Key] = true;
                _leaving.Remove(old);
                _missing.Remove(added);
            }

            _weight = weight;
            _moves.Add(new Move([.. pairs.Select(p => p.New)], [.. pairs.Select(p => p.Old)]));
            return true;
        }

        return false;
    }

    /// <summary>Swaps worth trying: each kind of peer whole, all kinds at once, then every single pair.</summary>
    private IEnumerable<IReadOnlyList<(SecurityGroupRule Old, TargetRule New)>> Swaps()
    {
        var byKind = _leaving.GroupBy(r => KindOf(r.Key.Peer)).OrderBy(g => g.Key)
            .Select(g => g.Zip(_missing.Where(m => KindOf(m.Key.Peer) == g.Key)).ToList()).Where(p => p.Count > 0).ToList();
        foreach (var pairs in byKind) yield return pairs;
        if (byKind.Count > 1) yield return [.. byKind.SelectMany(p => p)];
        var singles = from old in _leaving
                      from added in _missing
                      where KindOf(old.Key.Peer) == KindOf(added.Key.Peer)
                      select (old, added);
        foreach (var pair in singles.Take(MaxSinglePairs)) yield return [pair];
    }

    // EC2 refuses to change the kind of a rule's peer; the two families are two kinds.
    private static int KindOf(Peer peer) => peer switch
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
    private bool MayLeave(IReadOnlyCollection<RuleKey> leaving, IReadOnlyCollection<RuleKey> coming)
    {
        if (!_required.IsSubsetOf(Traffic(_state.Keys.Except(leaving).Concat(coming)))) return false;
        return !_missing.Any(m => !coming.Contains(m.Key) && leaving.Any(r => MayBeTheSame(r, m.Key)));
    }

    private bool MayBeTheSame(RuleKey a, RuleKey b) =>
        ServiceSet.Of(a.Service).Overlaps(ServiceSet.Of(b.Service)) && a.Peer != b.Peer && (a.Peer, b.Peer) switch
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

    private AllowedTraffic Traffic(IEnumerable<RuleKey> rules) => AllowedTraffic.Of(rules, _estate.Index.EntriesOf);
}

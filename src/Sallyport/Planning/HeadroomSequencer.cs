using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Estates.Quotas;

namespace Sallyport.Planning;

/// <summary>
/// Orders the changes of one group and direction when old and new rules together do not fit under the quota. A rule goes before
/// everything new is there only if what it shares with the new rules stays allowed by others; where nothing can go and nothing
/// fits, rules are swapped in place in one call. Nothing it does ever leaves <c>old ∩ new ⊆ now ⊆ old ∪ new</c>.
/// Greedy first, because nearly every change is simple; where greed gets stuck, <see cref="HeadroomSearch"/> tries orders.
/// </summary>
internal sealed class HeadroomSequencer
{
    private const int MaxSinglePairs = 4096;

    private readonly RuleQuota _quota;
    private readonly RuleWeight _limit;
    private readonly HeadroomBound _bound;
    private readonly HeadroomSearch _search;
    private readonly SortedSet<RuleKey> _state;
    private readonly List<TargetRule> _missing;
    private readonly List<SecurityGroupRule> _leaving;
    private readonly ImmutableArray<Move>.Builder _moves = ImmutableArray.CreateBuilder<Move>();
    private RuleWeight _weight;

    public HeadroomSequencer(Estate estate, RuleQuota quota, RuleWeight limit, IReadOnlyList<RuleKey> now, IReadOnlyList<TargetRule> add, IReadOnlyList<SecurityGroupRule> remove)
    {
        _quota = quota;
        _limit = limit;
        _state = [.. now];
        _bound = new HeadroomBound(estate, now, now.Except(remove.Select(r => r.Key)).Concat(add.Select(a => a.Key)));
        var leaving = _bound.Traffic(remove.Select(r => r.Key));
        _leaving = [.. remove.OrderBy(r => !_bound.Traffic([r.Key]).Intersect(_bound.After).IsEmpty).ThenBy(r => r.Key)];
        _missing = [.. add.OrderBy(a => _bound.Traffic([a.Key]).Intersect(leaving).IsEmpty).ThenBy(a => a.Key)];
        _search = new HeadroomSearch(_bound, quota, limit, now, [.. _missing], [.. _leaving]);
        _weight = quota.WeightOf(now);
    }

    /// <summary>The moves up to the last addition, and the rules still to remove at the end; null when there is no safe order.</summary>
    public (ImmutableArray<Move> Moves, ImmutableArray<SecurityGroupRule> Late)? Sequence() => Greedy() ?? _search.Find();

    private (ImmutableArray<Move> Moves, ImmutableArray<SecurityGroupRule> Late)? Greedy()
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
            var helps = (over.V4 > _limit.V4 && weight.V4 > 0) || (over.V6 > _limit.V6 && weight.V6 > 0);
            if (!helps || !_bound.MayLeave(_state, _missing.Select(m => m.Key), [rule.Key], [])) continue;
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
            _state.Add(rule.Key);
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
            if (!weight.FitsIn(_limit) || !_bound.MayLeave(_state, _missing.Select(m => m.Key), [.. pairs.Select(p => p.Old.Key)], [.. pairs.Select(p => p.New.Key)])) continue;
            foreach (var (old, added) in pairs)
            {
                _state.Remove(old.Key);
                _state.Add(added.Key);
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
        var byKind = _leaving.GroupBy(r => HeadroomBound.KindOf(r.Key.Peer)).OrderBy(g => g.Key)
            .Select(g => g.Zip(_missing.Where(m => HeadroomBound.KindOf(m.Key.Peer) == g.Key)).ToList()).Where(p => p.Count > 0).ToList();
        foreach (var pairs in byKind) yield return pairs;
        if (byKind.Count > 1) yield return [.. byKind.SelectMany(p => p)];
        var singles = from old in _leaving
                      from added in _missing
                      where HeadroomBound.KindOf(old.Key.Peer) == HeadroomBound.KindOf(added.Key.Peer)
                      select (old, added);
        foreach (var pair in singles.Take(MaxSinglePairs)) yield return [pair];
    }
}

using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Estates.Quotas;

namespace Sallyport.Planning;

/// <summary>
/// The patient way out when the quick one of <see cref="HeadroomSequencer"/> finds nothing: tries orders one call at a time,
/// breadth first, up to a fixed number of states. Small changes are searched exhaustively (but for swaps of several pairs of one
/// kind at once); beyond the limit the answer is no.
/// </summary>
internal sealed class HeadroomSearch(
    HeadroomBound bound, RuleQuota quota, RuleWeight limit, IReadOnlyList<RuleKey> now, ImmutableArray<TargetRule> add, ImmutableArray<SecurityGroupRule> remove)
{
    private const int MaxStates = 4000;
    private const int MaxRules = 64;

    // Bit i: the i-th leaving rule is there; bit (leaving + i): the i-th new one is.
    private readonly ImmutableArray<RuleKey> _keys = [.. remove.Select(r => r.Key), .. add.Select(a => a.Key)];
    private readonly ImmutableArray<RuleKey> _kept = [.. now.Except(remove.Select(r => r.Key))];

    public (ImmutableArray<Move> Moves, ImmutableArray<SecurityGroupRule> Late)? Find()
    {
        if (_keys.Length > MaxRules) return null;
        var start = Ones(remove.Length);
        var wanted = Ones(_keys.Length) & ~start;
        var from = new Dictionary<ulong, ulong> { [start] = start };
        var open = new Queue<ulong>([start]);
        while (open.TryDequeue(out var state))
        {
            if ((state & wanted) == wanted) return Path(from, start, state);
            foreach (var next in Next(state))
            {
                if (from.Count >= MaxStates) return null;
                if (from.TryAdd(next, state)) open.Enqueue(next);
            }
        }

        return null;
    }

    private static ulong Ones(int count) => count == 64 ? ulong.MaxValue : (1UL << count) - 1;

    private IEnumerable<ulong> Next(ulong state)
    {
        var missing = Bits(~state, remove.Length, _keys.Length);
        var leaving = Bits(state, 0, remove.Length);
        foreach (var m in missing)
        {
            if (WeightOf(state | (1UL << m)).FitsIn(limit)) yield return state | (1UL << m);
        }

        foreach (var l in leaving.Where(l => MayGo(state, [l], []))) yield return state & ~(1UL << l);
        foreach (var (l, m) in leaving.SelectMany(l => missing.Where(m => Kind(l) == Kind(m)).Select(m => (l, m))))
        {
            var next = (state & ~(1UL << l)) | (1UL << m);
            if (WeightOf(next).FitsIn(limit) && MayGo(state, [l], [m])) yield return next;
        }

        var pairs = leaving.GroupBy(Kind).SelectMany(g => g.Zip(missing.Where(m => Kind(m) == g.Key))).ToList();
        if (pairs.Count < 2) yield break;
        var all = pairs.Aggregate(state, (s, p) => (s & ~(1UL << p.First)) | (1UL << p.Second));
        if (WeightOf(all).FitsIn(limit) && MayGo(state, [.. pairs.Select(p => p.First)], [.. pairs.Select(p => p.Second)])) yield return all;
    }

    private (ImmutableArray<Move>, ImmutableArray<SecurityGroupRule>) Path(Dictionary<ulong, ulong> from, ulong start, ulong end)
    {
        var states = new Stack<ulong>();
        for (var state = end; state != start; state = from[state]) states.Push(state);
        var moves = new List<Move>();
        var last = start;
        foreach (var state in states)
        {
            var move = MoveOf(last, state);

            // Adding one by one is adding at once, and so is removing: fewer calls, no new state that matters.
            if (moves.Count > 0 && !move.IsSwap && !moves[^1].IsSwap && move.Added.IsEmpty == moves[^1].Added.IsEmpty)
            {
                moves[^1] = new Move([.. moves[^1].Added, .. move.Added], [.. moves[^1].Removed, .. move.Removed]);
            }
            else
            {
                moves.Add(move);
            }

            last = state;
        }

        return ([.. moves], [.. Bits(end, 0, remove.Length).Select(i => remove[i])]);
    }

    private Move MoveOf(ulong before, ulong after)
    {
        var added = Bits(after & ~before, remove.Length, _keys.Length).OrderBy(Kind).ThenBy(i => i).Select(i => add[i - remove.Length]);
        var removed = Bits(before & ~after, 0, remove.Length).OrderBy(Kind).ThenBy(i => i).Select(i => remove[i]);
        return new Move([.. added], [.. removed]);
    }

    private bool MayGo(ulong state, ImmutableArray<int> leaving, ImmutableArray<int> coming) => bound.MayLeave(
        KeysOf(state), Bits(~state, remove.Length, _keys.Length).Select(i => _keys[i]), [.. leaving.Select(i => _keys[i])], [.. coming.Select(i => _keys[i])]);

    private RuleWeight WeightOf(ulong state) => quota.WeightOf(KeysOf(state));

    private IEnumerable<RuleKey> KeysOf(ulong state) => _kept.Concat(Bits(state, 0, _keys.Length).Select(i => _keys[i]));

    private int Kind(int index) => HeadroomBound.KindOf(_keys[index].Peer);

    private static List<int> Bits(ulong state, int first, int end)
    {
        var bits = new List<int>();
        for (var i = first; i < end; i++)
        {
            if ((state & (1UL << i)) != 0) bits.Add(i);
        }

        return bits;
    }
}

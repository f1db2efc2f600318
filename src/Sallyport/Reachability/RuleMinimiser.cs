using System.Collections.Immutable;
using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Reachability;

/// <summary>
/// Fewer rules that allow exactly the same traffic. Groups and prefix lists are atoms: per atom the services are joined. Blocks
/// may overlap, since EC2 only allows: the largest boxes inside the allowed set are collected and a cover is chosen greedily, then
/// freed of what the rest covers. The result is checked for equality and dropped when it is not smaller.
/// (reference: reachability-and-synthesis §7)
/// </summary>
public static class RuleMinimiser
{
    /// <summary>Cells of all candidates together beyond which only rules inside another rule are dropped.</summary>
    private const int MaxCells = 1_000_000;

    /// <summary>Rewrites rules of one direction, whose owners must be equal. Sorted by key.</summary>
    /// <exception cref="ArgumentException">The rules have two directions.</exception>
    public static ImmutableArray<RuleKey> Minimise(ImmutableArray<RuleKey> rules)
    {
        if (rules.Length < 2) return rules;
        var direction = rules[0].Direction;
        if (rules.Any(r => r.Direction != direction)) throw new ArgumentException("Rules of two directions are never one rule.", nameof(rules));
        var given = rules.Distinct().Order().ToImmutableArray();
        var result = new List<RuleKey>();
        foreach (var side in given.GroupBy(r => r.Peer is CidrPeer cidr ? cidr.Cidr.Family.ToString() : r.Peer.ToString()))
        {
            var keys = side.ToList();
            var fewer = keys[0].Peer is CidrPeer ? Boxes(keys, direction) : Atoms(keys, direction);
            result.AddRange(fewer.Count < keys.Count && AllowedTraffic.Of(fewer).Equals(AllowedTraffic.Of(keys)) ? fewer : keys);
        }

        return [.. result.Order()];
    }

    private static List<RuleKey> Atoms(List<RuleKey> rules, Direction direction) =>
        [.. ServiceSet.Of(rules.Select(r => r.Service)).ToServices().Select(s => new RuleKey(direction, s, rules[0].Peer))];

    private static List<RuleKey> Boxes(List<RuleKey> rules, Direction direction)
    {
        var family = BlockOf(rules[0]).Family;
        var traffic = AllowedTraffic.Of(rules);
        var allowed = family == IpFamily.V4 ? traffic.V4 : traffic.V6;
        var candidates = Candidates(rules, allowed);
        return CellGrid.TryCreate(candidates, MaxCells) is { } cells
            ? [.. Cover(candidates, cells).Select(box => new RuleKey(direction, box.Service, new CidrPeer(box.Block)))]
            : WithoutContained(rules);
    }

    private static List<RuleKey> WithoutContained(List<RuleKey> rules) =>
        [.. rules.Where(r => !rules.Any(other => other != r && BlockOf(other).Contains(BlockOf(r)) && ServiceSet.Of(other.Service).Contains(r.Service)))];

    private static Cidr BlockOf(RuleKey rule) => ((CidrPeer)rule.Peer).Cidr;

    /// <summary>Largest legal boxes within the allowed set: for each service that occurs, the blocks that allow all of it.</summary>
    private static List<(Cidr Block, Service Service)> Candidates(List<RuleKey> rules, AddressServices allowed)
    {
        var services = new HashSet<Service>(rules.Select(r => r.Service));
        foreach (var slab in allowed.Slabs) services.UnionWith(slab.Services.ToServices());
        return
        [
            .. services.Order()
                .SelectMany(service => allowed.AddressesOf(ServiceSet.Of(service)).ToCidrs().Select(block => (Block: block, Service: service)))
                .Distinct().OrderBy(box => box.Block).ThenBy(box => box.Service),
        ];
    }

    private static List<(Cidr Block, Service Service)> Cover(List<(Cidr Block, Service Service)> candidates, CellGrid cells)
    {
        var open = new bool[cells.Count];
        Array.Fill(open, value: true);
        var left = cells.Count;
        var chosen = new List<int>();
        while (left > 0)
        {
            var best = -1;
            var bestCount = 0;
            for (var i = 0; i < candidates.Count; i++)
            {
                var count = cells.Of(i).Count(c => open[c]);
                if (count > bestCount) (best, bestCount) = (i, count);
            }

            foreach (var cell in cells.Of(best)) open[cell] = false;
            left -= bestCount;
            chosen.Add(best);
        }

        // A box chosen early may be covered by those chosen later.
        var covers = new int[cells.Count];
        foreach (var box in chosen)
        {
            foreach (var cell in cells.Of(box)) covers[cell]++;
        }

        foreach (var box in chosen.ToList())
        {
            if (!cells.Of(box).All(c => covers[c] > 1)) continue;
            foreach (var cell in cells.Of(box)) covers[cell]--;
            chosen.Remove(box);
        }

        return [.. chosen.Select(i => candidates[i])];
    }

    /// <summary>The allowed set cut at every edge of every candidate; a cell lies wholly inside or outside a candidate.</summary>
    private sealed class CellGrid
    {
        private readonly int[][] _cells;

        private CellGrid(int[][] cells, int count)
        {
            _cells = cells;
            Count = count;
        }

        /// <summary>Null when the candidates have more cells together than the limit.</summary>
        public static CellGrid? TryCreate(List<(Cidr Block, Service Service)> candidates, int limit)
        {
            var rows = candidates.Select(c => c.Block.Bits)
                .Concat(candidates.Where(c => c.Block.Last.Bits != AddressNumber.MaxValue).Select(c => c.Block.Last.Bits + 1)).Distinct().Order().ToArray();
            var columns = candidates.SelectMany(c => new[] { c.Service.Interval.First, c.Service.Interval.Last + 1 }).Distinct().Order().ToArray();
            var numbers = new Dictionary<(int Row, int Column), int>();
            var cells = new int[candidates.Count][];
            for (var i = 0; i < candidates.Count; i++)
            {
                var (block, service) = candidates[i];
                var top = Array.BinarySearch(rows, block.Bits);
                var bottom = block.Last.Bits == AddressNumber.MaxValue ? rows.Length : Array.BinarySearch(rows, block.Last.Bits + 1);
                var (first, last) = (Array.BinarySearch(columns, service.Interval.First), Array.BinarySearch(columns, service.Interval.Last + 1));
                var size = (long)(bottom - top) * (last - first);
                if ((limit -= (int)Math.Min(size, int.MaxValue)) < 0) return null;
                cells[i] = new int[size];
                var next = 0;
                for (var row = top; row < bottom; row++)
                {
                    for (var column = first; column < last; column++)
                    {
                        if (!numbers.TryGetValue((row, column), out var number)) numbers[(row, column)] = number = numbers.Count;
                        cells[i][next++] = number;
                    }
                }
            }

            return new CellGrid(cells, numbers.Count);
        }

        public int Count { get; }

        public int[] Of(int candidate) => _cells[candidate];
    }
}

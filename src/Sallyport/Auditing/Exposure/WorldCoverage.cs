using Sallyport.Packets;

namespace Sallyport.Auditing.Exposure;

/// <summary>
/// What the world may do through one direction of a group in one family. WORLD is judged per service over the union of all
/// peers, so two halves, or a ladder of blocks, are the world as much as a /0 is; blocks of different services are never added up.
/// </summary>
internal sealed class WorldCoverage
{
    private static readonly WorldCoverage Nothing4 = new(IpFamily.V4, [], [], ServiceSet.Empty, NearWorld.None, warn: 1);
    private static readonly WorldCoverage Nothing6 = new(IpFamily.V6, [], [], ServiceSet.Empty, NearWorld.None, warn: 1);

    private readonly List<ReachBox> _whole;
    private readonly List<ReachBox> _parts;
    private readonly ServiceSet _union;
    private readonly double _warn;
    private readonly IpFamily _family;

    private WorldCoverage(IpFamily family, List<ReachBox> whole, List<ReachBox> parts, ServiceSet union, NearWorld near, double warn)
    {
        _family = family;
        _whole = whole;
        _parts = parts;
        _union = union;
        _warn = warn;
        World = ServiceSet.FromIntervals(whole.Select(b => b.Services)).Union(union);
        Near = near;
    }

    /// <summary>Services that the whole world may use.</summary>
    public ServiceSet World { get; }

    /// <summary>Services that a large part of the world, but not all of it, may use.</summary>
    public NearWorld Near { get; }

    /// <summary>Sorts the boxes of one direction.</summary>
    /// <param name="family">Boxes of the other family are left out.</param>
    /// <param name="boxes">In any order.</param>
    /// <param name="warn">Share of public space below which a partial opening is not worth a word.</param>
    public static WorldCoverage Of(IpFamily family, IEnumerable<ReachBox> boxes, double warn)
    {
        var world = PublicSpace.WorldOf(family);
        var size = world.Count;
        List<ReachBox>? whole = null;
        List<ReachBox>? parts = null;
        double sum = 0;
        foreach (var box in boxes)
        {
            if (box.Block.Family != family) continue;
            var share = world.CountWithin(new AddressRange(box.Block.Bits, box.Block.Last.Bits));
            if (share == 0) continue;
            if (share == size) (whole ??= []).Add(box);
            else (parts ??= []).Add(box);
            if (share != size) sum += (double)share;
        }

        // Private blocks are no part of the world, and most groups name nothing else.
        if (whole is null && parts is null) return family == IpFamily.V4 ? Nothing4 : Nothing6;
        whole ??= [];
        parts ??= [];

        // Almost every group ends here: what its rules admit, counted twice where they overlap, is too little to matter.
        var total = (double)size;
        if (sum < warn * total && !parts.Exists(b => IsWideByPrefix(b.Block, warn)))
        {
            return new WorldCoverage(family, whole, [], ServiceSet.Empty, NearWorld.None, warn);
        }

        var segments = CoverageSweep.Run(world, [.. parts.Select(b => (b.Services, new AddressRange(b.Block.Bits, b.Block.Last.Bits)))]);
        var union = ServiceSet.FromIntervals(segments.Where(s => s.Covered == size).Select(s => s.Services));
        var open = union.Union(ServiceSet.FromIntervals(whole.Select(b => b.Services)));
        var near = segments.Where(s => (double)s.Covered >= warn * total).Select(s => (s.Services, Share: (double)s.Covered / total))
            .Concat(parts.Where(b => IsWideByPrefix(b.Block, warn)).Select(b => (b.Services, Share: Math.Pow(2, -b.Block.PrefixLength))))
            .Where(s => !ServiceSet.FromIntervals([s.Services]).IsSubsetOf(open))
            .ToList();
        var nearWorld = near.Count == 0
            ? NearWorld.None
            : new NearWorld(ServiceSet.FromIntervals(near.Select(n => n.Services)).Subtract(open), near.Max(n => n.Share));
        return new WorldCoverage(family, whole, parts, union, nearWorld, warn);
    }

    /// <summary>
    /// Indexes of the rules that make some of the services world-open: each that holds the world by itself, and of unions the
    /// rules that no wider block makes needless. Where what is left would make up the world once more, as four quarters do beneath
    /// two halves, its rules follow: without all of them nothing is open.
    /// </summary>
    public IEnumerable<int> EvidenceOf(ServiceSet services)
    {
        foreach (var box in _whole)
        {
            if (services.Overlaps(box.Services)) yield return box.Rule;
        }

        var target = _union.Intersect(services);
        if (target.IsEmpty) yield break;
        var outermost = Outermost(target);
        foreach (var rule in outermost) yield return rule;
        var rest = Of(_family, _parts.Where(b => !outermost.Contains(b.Rule)), _warn);
        foreach (var rule in rest.EvidenceOf(target)) yield return rule;
    }

    private HashSet<int> Outermost(ServiceSet target)
    {
        var result = new HashSet<int>();
        var candidates = _parts.Where(b => target.Overlaps(b.Services)).ToList();
        candidates.Sort((a, b) => a.Block.CompareTo(b.Block));
        var ancestors = new List<(Cidr Block, ServiceSet Services)>();
        foreach (var box in candidates)
        {
            while (ancestors.Count > 0 && !ancestors[^1].Block.Contains(box.Block)) ancestors.RemoveAt(ancestors.Count - 1);
            var open = target.Intersect(ServiceSet.FromIntervals([box.Services]));
            if (ancestors.Exists(a => a.Block != box.Block && open.IsSubsetOf(a.Services))) continue;
            if (ancestors.Count > 0 && ancestors[^1].Block == box.Block) ancestors[^1] = (box.Block, ancestors[^1].Services.Union(open));
            else ancestors.Add((box.Block, open));
            result.Add(box.Rule);
        }

        return result;
    }

    /// <summary>Indexes of the rules behind <see cref="Near"/>: the widest, until a tenth of what is worth a word is left.</summary>
    public IEnumerable<int> NearEvidence()
    {
        if (_parts.Count == 0) yield break;
        var world = PublicSpace.WorldOf(_family);
        var shares = new SortedDictionary<int, double>();
        var wide = new HashSet<int>();
        foreach (var box in _parts)
        {
            if (!Near.Services.Overlaps(box.Services)) continue;
            var share = (double)world.CountWithin(new AddressRange(box.Block.Bits, box.Block.Last.Bits));
            shares[box.Rule] = shares.GetValueOrDefault(box.Rule) + share;
            if (IsWideByPrefix(box.Block, _warn)) wide.Add(box.Rule);
        }

        var left = shares.Values.Sum();
        var enough = _warn * (double)world.Count / 10;
        foreach (var (rule, share) in shares.OrderByDescending(s => s.Value))
        {
            if (left >= enough || wide.Contains(rule)) yield return rule;
            left -= share;
        }
    }

    // Part of 128.0.0.0/1 is multicast and private, so it holds less than half of public space; by its prefix it is half of it all.
    private static bool IsWideByPrefix(Cidr block, double warn) =>
        block.Family == IpFamily.V4 && block.PrefixLength is >= 1 and <= 7 && warn <= 0.01;
}

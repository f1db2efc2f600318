using Sallyport.Packets;

namespace Sallyport.Anomalies.Overlaps;

/// <summary>Address blocks of both families with the services that rules allow for each; look-ups walk from a block to its ancestors.</summary>
internal sealed class BlockTable
{
    private readonly Dictionary<Cidr, List<(Interval Services, int Rule)>> _entries = [];
    private readonly Dictionary<Cidr, IntervalHolders> _nodes = [];

    // Services that the strict descendants of a block allow for all of it together.
    private readonly Dictionary<Cidr, ServiceSet> _filled = [];
    private readonly SortedSet<int> _lengths4 = [];
    private readonly SortedSet<int> _lengths6 = [];

    public void Add(Cidr block, int rule, Interval services)
    {
        if (!_entries.TryGetValue(block, out var list)) _entries.Add(block, list = []);
        list.Add((services, rule));
        (block.Family == IpFamily.V4 ? _lengths4 : _lengths6).Add(block.PrefixLength);
    }

    /// <summary>Call once, after the last <see cref="Add"/>.</summary>
    public void Seal()
    {
        foreach (var (block, list) in _entries) _nodes.Add(block, new IntervalHolders(list));
        Fill(IpFamily.V4);
        Fill(IpFamily.V6);
    }

    /// <summary>Rules that allow the services for the whole block, each by itself.</summary>
    public IEnumerable<int> Holders(Cidr block, Interval services)
    {
        foreach (var ancestor in SelfAndAncestors(block))
        {
            foreach (var (held, rule) in _entries[ancestor])
            {
                if (held.First <= services.First && services.Last <= held.Last) yield return rule;
            }
        }
    }

    /// <summary>A rule other than one that allows the services for the whole block by itself; null when none does.</summary>
    public int? HolderOf(Cidr block, Interval services, int except)
    {
        foreach (var ancestor in SelfAndAncestors(block))
        {
            if (_nodes[ancestor].HolderOf(services, except) is { } rule) return rule;
        }

        return null;
    }

    /// <summary>
    /// True when the rules of the table allow the services for the whole block even without one rule that does so at exactly
    /// this block.
    /// </summary>
    public bool IsCoveredByOthers(Cidr block, Interval services)
    {
        var left = ServiceSet.FromIntervals([services]).Subtract(_nodes[block].CoveredTwice);
        if (!left.IsEmpty && _filled.TryGetValue(block, out var filled)) left = left.Subtract(filled);
        foreach (var ancestor in SelfAndAncestors(block))
        {
            if (left.IsEmpty) return true;
            if (ancestor != block) left = left.Subtract(_nodes[ancestor].All);
        }

        return left.IsEmpty;
    }

    private IEnumerable<Cidr> SelfAndAncestors(Cidr block)
    {
        foreach (var length in block.Family == IpFamily.V4 ? _lengths4 : _lengths6)
        {
            if (length > block.PrefixLength) yield break;
            var ancestor = Cidr.Containing(block.First, length);
            if (_nodes.ContainsKey(ancestor)) yield return ancestor;
        }
    }

    private void Fill(IpFamily family)
    {
        // From the longest prefix to the shortest: two halves that are both covered cover their parent.
        var byLength = new List<Cidr>[Cidr.Width(family) + 1];
        foreach (var block in _nodes.Keys)
        {
            if (block.Family == family) (byLength[block.PrefixLength] ??= []).Add(block);
        }

        for (var length = Cidr.Width(family); length > 0; length--)
        {
            foreach (var block in byLength[length] ?? [])
            {
                var parent = Cidr.Containing(block.First, length - 1);
                if (parent.First != block.First || !TryCovered(block, out var low)) continue;
                var sibling = Cidr.Containing(parent.Last, length);
                if (!TryCovered(sibling, out var high)) continue;
                var both = low.Intersect(high);
                if (both.IsEmpty) continue;
                _filled.Add(parent, both);
                if (!_nodes.ContainsKey(parent)) (byLength[length - 1] ??= []).Add(parent);
            }
        }
    }

    private bool TryCovered(Cidr block, out ServiceSet services)
    {
        services = _nodes.TryGetValue(block, out var node) ? node.All : ServiceSet.Empty;
        if (_filled.TryGetValue(block, out var filled)) services = services.Union(filled);
        return !services.IsEmpty;
    }
}

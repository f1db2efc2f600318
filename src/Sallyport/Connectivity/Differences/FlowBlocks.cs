using System.Runtime.InteropServices;
using Sallyport.Connectivity.Tables;

namespace Sallyport.Connectivity.Differences;

/// <summary>Differences between ends of interfaces as they are found: sets of sources, sets of targets, services.</summary>
/// <param name="most">Most blocks that are kept.</param>
internal sealed class FlowBlocks(int most)
{
    private readonly Dictionary<int[], int> _index = new(NumberSetComparer.Instance);
    private readonly List<int[]> _sets = [];
    private readonly Dictionary<int, int> _classes = [];

    /// <summary>Flows that came.</summary>
    public List<FlowBlock> Added { get; } = [];

    /// <summary>Flows that went.</summary>
    public List<FlowBlock> Removed { get; } = [];

    /// <summary>Flows a gap decides.</summary>
    public List<FlowBlock> Unknown { get; } = [];

    /// <summary>True when there were too many to keep: the lists hold some of each kind there is, and not all.</summary>
    public bool IsCut { get; private set; }

    /// <summary>True when there is no use in looking further: what is kept is full, and flows both came and went.</summary>
    public bool IsSettled(bool hasAdded, bool hasRemoved) => IsCut && (hasAdded || Added.Count > 0) && (hasRemoved || Removed.Count > 0);

    /// <summary>Takes what was found of one pair of sets.</summary>
    public void Add(FlowBlock block, (int Added, int Removed, int Unknown) found)
    {
        IsCut |= Added.Count + Removed.Count + Unknown.Count >= most;
        Add(Added, block, found.Added);
        Add(Removed, block, found.Removed);
        Add(Unknown, block, found.Unknown);
    }

    private void Add(List<FlowBlock> into, FlowBlock block, int services)
    {
        if (services != ServicePool.Empty && (!IsCut || into.Count == 0)) into.Add(block with { Services = services });
    }

    /// <summary>A set of ends by its number; sorted.</summary>
    public int[] Set(int number) => _sets[number];

    /// <summary>The number of all ends of a class.</summary>
    public int Number(EndClass of)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_classes, of.Index, out var exists);
        if (!exists) number = Number(of.Ends);
        return number;
    }

    /// <summary>The number of a sorted set of ends.</summary>
    public int Number(int[] ends)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_index, ends, out var exists);
        if (exists) return number;
        number = _sets.Count;
        _sets.Add(ends);
        return number;
    }
}

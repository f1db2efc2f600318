using System.Runtime.InteropServices;
using Sallyport.Connectivity.Tables;

namespace Sallyport.Connectivity.Differences;

/// <summary>Differences between ends of interfaces as they are found: sets of sources, sets of targets, services.</summary>
internal sealed class FlowBlocks
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

    /// <summary>Takes what was found of one pair of sets.</summary>
    public void Add(FlowBlock block, (int Added, int Removed, int Unknown) found)
    {
        if (found.Added != ServicePool.Empty) Added.Add(block with { Services = found.Added });
        if (found.Removed != ServicePool.Empty) Removed.Add(block with { Services = found.Removed });
        if (found.Unknown != ServicePool.Empty) Unknown.Add(block with { Services = found.Unknown });
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

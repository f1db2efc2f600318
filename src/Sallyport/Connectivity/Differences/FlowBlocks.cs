using System.Runtime.InteropServices;

namespace Sallyport.Connectivity.Differences;

/// <summary>Differences between ends of interfaces as they are found: sets of sources, sets of targets, services.</summary>
internal sealed class FlowBlocks
{
    private readonly Dictionary<int[], int> _index = new(NumberSetComparer.Instance);
    private readonly List<int[]> _sets = [];

    /// <summary>Flows that came, by set numbers.</summary>
    public List<(int From, int To, int Services)> Added { get; } = [];

    /// <summary>Flows that went.</summary>
    public List<(int From, int To, int Services)> Removed { get; } = [];

    /// <summary>Flows a gap decides.</summary>
    public List<(int From, int To, int Services)> Unknown { get; } = [];

    /// <summary>A set of ends by its number; sorted.</summary>
    public int[] Set(int number) => _sets[number];

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

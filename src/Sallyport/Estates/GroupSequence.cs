using System.Collections.Immutable;

namespace Sallyport.Estates;

/// <summary>Compares lists of groups by their ids, in order: what interfaces carry is asked for too often to be written out as text each time.</summary>
internal sealed class GroupSequence : IEqualityComparer<ImmutableArray<SecurityGroupId>>
{
    private GroupSequence()
    {
    }

    public static GroupSequence Comparer { get; } = new();

    public bool Equals(ImmutableArray<SecurityGroupId> x, ImmutableArray<SecurityGroupId> y) => x.AsSpan().SequenceEqual(y.AsSpan());

    public int GetHashCode(ImmutableArray<SecurityGroupId> obj)
    {
        var hash = obj.Length;
        foreach (var id in obj) hash = HashCode.Combine(hash, id);
        return hash;
    }
}

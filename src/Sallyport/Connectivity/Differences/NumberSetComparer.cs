using System.Runtime.InteropServices;

namespace Sallyport.Connectivity.Differences;

/// <summary>Arrays of numbers by what they hold.</summary>
internal sealed class NumberSetComparer : IEqualityComparer<int[]>
{
    public static NumberSetComparer Instance { get; } = new();

    /// <inheritdoc/>
    public bool Equals(int[]? x, int[]? y) => ReferenceEquals(x, y) || (x is not null && y is not null && x.AsSpan().SequenceEqual(y));

    /// <inheritdoc/>
    public int GetHashCode(int[] obj)
    {
        var hash = default(HashCode);
        hash.AddBytes(MemoryMarshal.AsBytes(obj.AsSpan()));
        return hash.ToHashCode();
    }
}

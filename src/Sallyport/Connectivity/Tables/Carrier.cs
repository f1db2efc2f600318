namespace Sallyport.Connectivity.Tables;

/// <summary>The groups an interface carries and the VPC it is in, by index: all that references look at.</summary>
internal readonly struct Carrier(int[] groups, int vpc) : IEquatable<Carrier>
{
    /// <summary>Groups, in the interface's order (sorted by id).</summary>
    public int[] Groups { get; } = groups;

    /// <summary>VPC; -1 when not known.</summary>
    public int Vpc { get; } = vpc;

    /// <inheritdoc/>
    public bool Equals(Carrier other) => Vpc == other.Vpc && Groups.AsSpan().SequenceEqual(other.Groups);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Carrier other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Vpc);
        foreach (var group in Groups) hash.Add(group);
        return hash.ToHashCode();
    }
}

namespace Sallyport.Estates;

/// <summary><c>pcx-</c> and 8 or 17 hex digits.</summary>
public readonly record struct PeeringId(string Value) : IComparable<PeeringId>
{
    /// <summary>Ordinal order.</summary>
    public int CompareTo(PeeringId other) => string.CompareOrdinal(Value, other.Value);

    /// <summary>The id as AWS writes it.</summary>
    public override string ToString() => Value;

    /// <summary>Ordinal order.</summary>
    public static bool operator <(PeeringId left, PeeringId right) => left.CompareTo(right) < 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator >(PeeringId left, PeeringId right) => left.CompareTo(right) > 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator <=(PeeringId left, PeeringId right) => left.CompareTo(right) <= 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator >=(PeeringId left, PeeringId right) => left.CompareTo(right) >= 0;
}

namespace Sallyport.Estates;

/// <summary><c>vpc-</c> and 8 or 17 hex digits.</summary>
public readonly record struct VpcId(string Value) : IComparable<VpcId>
{
    /// <summary>Ordinal order.</summary>
    public int CompareTo(VpcId other) => string.CompareOrdinal(Value, other.Value);

    /// <summary>The id as AWS writes it.</summary>
    public override string ToString() => Value;

    /// <summary>Ordinal order.</summary>
    public static bool operator <(VpcId left, VpcId right) => left.CompareTo(right) < 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator >(VpcId left, VpcId right) => left.CompareTo(right) > 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator <=(VpcId left, VpcId right) => left.CompareTo(right) <= 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator >=(VpcId left, VpcId right) => left.CompareTo(right) >= 0;
}

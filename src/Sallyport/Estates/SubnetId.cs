namespace Sallyport.Estates;

/// <summary><c>subnet-</c> and 8 or 17 hex digits.</summary>
public readonly record struct SubnetId(string Value) : IComparable<SubnetId>
{
    /// <summary>Ordinal order.</summary>
    public int CompareTo(SubnetId other) => string.CompareOrdinal(Value, other.Value);

    /// <summary>The id as AWS writes it.</summary>
    public override string ToString() => Value;

    /// <summary>Ordinal order.</summary>
    public static bool operator <(SubnetId left, SubnetId right) => left.CompareTo(right) < 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator >(SubnetId left, SubnetId right) => left.CompareTo(right) > 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator <=(SubnetId left, SubnetId right) => left.CompareTo(right) <= 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator >=(SubnetId left, SubnetId right) => left.CompareTo(right) >= 0;
}

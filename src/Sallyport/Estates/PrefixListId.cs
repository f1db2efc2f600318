namespace Sallyport.Estates;

/// <summary><c>pl-</c> and 8 or 17 hex digits.</summary>
public readonly record struct PrefixListId(string Value) : IComparable<PrefixListId>
{
    /// <summary>Ordinal order.</summary>
    public int CompareTo(PrefixListId other) => string.CompareOrdinal(Value, other.Value);

    /// <summary>The id as AWS writes it.</summary>
    public override string ToString() => Value;

    /// <summary>Ordinal order.</summary>
    public static bool operator <(PrefixListId left, PrefixListId right) => left.CompareTo(right) < 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator >(PrefixListId left, PrefixListId right) => left.CompareTo(right) > 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator <=(PrefixListId left, PrefixListId right) => left.CompareTo(right) <= 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator >=(PrefixListId left, PrefixListId right) => left.CompareTo(right) >= 0;
}

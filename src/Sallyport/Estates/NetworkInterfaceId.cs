namespace Sallyport.Estates;

/// <summary><c>eni-</c> and 8 or 17 hex digits.</summary>
public readonly record struct NetworkInterfaceId(string Value) : IComparable<NetworkInterfaceId>
{
    /// <summary>Ordinal order.</summary>
    public int CompareTo(NetworkInterfaceId other) => string.CompareOrdinal(Value, other.Value);

    /// <summary>The id as AWS writes it.</summary>
    public override string ToString() => Value;

    /// <summary>Ordinal order.</summary>
    public static bool operator <(NetworkInterfaceId left, NetworkInterfaceId right) => left.CompareTo(right) < 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator >(NetworkInterfaceId left, NetworkInterfaceId right) => left.CompareTo(right) > 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator <=(NetworkInterfaceId left, NetworkInterfaceId right) => left.CompareTo(right) <= 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator >=(NetworkInterfaceId left, NetworkInterfaceId right) => left.CompareTo(right) >= 0;
}

namespace Sallyport.Estates;

/// <summary><c>sg-</c> and 8 or 17 hex digits, or a symbolic id of a group that does not exist yet.</summary>
public readonly record struct SecurityGroupId(string Value) : IComparable<SecurityGroupId>
{
    /// <summary>Ordinal order.</summary>
    public int CompareTo(SecurityGroupId other) => string.CompareOrdinal(Value, other.Value);

    /// <summary>The id as AWS writes it.</summary>
    public override string ToString() => Value;

    /// <summary>Ordinal order.</summary>
    public static bool operator <(SecurityGroupId left, SecurityGroupId right) => left.CompareTo(right) < 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator >(SecurityGroupId left, SecurityGroupId right) => left.CompareTo(right) > 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator <=(SecurityGroupId left, SecurityGroupId right) => left.CompareTo(right) <= 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator >=(SecurityGroupId left, SecurityGroupId right) => left.CompareTo(right) >= 0;
}

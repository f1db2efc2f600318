namespace Sallyport.Estates;

/// <summary><c>sgr-</c> and 17 hex digits.</summary>
public readonly record struct SecurityGroupRuleId(string Value) : IComparable<SecurityGroupRuleId>
{
    /// <summary>Ordinal order.</summary>
    public int CompareTo(SecurityGroupRuleId other) => string.CompareOrdinal(Value, other.Value);

    /// <summary>The id as AWS writes it.</summary>
    public override string ToString() => Value;

    /// <summary>Ordinal order.</summary>
    public static bool operator <(SecurityGroupRuleId left, SecurityGroupRuleId right) => left.CompareTo(right) < 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator >(SecurityGroupRuleId left, SecurityGroupRuleId right) => left.CompareTo(right) > 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator <=(SecurityGroupRuleId left, SecurityGroupRuleId right) => left.CompareTo(right) <= 0;

    /// <summary>Ordinal order.</summary>
    public static bool operator >=(SecurityGroupRuleId left, SecurityGroupRuleId right) => left.CompareTo(right) >= 0;
}

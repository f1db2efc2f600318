namespace Sallyport.Estates;

/// <summary>The account and Region a thing lives in. Either is the empty string when the source does not say.</summary>
/// <param name="Account">Twelve digits.</param>
/// <param name="Region">Such as <c>eu-west-1</c>.</param>
public readonly record struct Scope(string Account, string Region) : IComparable<Scope>
{
    /// <summary>The partition of the Region, as ARNs begin: <c>aws</c>, <c>aws-cn</c>, <c>aws-us-gov</c>.</summary>
    public string Partition =>
        Region.StartsWith("cn-", StringComparison.Ordinal) ? "aws-cn"
        : Region.StartsWith("us-gov-", StringComparison.Ordinal) ? "aws-us-gov"
        : "aws";

    /// <summary>True when the source says neither.</summary>
    internal bool IsUnknown => Account.Length == 0 && Region.Length == 0;

    /// <summary>This scope, with what it does not say from the other.</summary>
    internal Scope FilledFrom(Scope other) => new(Account.Length > 0 ? Account : other.Account, Region.Length > 0 ? Region : other.Region);

    /// <summary>By account, then Region, ordinal.</summary>
    public int CompareTo(Scope other)
    {
        var order = string.CompareOrdinal(Account, other.Account);
        return order != 0 ? order : string.CompareOrdinal(Region, other.Region);
    }

    /// <summary><c>account/region</c>, with <c>?</c> for what is unknown.</summary>
    public override string ToString() => $"{(Account.Length == 0 ? "?" : Account)}/{(Region.Length == 0 ? "?" : Region)}";

    /// <summary>The scope for people: <see cref="ToString"/>, or <c>the source</c> where nothing is known of it.</summary>
    internal string Shown => IsUnknown ? "the source" : ToString();

    /// <summary>Things that live here, for people: <c>interfaces of 111122223333/eu-west-1</c>; just <c>interfaces</c> where nothing is known of the scope.</summary>
    internal string Describe(string things) => IsUnknown ? things : $"{things} of {(Account.Length == 0 ? Region : Region.Length == 0 ? Account : ToString())}";

    /// <summary>Order of <see cref="CompareTo"/>.</summary>
    public static bool operator <(Scope left, Scope right) => left.CompareTo(right) < 0;

    /// <summary>Order of <see cref="CompareTo"/>.</summary>
    public static bool operator >(Scope left, Scope right) => left.CompareTo(right) > 0;

    /// <summary>Order of <see cref="CompareTo"/>.</summary>
    public static bool operator <=(Scope left, Scope right) => left.CompareTo(right) <= 0;

    /// <summary>Order of <see cref="CompareTo"/>.</summary>
    public static bool operator >=(Scope left, Scope right) => left.CompareTo(right) >= 0;
}

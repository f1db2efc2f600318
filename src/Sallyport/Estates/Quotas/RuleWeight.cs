using Sallyport.Packets;

namespace Sallyport.Estates.Quotas;

/// <summary>What rules cost in each family's budget.</summary>
public readonly record struct RuleWeight(int V4, int V6)
{
    /// <summary>The budget of one family.</summary>
    public int Of(IpFamily family) => family == IpFamily.V4 ? V4 : V6;

    /// <summary>True when neither family is above its limit.</summary>
    public bool FitsIn(RuleWeight limit) => V4 <= limit.V4 && V6 <= limit.V6;

    /// <summary>True when neither family is above the limit.</summary>
    public bool FitsIn(int limit) => FitsIn(new RuleWeight(limit, limit));

    /// <summary>Sum, family by family.</summary>
    public static RuleWeight operator +(RuleWeight a, RuleWeight b) => new(a.V4 + b.V4, a.V6 + b.V6);

    /// <summary>Difference, family by family.</summary>
    public static RuleWeight operator -(RuleWeight a, RuleWeight b) => new(a.V4 - b.V4, a.V6 - b.V6);

    /// <summary>Same as the operator.</summary>
    public static RuleWeight Add(RuleWeight left, RuleWeight right) => left + right;

    /// <summary>Same as the operator.</summary>
    public static RuleWeight Subtract(RuleWeight left, RuleWeight right) => left - right;
}

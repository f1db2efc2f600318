namespace Sallyport.Anomalies.Pairs;

/// <summary>How the far side answers a rule that names a group.</summary>
internal enum PairKind
{
    /// <summary>Covered by references back.</summary>
    Matched,

    /// <summary>Covered, but not without address blocks.</summary>
    MatchedByAddress,

    /// <summary>Covered in part.</summary>
    Partial,

    /// <summary>Not covered at all.</summary>
    OneSided,

    /// <summary>Not covered by what is known, and something that could cover it is not known.</summary>
    Unknown,
}

namespace Sallyport.Anomalies.Overlaps;

/// <summary>How one box lies to another.</summary>
internal enum BoxRelation
{
    /// <summary>No packet is in both.</summary>
    Apart,

    /// <summary>The same packets.</summary>
    Equal,

    /// <summary>Strictly inside the other.</summary>
    Within,

    /// <summary>Strictly around the other.</summary>
    Holds,

    /// <summary>Some packets are in both, and each has some of its own.</summary>
    Crossing,
}

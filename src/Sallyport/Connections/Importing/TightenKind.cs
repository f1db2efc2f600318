namespace Sallyport.Connections.Importing;

/// <summary>What happened to a part of the file.</summary>
public enum TightenKind
{
    /// <summary>Egress to the whole internet is no longer declared.</summary>
    Removed,

    /// <summary>Half a connection has both sides now.</summary>
    Completed,

    /// <summary>Egress that the other side proves stands where open egress was.</summary>
    Added,

    /// <summary>Services that the other side never allowed are gone.</summary>
    Narrowed,

    /// <summary>A half that the other side denies altogether is gone.</summary>
    Dropped,

    /// <summary>A default group that nothing carries has no rule any more.</summary>
    Closed,

    /// <summary>Some members of a group get a right that only other members had; look at it.</summary>
    Widened,

    /// <summary>Something only a person can answer.</summary>
    Question,
}

namespace Sallyport.Connectivity.Differences;

/// <summary>How the flows of the new estate stand to those of the old one. (reference: reachability-and-synthesis §5.6)</summary>
public enum DiffRelation
{
    /// <summary>The same flows.</summary>
    Equal,

    /// <summary>Flows were added and none was removed.</summary>
    Widens,

    /// <summary>Flows were removed and none was added.</summary>
    Narrows,

    /// <summary>Flows were added and others removed.</summary>
    Incomparable,
}

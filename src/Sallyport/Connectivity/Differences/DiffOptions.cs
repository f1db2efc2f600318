namespace Sallyport.Connectivity.Differences;

/// <summary>Settings of <see cref="SemanticDiff"/>.</summary>
public sealed record DiffOptions
{
    /// <summary>The defaults.</summary>
    public static DiffOptions Default { get; } = new();

    /// <summary>
    /// Most boxes of one list that are named, witnessed and explained; the report says that some are left out, and the relation counts
    /// all flows. At least 1, default 2,000.
    /// </summary>
    public int MostBoxes { get; init; } = 2_000;

    /// <summary>
    /// Most differences between classes of interfaces that are looked at; beyond it only the relation is worked out. Default 1,000,000,
    /// more than any change of an estate and less than two estates that share nothing.
    /// </summary>
    public int MostBlocks { get; init; } = 1_000_000;
}

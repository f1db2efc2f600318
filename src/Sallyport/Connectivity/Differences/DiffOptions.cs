namespace Sallyport.Connectivity.Differences;

/// <summary>Settings of <see cref="SemanticDiff"/>.</summary>
public sealed record DiffOptions
{
    /// <summary>The defaults.</summary>
    public static DiffOptions Default { get; } = new();

    /// <summary>
    /// Most boxes of one list that are named, witnessed and explained; the report says how many are left out, and the relation and the
    /// figures count all flows. Default 5,000.
    /// </summary>
    public int MostBoxes { get; init; } = 5_000;
}

namespace Sallyport.Hcl.Evaluation;

/// <summary>How much may still be worked out: hostile code multiplies (for within for, join of join) without end.</summary>
internal sealed class HclBudget
{
    /// <summary>Expressions of one module tree.</summary>
    public const long MostSteps = 5_000_000;

    /// <summary>Characters of one text.</summary>
    public const int LongestText = 4 * 1024 * 1024;

    /// <summary>Items of one collection.</summary>
    public const int MostItems = 200_000;

    /// <summary>Weight of one collection with all that stands inside.</summary>
    public const long MostWeight = 5_000_000;

    /// <summary>Expressions within each other, through references too.</summary>
    public const int MostLevels = 400;

    private long _left = MostSteps;

    /// <summary>Levels in use.</summary>
    public int Level { get; set; }

    /// <summary>False when nothing is left.</summary>
    public bool Spend(long steps = 1) => (_left -= steps) >= 0;
}

namespace Sallyport.CloudFormation.Evaluation;

/// <summary>What came out of evaluating something in every way that open conditions leave.</summary>
/// <param name="Results">The value in each world.</param>
/// <param name="IsCutOff">True when there were more than <see cref="Max"/> worlds: then nothing is certain.</param>
internal sealed record Worlds<T>(IReadOnlyList<(World World, T Value)> Results, bool IsCutOff)
{
    /// <summary>Most worlds of one question.</summary>
    public const int Max = 64;

    /// <summary>True when no condition was open.</summary>
    public bool IsDecided => !IsCutOff && Results.Count == 1;
}

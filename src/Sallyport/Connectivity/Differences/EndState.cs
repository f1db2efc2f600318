namespace Sallyport.Connectivity.Differences;

/// <summary>What decides an end's own rules in one estate.</summary>
/// <param name="Groups">Groups by that estate's index; null when the end is not there, empty when it filters nothing.</param>
/// <param name="Vpc">VPC by that estate's index.</param>
internal readonly record struct EndState(int[]? Groups, int Vpc)
{
    /// <summary>True when the end is in the estate.</summary>
    public bool Exists => Groups is not null;
}

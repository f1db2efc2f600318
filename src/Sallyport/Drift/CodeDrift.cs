using Sallyport.Connections.Compiling;

namespace Sallyport.Drift;

/// <summary>Code held against a live estate.</summary>
/// <param name="Report">What differs, and what could not be compared.</param>
/// <param name="Desired">What the live groups have to hold to be as the code says; rules in doubt stay as they are.</param>
public sealed record CodeDrift(DriftReport Report, DesiredRules Desired)
{
    /// <summary>Which live group is which declared one.</summary>
    public required GroupMatches Matches { get; init; }
}

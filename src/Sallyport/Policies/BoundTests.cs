using System.Collections.Immutable;
using Sallyport.Estates;

namespace Sallyport.Policies;

/// <summary>The tests of a file, found in an estate, with what they were found in.</summary>
public sealed record BoundTests
{
    /// <summary>No test.</summary>
    public static BoundTests None { get; } = new();

    /// <summary>In file order.</summary>
    public ImmutableArray<BoundTest> Tests { get; init; } = [];

    /// <summary>
    /// Accounts and Regions the estate was read from, sorted: where one of them is missing later, what a test says about everybody
    /// is not known.
    /// </summary>
    public ImmutableArray<Scope> Scopes { get; init; } = [];
}

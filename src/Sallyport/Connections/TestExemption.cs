using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Packets;

namespace Sallyport.Connections;

/// <summary>A dated relaxation of one test (<c>exceptions</c> in the file). It never creates a rule.</summary>
/// <param name="Id">Unique among exceptions.</param>
/// <param name="Test">The test it relaxes.</param>
/// <param name="From">Names that may.</param>
/// <param name="To">Names that may be reached.</param>
/// <param name="Services">Empty means any service.</param>
/// <param name="Expires">Last day it holds, UTC.</param>
public sealed record TestExemption(
    string Id, string Test, ImmutableArray<string> From, ImmutableArray<string> To, ImmutableArray<Service> Services, DateOnly Expires)
{
    /// <summary>Why.</summary>
    public string Reason { get; init; } = string.Empty;

    /// <summary>Who approved it; null when not said.</summary>
    public string? ApprovedBy { get; init; }

    /// <summary>Where it is declared.</summary>
    public SourceSpan? At { get; init; }
}

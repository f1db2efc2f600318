using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Packets;

namespace Sallyport.Connections;

/// <summary>An assertion on who reaches whom.</summary>
/// <param name="Id">Unique among tests.</param>
/// <param name="Kind">What is asserted.</param>
/// <param name="From">Names, or <c>*</c>.</param>
/// <param name="To">Names, or <c>*</c>.</param>
/// <param name="Services">Empty means any service (<c>never</c> and <c>only</c>).</param>
public sealed record ConnectionTest(
    string Id, TestKind Kind, ImmutableArray<string> From, ImmutableArray<string> To, ImmutableArray<Service> Services)
{
    /// <summary>True for <c>layer: effective</c>, false for <c>sg</c>.</summary>
    public bool IsEffective { get; init; }

    /// <summary>A <c>must</c> holds although a group has no member.</summary>
    public bool AllowsEmpty { get; init; }

    /// <summary>Where it is declared.</summary>
    public SourceSpan? At { get; init; }
}

using System.Collections.Immutable;
using Sallyport.Estates;

namespace Sallyport.Planning;

/// <summary>One call of a <see cref="HeadroomSequencer"/>: adds, removes, or (both lists, pairwise) swaps in place.</summary>
internal sealed record Move(ImmutableArray<TargetRule> Added, ImmutableArray<SecurityGroupRule> Removed)
{
    public bool IsSwap => !Added.IsEmpty && !Removed.IsEmpty;
}

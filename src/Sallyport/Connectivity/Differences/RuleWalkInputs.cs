using Sallyport.Estates;

namespace Sallyport.Connectivity.Differences;

/// <summary>Where a <see cref="RuleWalk"/> takes its inputs from: one estate for all, or another for some, to see what an input did.</summary>
/// <param name="Rules">Groups and their rules.</param>
/// <param name="Vouches">What those rules say about peerings.</param>
/// <param name="Lists">Prefix lists.</param>
/// <param name="Links">Links between VPCs.</param>
internal sealed record RuleWalkInputs(Estate Rules, WalkLinks Vouches, Estate Lists, WalkLinks Links);

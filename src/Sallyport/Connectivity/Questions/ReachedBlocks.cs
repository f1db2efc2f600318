using Sallyport.Packets;

namespace Sallyport.Connectivity.Questions;

/// <summary>Addresses that no interface of the estate holds and that reach, or are reached, on the same services.</summary>
/// <param name="Addresses">The addresses; never empty.</param>
/// <param name="Services">What the one side there is lets through for some of the interfaces asked about.</param>
public sealed record ReachedBlocks(AddressSet Addresses, ServiceSet Services);

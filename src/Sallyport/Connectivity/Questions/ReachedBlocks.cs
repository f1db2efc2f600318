using Sallyport.Packets;

namespace Sallyport.Connectivity.Questions;

/// <summary>
/// Addresses outside that reach, or are reached, on the same services. Interfaces whose addresses lie within are listed by
/// themselves, with what their own groups say, and are not cut out here.
/// </summary>
/// <param name="Addresses">The addresses; at least one is held by no interface.</param>
/// <param name="Services">What the one side there is lets through for some of the interfaces asked about.</param>
public sealed record ReachedBlocks(AddressSet Addresses, ServiceSet Services);

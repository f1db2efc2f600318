using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Fixing;

/// <summary>An interface as the internet knows it.</summary>
/// <param name="Interface">The interface.</param>
/// <param name="Inside">The address it has in its VPC.</param>
/// <param name="Outside">The addresses under which the internet knows it: one, or those of a delegated prefix.</param>
internal sealed record PublicEnd(NetworkInterface Interface, Address Inside, AddressRange Outside);

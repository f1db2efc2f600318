using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Differences;

/// <summary>An end of a packet as both estates know it.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Old">The interface that holds it in the old estate; null when none does.</param>
/// <param name="New">The same in the new estate.</param>
/// <param name="IsOutside">True for an address that no interface holds in either.</param>
internal readonly record struct WalkEnd(Address Address, NetworkInterface? Old, NetworkInterface? New, bool IsOutside);

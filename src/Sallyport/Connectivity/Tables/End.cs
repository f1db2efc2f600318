using Sallyport.Packets;

namespace Sallyport.Connectivity.Tables;

/// <summary>A concrete end of a packet, by index: an interface of the estate (or -1) at an address.</summary>
internal readonly record struct End(int Nic, IpFamily Family, AddressNumber Bits);

using Sallyport.Packets;

namespace Sallyport.Connectivity.Tables;

/// <summary>The far end as the near end's rules see it.</summary>
/// <param name="Groups">Indexes of the groups it carries; null for an address that no interface holds.</param>
/// <param name="Vpc">Its VPC by <see cref="VpcLinks.IndexOf"/>.</param>
/// <param name="Family">Family of the address.</param>
/// <param name="Bits">The address.</param>
internal readonly record struct Far(int[]? Groups, int Vpc, IpFamily Family, AddressNumber Bits);

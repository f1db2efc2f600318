using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Networks;

/// <summary>A packet that crosses the border of a subnet.</summary>
/// <param name="Place">The subnet; null when it is not known which.</param>
/// <param name="Direction">Into it or out of it.</param>
/// <param name="Far">The packet's other address.</param>
internal readonly record struct AclPass(SubnetPlace? Place, Direction Direction, Address Far)
{
    /// <summary>What the subnet's ACL lets through; null when it was not read.</summary>
    public ServiceSet? Services => Place?.Acl?.At(Direction, Far);
}

using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity;

/// <summary>Services that no group filters.</summary>
internal static class UnfilteredServices
{
    /// <summary>Those of an address as seen from a VPC.</summary>
    public static ServiceSet To(Address to, Vpc? vpc) => ServiceSet.Empty;
}

using Sallyport.Packets;

namespace Sallyport.Connectivity.Differences;

/// <summary>
/// An end of both estates, known by VPC and address: a replaced interface with the same address is the same end. The range is one
/// address, or addresses of a delegated prefix that no table tells apart.
/// </summary>
/// <param name="Family">Family of the range.</param>
/// <param name="Range">First and last address.</param>
/// <param name="OldNic">Index of the interface that holds it in the old estate; -1 when none does.</param>
/// <param name="NewNic">The same in the new estate.</param>
/// <param name="Class">Index of its <see cref="EndClass"/>.</param>
internal readonly record struct PairedEnd(IpFamily Family, AddressRange Range, int OldNic, int NewNic, int Class)
{
    /// <summary>The interface in one of the estates.</summary>
    public int Nic(bool isNew) => isNew ? NewNic : OldNic;
}

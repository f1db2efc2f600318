using Sallyport.Packets;

namespace Sallyport.Connectivity.Tables;

/// <summary>Where an interface answers: one address, or a delegated prefix.</summary>
/// <param name="Nic">Index of the interface in the estate.</param>
/// <param name="Family">Family of the range.</param>
/// <param name="Range">First and last address.</param>
internal readonly record struct Place(int Nic, IpFamily Family, AddressRange Range)
{
    /// <summary>The address that stands for the place.</summary>
    public Address First => new(Family, Range.First);

    /// <summary>True for one address, false for a delegated prefix.</summary>
    public bool IsSingle => Range.First == Range.Last;
}

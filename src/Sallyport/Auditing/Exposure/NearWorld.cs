using Sallyport.Packets;

namespace Sallyport.Auditing.Exposure;

/// <summary>Services open to much of public space but not to all of it.</summary>
/// <param name="Services">Which.</param>
/// <param name="Fraction">The largest share of public space that one of them is open to, 0 to 1.</param>
internal sealed record NearWorld(ServiceSet Services, double Fraction)
{
    /// <summary>Nothing.</summary>
    public static NearWorld None { get; } = new(ServiceSet.Empty, 0);
}

using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Questions;

/// <summary>One interface of a list of who reaches, or is reached.</summary>
/// <param name="Interface">The interface.</param>
/// <param name="Allowed">Services that the groups of both ends let through for some address of each.</param>
/// <param name="Unknown">Services of which a gap decides.</param>
public sealed record ReachedInterface(NetworkInterface Interface, ServiceSet Allowed, ServiceSet Unknown)
{
    /// <summary>Number of connections from the start: 1 for a direct one.</summary>
    public int Hop { get; init; } = 1;

    /// <summary>The interface from which it is reached; null for a direct one.</summary>
    public NetworkInterfaceId? Via { get; init; }

    /// <summary>With every layer: of <see cref="Allowed"/>, what gets through them all; null when only the groups were asked.</summary>
    public ServiceSet? Effective { get; init; }

    /// <summary>With every layer: how far it gets; null when only the groups were asked.</summary>
    public Exposure? Exposure { get; init; }
}

using Sallyport.Packets;

namespace Sallyport.Connectivity.Differences;

/// <summary>
/// Flows between two sets, by end: interfaces' ends by index, or addresses that no interface holds. Pairs of one interface with itself
/// may be in a box and mean nothing.
/// </summary>
/// <param name="Family">Family of all addresses.</param>
/// <param name="From">Sorted indexes of ends; empty when the sources are outside.</param>
/// <param name="To">Sorted indexes of ends; empty when the targets are outside.</param>
/// <param name="Services">Service-set number.</param>
internal sealed record FlowBox(IpFamily Family, int[] From, int[] To, int Services)
{
    /// <summary>Addresses outside at the source's place; null when ends are there.</summary>
    public AddressSet? FromOutside { get; init; }

    /// <summary>Addresses outside at the target's place; null when ends are there.</summary>
    public AddressSet? ToOutside { get; init; }

    /// <summary>True when every interface with an address in the outside blocks is meant too.</summary>
    public bool IncludesInterfaces { get; init; }
}

using Sallyport.Connectivity.Tables;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Questions;

/// <summary>
/// Ends of one family that carry the same groups in the same VPC, so that one set of tables speaks for all of them; or addresses
/// that no interface holds; or a group without members.
/// </summary>
/// <param name="Groups">Groups by index; null for addresses outside.</param>
/// <param name="Vpc">VPC by index; -1 when not known or outside.</param>
/// <param name="Family">Family of every element.</param>
internal sealed record Party(int[]? Groups, int Vpc, IpFamily Family)
{
    /// <summary>Interfaces; empty for the other kinds.</summary>
    public required Place[] Places { get; init; }

    /// <summary>Addresses outside, or the addresses a member of the group could have.</summary>
    public AddressRange[] Ranges { get; init; } = [];

    /// <summary>True for a group without members.</summary>
    public bool IsSymbolic { get; init; }

    /// <summary>True for addresses outside that no group can have as members.</summary>
    public bool IsInternet { get; init; }

    /// <summary>True for addresses outside that may be interfaces nobody read.</summary>
    public bool IsHidden { get; init; }

    /// <summary>True for addresses that no interface holds.</summary>
    public bool IsOutside => Groups is null;
}

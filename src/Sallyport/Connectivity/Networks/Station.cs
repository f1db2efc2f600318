using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity.Networks;

/// <summary>Where a leg of a journey begins or ends: an interface, a NAT gateway that lends its address, or an address outside.</summary>
/// <param name="Address">The address packets carry.</param>
/// <param name="Vpc">The VPC it is meant in; null for the internet, or when unknown.</param>
/// <param name="Place">Its subnet; null outside, or when unknown.</param>
/// <param name="Nic">The interface, if one holds it.</param>
/// <param name="Nat">The NAT gateway, if one lends it.</param>
internal sealed record Station(Address Address, VpcId? Vpc, SubnetPlace? Place, NetworkInterface? Nic, Gateway? Nat)
{
    /// <summary>True when something of the estate holds the address.</summary>
    public bool IsHeld => Nic is not null || Nat is not null;

    /// <summary>The address under which the internet sees it; null when there is none.</summary>
    public Address? OnTheInternet
    {
        get
        {
            if (Address.Family == IpFamily.V6) return PublicSpace.InternetOf(Address.Family).Contains(Address) ? Address : null;
            if (Nat is not null) return Nat.PublicAddresses.IsEmpty ? null : Nat.PublicAddresses[0];
            if (Nic is null) return null;
            foreach (var (inside, outside) in Nic.PublicAddresses)
            {
                if (inside == Address) return outside;
            }

            return null;
        }
    }

    /// <summary>Id of what holds the address, or the address.</summary>
    public override string ToString() => Nic?.Id.Value ?? Nat?.Id ?? Address.ToString();
}

using Sallyport.Packets;

namespace Sallyport.Policies;

/// <summary>Addresses that a member to come may get: free ones of its VPC.</summary>
/// <param name="V4">IPv4 addresses.</param>
/// <param name="V6">IPv6 addresses.</param>
/// <param name="IsKnown">False when the VPC's blocks were not read: then it may be any of them, nobody knows which.</param>
internal sealed record Room(AddressSet V4, AddressSet V6, bool IsKnown)
{
    public bool IsEmpty => V4.IsEmpty && V6.IsEmpty;

    public AddressSet Of(IpFamily family) => family == IpFamily.V4 ? V4 : V6;

    public Room Except(AddressSet v4, AddressSet v6) =>
        v4.IsEmpty && v6.IsEmpty ? this : this with { V4 = V4.Subtract(v4), V6 = V6.Subtract(v6) };

    public Room Union(Room other) => this with { V4 = V4.Union(other.V4), V6 = V6.Union(other.V6) };
}

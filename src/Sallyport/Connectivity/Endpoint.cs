using Sallyport.Estates;
using Sallyport.Packets;

namespace Sallyport.Connectivity;

/// <summary>
/// One end of a flow: an interface with one of its private addresses, or an address that no interface of the estate holds
/// (then <see cref="Interface"/> is null and no group filters there).
/// </summary>
public sealed record Endpoint
{
    private Endpoint(Address address, NetworkInterface? @interface, VpcId? vpc)
    {
        Address = address;
        Interface = @interface;
        Vpc = vpc;
    }

    /// <summary>The private address of the interface, or the address outside.</summary>
    public Address Address { get; }

    /// <summary>Null for an address that no interface holds.</summary>
    public NetworkInterface? Interface { get; }

    /// <summary>The VPC the address is meant in; null when it has none (the internet) or it is not known.</summary>
    public VpcId? Vpc { get; }

    /// <summary>An interface at one of its addresses (primary, secondary, IPv6, or inside a delegated prefix).</summary>
    public static Endpoint Of(NetworkInterface nic, Address address) => new(address, nic, nic.Vpc);

    /// <summary>An address that no interface holds.</summary>
    public static Endpoint Outside(Address address, VpcId? vpc = null) => new(address, null, vpc);

    /// <inheritdoc/>
    public bool Equals(Endpoint? other) =>
        other is not null && Address == other.Address && Vpc == other.Vpc && Interface?.Id == other.Interface?.Id;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Address, Vpc, Interface?.Id);

    /// <summary><c>eni-… (10.0.1.5)</c>, or the address.</summary>
    public override string ToString() => Interface is null ? Address.ToString() : $"{Interface.Id} ({Address})";
}

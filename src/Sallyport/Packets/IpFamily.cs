namespace Sallyport.Packets;

/// <summary>IPv4 and IPv6 are disjoint universes: a rule of one never matches a packet of the other.</summary>
public enum IpFamily
{
    /// <summary>32-bit addresses.</summary>
    V4 = 4,

    /// <summary>128-bit addresses.</summary>
    V6 = 6,
}

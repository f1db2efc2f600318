namespace Sallyport.Estates;

/// <summary>Kinds of <see cref="Gateway"/>.</summary>
public enum GatewayKind
{
    /// <summary><c>igw-</c>: both families, both ways.</summary>
    Internet,

    /// <summary><c>eigw-</c>: IPv6, outwards only.</summary>
    EgressOnlyInternet,

    /// <summary><c>nat-</c>: outwards only, changes the source.</summary>
    Nat,

    /// <summary><c>vgw-</c>: towards a VPN or Direct Connect.</summary>
    Vpn,

    /// <summary><c>tgw-</c>: between VPCs and beyond.</summary>
    Transit,
}

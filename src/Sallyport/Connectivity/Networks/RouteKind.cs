namespace Sallyport.Connectivity.Networks;

/// <summary>What a route's target is, as far as paths differ by it.</summary>
internal enum RouteKind
{
    /// <summary>Inside the VPC.</summary>
    Local,

    /// <summary><c>igw-</c>.</summary>
    Internet,

    /// <summary><c>eigw-</c>.</summary>
    EgressOnlyInternet,

    /// <summary><c>nat-</c>.</summary>
    Nat,

    /// <summary><c>pcx-</c>.</summary>
    Peering,

    /// <summary><c>tgw-</c>.</summary>
    Transit,

    /// <summary>A gateway endpoint: to the addresses of a service.</summary>
    Service,

    /// <summary>An interface, instance or Gateway Load Balancer endpoint that takes packets in and sends them out again.</summary>
    Middlebox,

    /// <summary>Virtual private, local and carrier gateways, core networks and whatever else leads where nothing was read.</summary>
    Beyond,

    /// <summary>The target is gone.</summary>
    Blackhole,
}

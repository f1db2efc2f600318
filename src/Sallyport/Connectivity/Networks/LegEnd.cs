namespace Sallyport.Connectivity.Networks;

/// <summary>How a packet's way in one direction ends.</summary>
internal enum LegEnd
{
    /// <summary>At the interface or NAT gateway it was meant for.</summary>
    Delivered,

    /// <summary>On the internet.</summary>
    Internet,

    /// <summary>At a service behind a gateway endpoint.</summary>
    Service,

    /// <summary>Nowhere.</summary>
    Stopped,

    /// <summary>It depends on something that was not read.</summary>
    Unknown,
}

namespace Sallyport.Connectivity;

/// <summary>What can stop a packet, in the order in which a verdict names the first.</summary>
public enum Layer
{
    /// <summary>Egress rules of the source's groups.</summary>
    Egress,

    /// <summary>Network ACLs of the subnets on the way, for the packet and for its answer.</summary>
    Nacl,

    /// <summary>Routes on the way there and back, gateways and public addresses.</summary>
    Route,

    /// <summary>Ingress rules of the target's groups.</summary>
    Ingress,
}

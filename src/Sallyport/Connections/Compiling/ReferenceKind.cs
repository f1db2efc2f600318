namespace Sallyport.Connections.Compiling;

/// <summary>Whether EC2 permits a rule of one group to name another group.</summary>
internal enum ReferenceKind
{
    /// <summary>Both directions.</summary>
    Permitted,

    /// <summary>Over a transit gateway: ingress rules only.</summary>
    IngressOnly,

    /// <summary>The groups' VPCs are not known.</summary>
    VpcUnknown,

    /// <summary>Different VPCs, and peerings were not read.</summary>
    PeeringsUnknown,

    /// <summary>Different Regions: never.</summary>
    OtherRegion,

    /// <summary>Different VPCs with nothing between them that carries references.</summary>
    Unrelated,
}

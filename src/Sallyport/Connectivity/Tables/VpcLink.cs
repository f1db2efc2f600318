namespace Sallyport.Connectivity.Tables;

/// <summary>Whether a reference to a group is understood between two VPCs.</summary>
internal enum VpcLink
{
    /// <summary>Nothing between them carries references.</summary>
    None,

    /// <summary>One VPC, or an active peering in one Region.</summary>
    Full,

    /// <summary>A transit gateway with referencing on: ingress rules only.</summary>
    IngressOnly,

    /// <summary>Not read.</summary>
    Unknown,
}

namespace Sallyport.Connectivity.Batches;

/// <summary>The keys of a packet.</summary>
internal enum PacketField
{
    /// <summary>A key that no packet has.</summary>
    None,

    /// <summary>Who sends.</summary>
    From,

    /// <summary>Who is asked.</summary>
    To,

    /// <summary>Name or number.</summary>
    Protocol,

    /// <summary>Destination port.</summary>
    Port,

    /// <summary>ICMP type.</summary>
    Type,

    /// <summary>ICMP code.</summary>
    Code,
}

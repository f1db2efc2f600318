namespace Sallyport.Connectivity.Differences;

/// <summary>What flows are worked out from; a difference is put down to the input that made it.</summary>
public enum DiffInput
{
    /// <summary>Rules of the groups.</summary>
    Rules,

    /// <summary>Interfaces, their addresses and the groups they carry.</summary>
    Membership,

    /// <summary>Entries of prefix lists.</summary>
    PrefixLists,

    /// <summary>Peerings and transit gateways that carry references between VPCs.</summary>
    Links,
}

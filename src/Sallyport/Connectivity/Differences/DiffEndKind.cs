namespace Sallyport.Connectivity.Differences;

/// <summary>What a <see cref="DiffEnd"/> names.</summary>
public enum DiffEndKind
{
    /// <summary>Addresses, as blocks.</summary>
    Blocks,

    /// <summary>Every interface that carries a group, or the part of them that is listed.</summary>
    Group,

    /// <summary>One interface at all its addresses of the family.</summary>
    Interface,

    /// <summary>One address of an interface.</summary>
    Address,

    /// <summary>A prefix list whose entries were not read.</summary>
    PrefixList,
}

namespace Sallyport.Lab;

/// <summary>Service quotas of every account of the lab; the defaults are AWS's (VPC user guide: Amazon VPC quotas).</summary>
public sealed record LabQuotas
{
    /// <summary>Rules of one group in one direction, counted for IPv4 and IPv6 separately and with weights.</summary>
    public int RulesPerGroup { get; init; } = 60;

    /// <summary>Groups on one interface.</summary>
    public int GroupsPerInterface { get; init; } = 5;

    /// <summary>Groups of one account in one Region.</summary>
    public int GroupsPerRegion { get; init; } = 2_500;

    /// <summary>Customer prefix lists of one account in one Region.</summary>
    public int PrefixListsPerRegion { get; init; } = 100;

    /// <summary>Highest MaxEntries of a customer prefix list.</summary>
    public int EntriesPerPrefixList { get; init; } = 1_000;

    /// <summary>Versions of a prefix list that are kept; the oldest goes first.</summary>
    public int VersionsPerPrefixList { get; init; } = 1_000;

    /// <summary>Tags of one resource.</summary>
    public int TagsPerResource { get; init; } = 50;
}

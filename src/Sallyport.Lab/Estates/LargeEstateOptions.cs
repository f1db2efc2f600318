namespace Sallyport.Lab.Estates;

/// <summary>How large and how shaped an estate <see cref="LargeEstate"/> makes.</summary>
/// <param name="Groups">Groups in all, default groups included; 0 to 100,000.</param>
/// <param name="Rules">Rules of all groups and both directions; 0 to 1,000,000.</param>
/// <param name="Interfaces">Interfaces in all; 0 to 200,000.</param>
/// <param name="Seed">Equal options and seed give equal estates, on every machine.</param>
public sealed record LargeEstateOptions(int Groups = 2_500, int Rules = 25_000, int Interfaces = 10_000, int Seed = 1)
{
    /// <summary>Most groups that are made.</summary>
    public const int MostGroups = 100_000;

    /// <summary>Most rules that are made.</summary>
    public const int MostRules = 1_000_000;

    /// <summary>Most interfaces that are made.</summary>
    public const int MostInterfaces = 200_000;

    /// <summary>Most rules for each group: beyond it no quota that AWS grants could hold them (200 a direction).</summary>
    public const int MostRulesPerGroup = 400;

    /// <summary>Most VPCs that are made.</summary>
    public const int MostVpcs = 4_000;

    /// <summary>Groups of one VPC, as far as there are enough. Default 250.</summary>
    public int GroupsPerVpc { get; init; } = 250;

    /// <summary>VPCs of one Region of an account. Default 4, under EC2's default quota of 5.</summary>
    public int VpcsPerRegion { get; init; } = 4;

    /// <summary>What is impossible about the figures, as a clause; null when nothing is.</summary>
    public string? Problem
    {
        get
        {
            if (Groups is < 0 or > MostGroups) return $"groups is {Groups}, outside 0-{MostGroups}";
            if (Rules is < 0 or > MostRules) return $"rules is {Rules}, outside 0-{MostRules}";
            if (Interfaces is < 0 or > MostInterfaces) return $"interfaces is {Interfaces}, outside 0-{MostInterfaces}";
            if (GroupsPerVpc < 1 || VpcsPerRegion < 1) return "there must be at least one group a VPC and one VPC a Region";
            if (Rules > (long)Groups * MostRulesPerGroup) return $"{Rules} rules are more than {MostRulesPerGroup} for each of {Groups} groups";
            if (Interfaces > (long)Groups * LargeEstate.InterfacesPerVpc) return $"{Interfaces} interfaces do not fit into the VPCs of {Groups} groups";
            if (Groups / GroupsPerVpc > MostVpcs) return $"{Groups} groups of {GroupsPerVpc} a VPC are more than {MostVpcs} VPCs";
            return null;
        }
    }
}

namespace Sallyport.Connectivity.Differences;

/// <summary>The figures a reviewer acts on.</summary>
public sealed record DiffSummary
{
    /// <summary>Interfaces whose groups let something in from public addresses that they did not let in before.</summary>
    public int InterfacesOpenedToInternet { get; init; }

    /// <summary>Interfaces whose groups no longer let something in from public addresses.</summary>
    public int InterfacesClosedToInternet { get; init; }

    /// <summary>Of the pairs of groups that are named, those with a flow now and none before.</summary>
    public int NewGroupPairs { get; init; }

    /// <summary>Of the pairs of groups that are named, those with a flow before and none now.</summary>
    public int ClosedGroupPairs { get; init; }

    /// <summary>Rules that came, went, or have another description or other tags.</summary>
    public int TextualChanges { get; init; }

    /// <summary>Of these, rules that came.</summary>
    public int RulesAdded { get; init; }

    /// <summary>Of these, rules that went.</summary>
    public int RulesRemoved { get; init; }

    /// <summary>Interface addresses that are in the new estate only.</summary>
    public int EndsAdded { get; init; }

    /// <summary>Interface addresses that are in the old estate only.</summary>
    public int EndsRemoved { get; init; }
}

using System.Text.Json;
using Sallyport.Connectivity.Differences;

namespace Sallyport.Reports.Connectivity;

/// <summary>The words of differences.</summary>
internal static class DiffWords
{
    /// <summary>The contract's word for a relation.</summary>
    public static string Of(DiffRelation relation) => JsonNamingPolicy.CamelCase.ConvertName(relation.ToString());

    /// <summary>A relation as a sentence.</summary>
    public static string Sentence(DiffRelation relation) => relation switch
    {
        DiffRelation.Equal => "equal: the same flows get through",
        DiffRelation.Widens => "widens: flows are added, none is removed",
        DiffRelation.Narrows => "narrows: flows are removed, none is added",
        DiffRelation.Incomparable => "incomparable: flows are added and flows are removed",
        _ => throw new ArgumentOutOfRangeException(nameof(relation)),
    };

    /// <summary>What an input is called.</summary>
    public static string Of(DiffInput input) => input switch
    {
        DiffInput.Rules => "rules",
        DiffInput.Membership => "membership",
        DiffInput.PrefixLists => "prefix-lists",
        DiffInput.Links => "links",
        _ => throw new ArgumentOutOfRangeException(nameof(input)),
    };
}

using System.Text.Json;
using Sallyport.Connectivity.Differences;
using Sallyport.Packets;

namespace Sallyport.Reports.Connectivity;

/// <summary>The words of differences.</summary>
internal static class DiffWords
{
    private const int MostServices = 8;

    /// <summary>The contract's word for a relation.</summary>
    public static string Of(DiffRelation relation) => JsonNamingPolicy.CamelCase.ConvertName(relation.ToString());

    /// <summary>The relation of a report, and whether it is certain.</summary>
    public static string Sentence(DiffReport report) =>
        report.IsCertain ? Sentence(report.Relation) : $"not certain, for not everything was read; as far as it was, {Sentence(report.Relation)}";

    /// <summary>A relation as a sentence.</summary>
    private static string Sentence(DiffRelation relation) => relation switch
    {
        DiffRelation.Equal => "equal: the same flows get through",
        DiffRelation.Widens => "widens: flows are added, none is removed",
        DiffRelation.Narrows => "narrows: flows are removed, none is added",
        DiffRelation.Incomparable => "incomparable: flows are added and flows are removed",
        _ => throw new ArgumentOutOfRangeException(nameof(relation)),
    };

    /// <summary>
    /// Services in as few words as are exact: <c>any except tcp/443</c> rather than 255 protocols. A long list is cut; JSON has it whole.
    /// </summary>
    public static string Of(ServiceSet services)
    {
        var listed = services.ToServices();
        if (listed.Length <= MostServices) return string.Join(", ", listed);
        var missing = services.Complement().ToServices();
        if (missing.Length <= MostServices) return $"any except {string.Join(", ", missing)}";
        return $"{string.Join(", ", listed.Take(MostServices))} and {listed.Length - MostServices} more";
    }

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

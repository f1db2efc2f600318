using System.Collections.Immutable;
using Sallyport.Templates.AwsCli;
using Sallyport.Templates.Json;

namespace Sallyport.Templates;

/// <summary>Every language that <c>fix --to</c> takes, in the order in which help lists them.</summary>
public static class PlanFormats
{
    /// <summary>One writer a language; names are unique.</summary>
    public static ImmutableArray<IPlanWriter> All { get; } = [new JsonPlanWriter(), new AwsCliPlanWriter()];

    /// <summary>Languages of the contract that have no writer yet: code, whose writers put a change where its resource is declared.</summary>
    public static ImmutableArray<string> Unwritten { get; } = [.. new[] { "terraform", "cloudformation" }.Except(All.Select(w => w.Name))];

    /// <summary>The writer of that name; null when there is none.</summary>
    public static IPlanWriter? Find(string name) => All.FirstOrDefault(w => w.Name == name);
}

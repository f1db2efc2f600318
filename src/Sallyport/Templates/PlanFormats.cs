using System.Collections.Immutable;
using Sallyport.Templates.AwsCli;
using Sallyport.Templates.CloudFormation;
using Sallyport.Templates.Json;
using Sallyport.Templates.Terraform;

namespace Sallyport.Templates;

/// <summary>Every language that <c>fix --to</c> takes, in the order in which help lists them.</summary>
public static class PlanFormats
{
    /// <summary>One writer a language; names are unique.</summary>
    public static ImmutableArray<IPlanWriter> All { get; } = [new JsonPlanWriter(), new TerraformPlanWriter(), new CloudFormationPlanWriter(), new AwsCliPlanWriter()];

    /// <summary>The writer of that name; null when there is none.</summary>
    public static IPlanWriter? Find(string name) => All.FirstOrDefault(w => w.Name == name);
}

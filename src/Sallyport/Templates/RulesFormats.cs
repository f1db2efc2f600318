using System.Collections.Immutable;
using Sallyport.Templates.AwsCli;
using Sallyport.Templates.CloudFormation;
using Sallyport.Templates.Json;
using Sallyport.Templates.Terraform;

namespace Sallyport.Templates;

/// <summary>Every language that <c>compile --to</c> writes, in the order in which help lists them.</summary>
public static class RulesFormats
{
    /// <summary>One writer a language; names are unique.</summary>
    public static ImmutableArray<IRulesWriter> All { get; } =
    [
        new JsonRulesWriter(), new TerraformWriter(), new MutualModuleWriter(), new CloudFormationWriter(isJson: false), new CloudFormationWriter(isJson: true), new AwsCliWriter(),
    ];

    /// <summary>The writer of that name; null when there is none.</summary>
    public static IRulesWriter? Find(string name) => All.FirstOrDefault(w => w.Name == name);
}

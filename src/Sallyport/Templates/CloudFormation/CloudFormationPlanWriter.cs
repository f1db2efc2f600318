using System.Collections.Immutable;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Planning;
using Sallyport.Templates.AwsCli;

namespace Sallyport.Templates.CloudFormation;

/// <summary>
/// <c>fix --to cloudformation</c>: what the plan adds, as a template of its own; what it removes, as comments that say where to take a rule
/// out of the code or which call revokes it.
/// </summary>
public sealed class CloudFormationPlanWriter : IPlanWriter
{
    /// <inheritdoc/>
    public string Name => "cloudformation";

    /// <inheritdoc/>
    public ImmutableArray<Diagnostic> Write(Plan plan, Estate estate, Stream output)
    {
        var problems = AwsCliPlanWriter.ProblemsOf(plan);
        if (!problems.IsEmpty) return problems;
        var written = WrittenRules.OfAdditions(plan, estate);
        var places = written.Places.Length;
        if (written.UnplacedCount > 0) return [TemplatesDiagnostics.OnePlace(places)];
        var template = new CloudFormationTemplate(written, "Security group rules that findings ask for. Written by sallyport fix.", isSpread: places > 1);
        var ids = LogicalIds.Of(written.All);
        foreach (var rule in written.All) template.Add(ids[rule], rule);
        if (template.ResourceCount > CloudFormationLimits.Resources) return [TemplatesDiagnostics.TooManyAdditions(template.ResourceCount, places, CloudFormationLimits.Resources)];
        if (template.ParameterCount > CloudFormationLimits.Parameters) return [TemplatesDiagnostics.TooManyParameters(template.ParameterCount, CloudFormationLimits.Parameters)];
        var (changes, lines) = PlanRemainder.Of(plan, estate);
        output.Write(template.ToBytes(
            isJson: false,
            ["Written by sallyport fix --to cloudformation."],
            lines.IsEmpty ? [] : ["To be done when the rules above are there, by hand: this template only adds.", .. lines]));
        return
        [
            .. CloudFormationWriter.SurveyOf(written),
            .. places > 1 ? [TemplatesDiagnostics.ServesPlaces(places)] : Array.Empty<Diagnostic>(),
            .. changes > 0 ? [TemplatesDiagnostics.ByHand(changes, "CloudFormation")] : Array.Empty<Diagnostic>(),
        ];
    }
}

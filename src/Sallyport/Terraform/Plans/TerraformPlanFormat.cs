using Sallyport.Estates;
using Sallyport.Estates.Files;

namespace Sallyport.Terraform.Plans;

/// <summary>
/// A Terraform plan (<c>terraform show -json PLAN</c>), one side of it, or a state (<c>terraform show -json</c>, <c>terraform.tfstate</c>).
/// </summary>
/// <param name="side">Which side of a plan; null when nobody said, and then it is the one after.</param>
public sealed class TerraformPlanFormat(PlanSide? side = null) : IEstateFormat
{
    private static readonly string[] Parts = ["terraform_version", "planned_values", "resource_changes", "prior_state", "configuration", "values"];

    /// <inheritdoc/>
    public string Name => "Terraform plan or state JSON";

    /// <inheritdoc/>
    public bool IsCode => true;

    /// <inheritdoc/>
    public bool Recognises(EstateFileHead head)
    {
        if (head.First != '{') return false;
        var keys = head.Keys;
        if (keys.TryGetValue("format_version", out var version) && version is not null) return keys.Count == 1 || Parts.Any(keys.ContainsKey);

        // With its keys sorted a plan begins with its configuration, which may be longer than the head.
        if (keys.ContainsKey("configuration") && head.Bytes.Span.IndexOf("\"root_module\""u8) >= 0) return true;
        if (keys.ContainsKey("configuration") && head.Bytes.Span.IndexOf("\"provider_config\""u8) >= 0) return true;
        return keys.ContainsKey("lineage") && (keys.ContainsKey("serial") || keys.ContainsKey("resources") || keys.ContainsKey("terraform_version"));
    }

    /// <inheritdoc/>
    public void Read(Stream content, EstateFile file, EstateBuilder into, FileDiagnostics said, CancellationToken cancellationToken)
    {
        var plan = new PlanReader(new JsonInput(content, file.Name, cancellationToken), side ?? PlanSide.After, said).Read();
        if (plan is null) return;
        if (plan.IsState && side is not null) said.Add(PlanDiagnostics.NoSides(file.Name));
        else Add(plan, file, into, said);
    }

    // Arguments of the configuration are read when they are asked for, and may turn out to be no valid text.
    private void Add(TerraformPlan plan, EstateFile file, EstateBuilder into, FileDiagnostics said)
    {
        try
        {
            PlanEstate.Add(plan, side ?? PlanSide.After, file, into, said);
        }
        catch (JsonInputException e)
        {
            said.Add(e.Diagnostic);
        }
    }
}

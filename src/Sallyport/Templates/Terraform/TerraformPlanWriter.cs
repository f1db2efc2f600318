using System.Collections.Immutable;
using System.Text;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Planning;
using Sallyport.Templates.AwsCli;

namespace Sallyport.Templates.Terraform;

/// <summary>
/// <c>fix --to terraform</c>: what the plan adds, as resources; what it removes, as comments that say where to take a rule out of the code
/// or which call revokes it, since a new file cannot remove what Terraform does not manage.
/// </summary>
public sealed class TerraformPlanWriter : IPlanWriter
{
    /// <inheritdoc/>
    public string Name => "terraform";

    /// <inheritdoc/>
    public ImmutableArray<Diagnostic> Write(Plan plan, Estate estate, Stream output)
    {
        var problems = AwsCliPlanWriter.ProblemsOf(plan);
        if (!problems.IsEmpty) return problems;
        var written = WrittenRules.OfAdditions(plan, estate);
        var document = new TerraformDocument(written);
        document.WriteHead("Written by sallyport fix --to terraform.");
        document.WriteNeeds();
        document.WriteRules(written.All);
        var (changes, lines) = PlanRemainder.Of(plan, estate);
        if (!lines.IsEmpty)
        {
            document.Text.Gap().Comment("To be done when the rules above are there, by hand: this file only adds.");
            foreach (var line in lines) document.Text.Comment(line);
        }

        output.Write(Encoding.UTF8.GetBytes(document.Text.ToString()));
        return
        [
            .. changes > 0 ? [TemplatesDiagnostics.ByHand(changes, "Terraform")] : Array.Empty<Diagnostic>(),
            .. written.All.IsEmpty ? [TemplatesDiagnostics.NothingToWrite()] : Array.Empty<Diagnostic>(),
        ];
    }
}

using System.Collections.Immutable;
using System.Text;
using Sallyport.Connections.Compiling;
using Sallyport.Diagnostics;
using Sallyport.Estates;

namespace Sallyport.Templates.Terraform;

/// <summary>
/// <c>compile --to terraform</c>: HCL as <c>terraform fmt</c> leaves it, one resource a direction over a map of rules, and an import for
/// every rule that exists. (Terraform 1.5, AWS provider 5)
/// </summary>
public sealed class TerraformWriter : IRulesWriter
{
    /// <inheritdoc/>
    public string Name => "terraform";

    /// <inheritdoc/>
    public ImmutableArray<Diagnostic> Write(DesiredRules rules, Estate? estate, Stream output)
    {
        var written = WrittenRules.Of(rules, estate);
        var document = new TerraformDocument(written);
        document.WriteHead("Written by sallyport compile --to terraform: change the connections file, not this one.");
        document.WriteNeeds();
        document.WriteRules(written.All);
        output.Write(Encoding.UTF8.GetBytes(document.Text.ToString()));
        return [.. CodeSurvey.Of(rules, estate), .. written.All.IsEmpty ? [TemplatesDiagnostics.NothingToWrite()] : Array.Empty<Diagnostic>()];
    }
}

using Sallyport.Diagnostics;

namespace Sallyport.Terraform;

/// <summary>A file of Terraform code.</summary>
/// <param name="File">Its path.</param>
/// <param name="Text">What it holds; null when it could not be read.</param>
/// <param name="Problem">Why not; null when it could.</param>
public sealed record TerraformText(string File, string? Text, Diagnostic? Problem = null)
{
    /// <summary>Longest file that is read, in characters; larger ones need not be opened.</summary>
    public const int MaxLength = Hcl.Parsing.HclParser.MaxLength;

    /// <summary>True for files of code, by their name: <c>.tf</c> and <c>.tf.json</c>.</summary>
    public static bool IsCode(string file) => file.EndsWith(".tf", StringComparison.Ordinal) || file.EndsWith(".tf.json", StringComparison.Ordinal);

    /// <summary>True for files that give variables their values: <c>.tfvars</c> and <c>.tfvars.json</c>.</summary>
    public static bool IsValues(string file) => file.EndsWith(".tfvars", StringComparison.Ordinal) || file.EndsWith(".tfvars.json", StringComparison.Ordinal);

    /// <summary>True for files of values that Terraform takes without being told.</summary>
    internal bool IsTakenAlone
    {
        get
        {
            var name = Path.GetFileName(File);
            return name is "terraform.tfvars" or "terraform.tfvars.json"
                || name.EndsWith(".auto.tfvars", StringComparison.Ordinal) || name.EndsWith(".auto.tfvars.json", StringComparison.Ordinal);
        }
    }
}

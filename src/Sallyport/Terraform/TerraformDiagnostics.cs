using Sallyport.Diagnostics;

namespace Sallyport.Terraform;

/// <summary>Every diagnostic of Terraform code, plans and states: SPD2220-SPD2249. One method a code; the sentence lives here only.</summary>
internal static class TerraformDiagnostics
{
    /// <summary>One address twice.</summary>
    public static Diagnostic Duplicate(string address, SourceSpan first, SourceSpan at) =>
        new("SPD2220", Severity.Error, $"{address} is declared a second time; the first is at {first}.", at);
}

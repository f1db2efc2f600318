using Sallyport.Diagnostics;

namespace Sallyport.Terraform;

/// <summary>Every diagnostic of Terraform code, plans and states: SPD2220-SPD2249. One method a code; the sentence lives here only.</summary>
internal static class TerraformDiagnostics
{
    /// <summary>One address twice.</summary>
    public static Diagnostic Duplicate(string address, SourceSpan first, SourceSpan at) =>
        new("SPD2220", Severity.Error, $"{address} is declared a second time; the first is at {first}.", at);

    /// <summary>A module whose code is not at hand.</summary>
    public static Diagnostic UnreadModule(string address, string why, SourceSpan at) =>
        new("SPD2221", Severity.Warning, $"{address} was not read: {why}. The groups and rules that it makes are unknown.", at);

    /// <summary>Code that multiplies beyond the limit.</summary>
    public static Diagnostic TooManyResources(int limit, SourceSpan at) =>
        new("SPD2222", Severity.Error, $"The code makes more than {limit} resources; none of them was taken.", at);
}

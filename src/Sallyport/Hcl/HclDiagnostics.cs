using Sallyport.Diagnostics;

namespace Sallyport.Hcl;

/// <summary>Every diagnostic of HCL text: SPD2200-SPD2219. One method a code; the sentence lives here only.</summary>
internal static class HclDiagnostics
{
    /// <summary>The text is no HCL.</summary>
    public static Diagnostic Syntax(string problem, SourceSpan at) => new("SPD2200", Severity.Error, $"This is not valid HCL: {problem}.", at);

    /// <summary>Nesting beyond the limit.</summary>
    public static Diagnostic TooDeep(int limit, SourceSpan at) =>
        new("SPD2201", Severity.Error, $"The text is nested more than {limit} levels deep.", at);

    /// <summary>A file beyond the limit.</summary>
    public static Diagnostic TooLong(int limitMegabytes, SourceSpan at) =>
        new("SPD2202", Severity.Error, $"The file is longer than {limitMegabytes} MiB.", at);
}

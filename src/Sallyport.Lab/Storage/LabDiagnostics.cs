using Sallyport.Diagnostics;

namespace Sallyport.Lab.Storage;

/// <summary>Diagnostics of the lab: SPD2901-SPD2999.</summary>
internal static class LabDiagnostics
{
    public static Diagnostic MalformedState(string problem, SourceSpan at) =>
        new("SPD2901", Severity.Error, $"This is not a lab's state file: {problem.TrimEnd('.')}. Delete it or name another to start anew.", at);
}

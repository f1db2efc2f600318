using Sallyport.Diagnostics;

namespace Sallyport.Cli;

/// <summary>Diagnostics of drift from code and of patches: SPD7201-SPD7229.</summary>
internal static class DriftDiagnostics
{
    public static Diagnostic PatchNeedsCode(string path) => new(
        "SPD7201", Severity.Error, $"-o patch changes Terraform code or a template; {path} is a connections file. Use -o plan, or `import` to write what is there as connections.");

    public static Diagnostic NotInPatch(int changes) => new(
        "SPD7202", Severity.Warning, $"{changes} change(s) are not in the patch: each is a comment at its top, with the place and the reason.");

    public static Diagnostic NotInPlan(int rules, int groups) => new(
        "SPD7203", Severity.Warning, $"The plan leaves out {rules} missing rule(s) whose far end is not there, and {groups} group(s) that are not there: apply the code to make them.");

    public static Diagnostic NotKnown(int doubts) => new(
        "SPD7204", Severity.Error, $"{doubts} part(s) of the code could not be compared (listed in the output), so nobody can say that nothing drifted; use --allow-partial to accept that.");

    public static Diagnostic NothingDeclared(string path) => new(
        "SPD7205", Severity.Error, $"{path} declares no security group.");
}

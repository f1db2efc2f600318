using Sallyport.Diagnostics;

namespace Sallyport.Connections.Importing;

/// <summary>What import says about the estate it reads: SPD1901-SPD1999. None of it stops the import.</summary>
internal static class ImportDiagnostics
{
    public static Diagnostic NoGroups() =>
        new("SPD1901", Severity.Warning, "The estate holds no security group, so the connections file declares nothing.");

    public static Diagnostic MalformedRules(string group, int count) => new(
        "SPD1902", Severity.Warning,
        $"{count} rule(s) of the group \"{group}\" could not be read and are not in the connections file; a plan cannot see them either.");

    public static Diagnostic ReadOnlyGroup(string group, string manager) => new(
        "SPD1903", Severity.Note,
        $"The group \"{group}\" is managed by {manager}: it is imported read-only, and nothing on it is ever changed.");

    public static Diagnostic Residuals(int count) => new(
        "SPD1904", Severity.Note,
        $"{count} half-rule(s) have no counterpart on the other side and are kept under \"residual\"; every plan shows them until they are declared or removed.");

    public static Diagnostic IncompleteRead(string what, string where) => new(
        "SPD1905", Severity.Warning,
        $"Some {what} of {where} could not be read; rules that were not read are not in the connections file.");
}

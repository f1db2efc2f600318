using Sallyport.Diagnostics;

namespace Sallyport.Reports;

/// <summary>Diagnostics of the outputs: SPD6100-SPD6199.</summary>
internal static class ReportDiagnostics
{
    public static Diagnostic SarifIsCut(int findings, int most) => new(
        "SPD6101", Severity.Warning, $"The SARIF file holds the {most:N0} most severe of {findings:N0} findings; code scanning takes no more in one run.");

    public static Diagnostic SarifIsMoreThanShown(int findings, int most) => new(
        "SPD6102", Severity.Warning, $"The SARIF file holds {findings:N0} findings; code scanning keeps only the {most:N0} most severe.");

    public static Diagnostic AsffHasNoPlace(int findings) => new(
        "SPD6103", Severity.Warning,
        $"{findings:N0} finding{(findings == 1 ? " is" : "s are")} left out of the ASFF output: Security Hub takes none without an account and a Region. Use --account and --region.");

    public static Diagnostic AsffNeedsBatches(int findings, int most) => new(
        "SPD6104", Severity.Note, $"The ASFF output holds {findings:N0} findings; batch-import-findings takes {most} at a time, of one account and Region.");

    public static Diagnostic HtmlIsCut(int findings, int most) => new(
        "SPD6105", Severity.Warning, $"The page holds the {most:N0} most severe of {findings:N0} findings; -o json=FILE holds them all.");
}

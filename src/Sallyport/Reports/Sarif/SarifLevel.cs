using Sallyport.Auditing;

namespace Sallyport.Reports.Sarif;

/// <summary>Our severities in SARIF's three levels and in the numbers code scanning ranks security results by.</summary>
internal static class SarifLevel
{
    public static string Of(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Critical or FindingSeverity.High => "error",
        FindingSeverity.Medium => "warning",
        _ => "note",
    };

    /// <summary>The middle of code scanning's band of that name; null for what is no defect.</summary>
    public static string? SecuritySeverityOf(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Critical => "9.5",
        FindingSeverity.High => "8.0",
        FindingSeverity.Medium => "5.5",
        FindingSeverity.Low => "2.0",
        _ => null,
    };
}

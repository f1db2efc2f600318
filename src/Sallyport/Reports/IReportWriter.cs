using Sallyport.Auditing;

namespace Sallyport.Reports;

/// <summary>Writes an audit's findings in one format. Deterministic: the same report gives the same bytes. UTF-8 without a BOM.</summary>
public interface IReportWriter
{
    /// <summary>Writes the whole report; the stream stays open.</summary>
    void Write(AuditReport report, ReportOptions options, Stream output);
}

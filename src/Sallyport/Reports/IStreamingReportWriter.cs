namespace Sallyport.Reports;

/// <summary>A format that can be written while the audit runs: its findings come in the audit's order, estate first and then group by group.</summary>
public interface IStreamingReportWriter : IReportWriter
{
    /// <summary>Begins a report.</summary>
    IStreamedReport Begin(ReportOptions options, Stream output);
}

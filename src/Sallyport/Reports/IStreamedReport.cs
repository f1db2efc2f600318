using Sallyport.Auditing;

namespace Sallyport.Reports;

/// <summary>A report whose findings are written while the audit runs.</summary>
public interface IStreamedReport : IAuditObserver, IDisposable
{
    /// <summary>Writes what is known only at the end; the stream stays open.</summary>
    void Complete(AuditReport report);
}

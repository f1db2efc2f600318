using System.Collections.Immutable;
using Sallyport.Auditing;
using Sallyport.Diagnostics;

namespace Sallyport.Reports;

/// <summary>Writes an audit's findings in one format. Deterministic: the same report gives the same bytes. UTF-8 without a BOM.</summary>
public interface IReportWriter
{
    /// <summary>Writes the whole report; the stream stays open.</summary>
    void Write(AuditReport report, ReportOptions options, Stream output);

    /// <summary>What the format, or the tool that takes it, cannot hold of this report: warnings and notes for the user, SPD6100-SPD6199.</summary>
    ImmutableArray<Diagnostic> Shortfalls(AuditReport report) => [];
}

using System.Text;
using Sallyport.Auditing;
using Sallyport.Reports;

namespace Sallyport.Tests.Reports;

/// <summary>A report in one format.</summary>
internal static class ReportText
{
    public static string Of(string format, AuditReport report, bool useColour = false)
    {
        using var stream = new MemoryStream();
        ReportFormats.Find(format)!.Writer.Write(report, new ReportOptions("0.0.0", useColour, FixedReport.At), stream);
        return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(stream.ToArray());
    }
}

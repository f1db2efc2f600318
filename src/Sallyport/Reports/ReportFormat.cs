namespace Sallyport.Reports;

/// <summary>One output format.</summary>
/// <param name="Name">As given to <c>--output</c>.</param>
/// <param name="MediaType">For downloads.</param>
/// <param name="Extension">Of a file, with the dot.</param>
/// <param name="Writer">Who writes it.</param>
public sealed record ReportFormat(string Name, string MediaType, string Extension, IReportWriter Writer);

namespace Sallyport.Reports;

/// <summary>What a report says beside its findings.</summary>
/// <param name="Version">The tool's version, as the front end knows it.</param>
/// <param name="UseColour">Whether text may carry terminal colours; only the caller knows where it goes.</param>
public sealed record ReportOptions(string Version, bool UseColour = false);

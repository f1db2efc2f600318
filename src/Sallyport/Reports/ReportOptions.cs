namespace Sallyport.Reports;

/// <summary>What a report says beside its findings.</summary>
/// <param name="Version">The tool's version, as the front end knows it.</param>
/// <param name="UseColour">Whether text may carry terminal colours; only the caller knows where it goes.</param>
/// <param name="At">When the audit was made. ASFF and OCSF cannot do without it; other formats leave their time out when it is null.</param>
public sealed record ReportOptions(string Version, bool UseColour = false, DateTimeOffset? At = null)
{
    /// <summary>The time, for a format that must carry one.</summary>
    /// <exception cref="InvalidOperationException">Nobody gave a time.</exception>
    internal DateTimeOffset RequireTime(string format) =>
        At ?? throw new InvalidOperationException($"A report as {format} carries the time of the audit, and none was given.");
}

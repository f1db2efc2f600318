namespace Sallyport.Reports;

/// <summary>What a report says beside its findings.</summary>
/// <param name="Version">The tool's version, as the front end knows it.</param>
/// <param name="UseColour">Whether text may carry terminal colours; only the caller knows where it goes.</param>
/// <param name="At">When the audit was made. ASFF and OCSF cannot do without it; other formats leave their time out when it is null.</param>
public sealed record ReportOptions(string Version, bool UseColour = false, DateTimeOffset? At = null)
{
    /// <summary>
    /// The working directory. Formats that a code host reads name the files below it by their paths from there, since it looks for them in a
    /// checkout. Empty leaves every path as it is.
    /// </summary>
    public string Directory { get; init; } = string.Empty;

    /// <summary>A path for such a format: from the working directory where the file is below it, else as it is.</summary>
    internal string PathOf(string file)
    {
        if (Directory.Length == 0 || file.Length == 0 || file.Contains('\0', StringComparison.Ordinal)) return file;
        var relative = Path.GetRelativePath(Directory, Path.GetFullPath(file, Directory)).Replace('\\', '/');
        return relative == ".." || relative.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(relative) ? file : relative;
    }

    /// <summary>The time, for a format that must carry one.</summary>
    /// <exception cref="InvalidOperationException">Nobody gave a time.</exception>
    internal DateTimeOffset RequireTime(string format) =>
        At ?? throw new InvalidOperationException($"A report as {format} carries the time of the audit, and none was given.");
}

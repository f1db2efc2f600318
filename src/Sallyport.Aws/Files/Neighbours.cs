namespace Sallyport.Aws.Files;

/// <summary>
/// Opens files that code names by a path relative to its own file, and only within what the user named: the folder that is read, or for a
/// file named alone its own folder. What was opened is noted.
/// </summary>
internal sealed class Neighbours(string root, string file, ISet<string>? opened)
{
    /// <summary>The file, open for reading; null when there is none, or when it lies outside.</summary>
    public Stream? Open(string relative)
    {
        if (relative.Length is 0 or > 1024 || relative.Contains('\0', StringComparison.Ordinal) || Path.IsPathRooted(relative)) return null;
        var path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, relative));
        var outer = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root.Length == 0 ? "." : root)) + Path.DirectorySeparatorChar;
        if (!path.StartsWith(outer, StringComparison.Ordinal) || LeadsElsewhere(path, outer)) return null;
        if (!File.Exists(path) || !RegularFile.Is(path)) return null;
        opened?.Add(path);
        return new FileStream(path, new FileStreamOptions { Options = FileOptions.SequentialScan });
    }

    /// <summary>True when a link on the way leads out of the folder.</summary>
    private static bool LeadsElsewhere(string path, string outer)
    {
        for (var part = path; part.Length >= outer.Length; part = Path.GetDirectoryName(part) ?? string.Empty)
        {
            FileSystemInfo entry = Directory.Exists(part) ? new DirectoryInfo(part) : new FileInfo(part);
            if (entry.LinkTarget is not null) return true;
        }

        return false;
    }
}

using Sallyport.Auditing.Settings;

namespace Sallyport.Cli.Files;

/// <summary>Finds <c>sallyport.yaml</c>.</summary>
internal static class SettingsFile
{
    /// <summary>
    /// The settings file of a folder or, inside a repository, of the nearest folder above it up to the repository's root; null when
    /// there is none. Outside a repository nothing above is looked at: a folder that others may write to must not decide what is reported.
    /// </summary>
    public static string? Find(string folder)
    {
        var root = RootOf(folder);
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            var path = Path.Combine(at.FullName, SettingsReader.FileName);
            if (File.Exists(path)) return path;
            if (root is null || at.FullName == root) return null;
        }

        return null;
    }

    // A work tree has a folder .git, a linked one a file of that name.
    private static string? RootOf(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (Path.Exists(Path.Combine(at.FullName, ".git"))) return at.FullName;
        }

        return null;
    }
}

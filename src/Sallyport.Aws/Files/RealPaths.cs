using System.Collections.Concurrent;

namespace Sallyport.Aws.Files;

/// <summary>Where paths lead once every link on the way is followed. Each folder is looked at once, by whichever thread comes first.</summary>
internal sealed class RealPaths
{
    private const int MostLinks = 40;

    private readonly ConcurrentDictionary<string, string> _folders = new(StringComparer.Ordinal);

    /// <summary>The whole path without links. What is not there is taken as written, and so is what is left of links without end.</summary>
    public string Of(string path) => Follow(Path.GetFullPath(path), 0);

    /// <summary>True for a folder and everything in it; both without links.</summary>
    public static bool IsWithin(string path, string folder) =>
        path == folder || path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private string Follow(string path, int links)
    {
        if (Path.GetDirectoryName(path) is not { } parent) return path;
        var real = Path.Combine(Folder(parent, links), Path.GetFileName(path));
        return links < MostLinks && new FileInfo(real).LinkTarget is { } target ? Follow(Path.GetFullPath(target, Path.GetDirectoryName(real)!), links + 1) : real;
    }

    private string Folder(string folder, int links)
    {
        if (_folders.TryGetValue(folder, out var known)) return known;
        var real = Follow(folder, links);
        if (links == 0) _folders[folder] = real;
        return real;
    }
}

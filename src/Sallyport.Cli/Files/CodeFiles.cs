using System.Text;
using Sallyport.Patching;

namespace Sallyport.Cli.Files;

/// <summary>The user's code on disk, and how a patch calls it: by its path below the working directory, or below its source outside of that.</summary>
internal sealed class CodeFiles(string workingDirectory) : ICodeFiles
{
    private const int MostBeside = 5_000;
    private const long MostBytes = 32L * 1024 * 1024;

    private readonly Dictionary<string, string?> _texts = [];
    private string _folder = Path.GetFullPath(workingDirectory);

    /// <summary>The folder to apply a patch in.</summary>
    public string Folder => _folder;

    /// <inheritdoc/>
    public string? Read(string path)
    {
        if (_texts.TryGetValue(path, out var known)) return known;
        string? text = null;
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: <= MostBytes })
            {
                // The mark stays, so that the patch leaves it where it is.
                text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(path));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            // The patch says that the file cannot be read.
        }

        return _texts[path] = text;
    }

    /// <inheritdoc/>
    public IEnumerable<string> Beside(string path)
    {
        try
        {
            var folder = Path.GetDirectoryName(path);
            var name = Path.GetFileName(path);
            // A link may lead to anything.
            return [path, .. Directory.EnumerateFiles(string.IsNullOrEmpty(folder) ? "." : folder, "*.tf").Where(f => new FileInfo(f).LinkTarget is null).Select(f => Path.GetFileName(f)).Where(f => f != name).Order(StringComparer.Ordinal).Take(MostBeside).Select(f => string.IsNullOrEmpty(folder) ? f : Path.Combine(folder, f))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [path];
        }
    }

    /// <summary>
    /// Where some files lie outside the working directory, a patch names all of them from the folder of the sources, or from the nearest
    /// one above that holds them all.
    /// </summary>
    public void Cover(IEnumerable<string> sources, IEnumerable<string> paths)
    {
        var all = paths.Select(Path.GetFullPath).ToList();
        if (all.TrueForAll(p => IsIn(_folder, p))) return;
        var roots = sources.Where(s => File.Exists(s) || Directory.Exists(s)).Select(s => Path.GetFullPath(s)).Select(s => Directory.Exists(s) ? s : Path.GetDirectoryName(s)!).ToList();
        _folder = roots.Find(r => all.Exists(p => IsIn(r, p))) ?? Path.GetDirectoryName(all[0])!;
        foreach (var path in all)
        {
            while (!IsIn(_folder, path) && Path.GetDirectoryName(_folder) is { } parent) _folder = parent;
        }
    }

    /// <summary>The path of a file in a patch.</summary>
    public string NameOf(string path) => Path.GetRelativePath(_folder, Path.GetFullPath(path)).Replace('\\', '/');

    private static bool IsIn(string folder, string path) => path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}

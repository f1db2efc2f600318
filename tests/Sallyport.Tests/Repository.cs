using System.Runtime.CompilerServices;

namespace Sallyport.Tests;

/// <summary>Where the sources are, for tests that hold documents and code together.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find([CallerFilePath] string path = "")
    {
        var folder = Path.GetDirectoryName(path)!;
        while (!File.Exists(Path.Combine(folder, "Sallyport.slnx"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}

namespace Sallyport.Tests.Architecture;

/// <summary>The repository's files, found from where the tests run.</summary>
internal static class SourceTree
{
    public static string Root { get; } = FindRoot();

    public static string Library { get; } = Path.Combine(Root, "src", "Sallyport");

    /// <summary>Source files under a folder; build output is elsewhere (<c>artifacts</c>), so every file is ours.</summary>
    public static IEnumerable<string> CSharpFiles(string folder) =>
        Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    /// <summary>Lines that are code: a comment may name anything.</summary>
    public static IEnumerable<(int Number, string Text)> CodeLines(string file) => File.ReadLines(file)
        .Select((text, index) => (Number: index + 1, Text: text))
        .Where(l => !l.Text.TrimStart().StartsWith("//", StringComparison.Ordinal));

    public static string Short(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Sallyport.slnx"))) return folder.FullName;
        }

        throw new InvalidOperationException($"No Sallyport.slnx above {AppContext.BaseDirectory}.");
    }
}

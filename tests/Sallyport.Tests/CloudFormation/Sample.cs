namespace Sallyport.Tests.CloudFormation;

/// <summary>Templates beside these tests.</summary>
internal static class Sample
{
    private static readonly string Folder = System.IO.Path.Combine(Repository.Root, "tests", "Sallyport.Tests", "CloudFormation", "Samples");

    /// <summary>Every template.</summary>
    public static TheoryData<string> All => [.. Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(f => System.IO.Path.GetRelativePath(Folder, f))];

    public static string Path(string name) => System.IO.Path.Combine(Folder, name);

    public static TemplateRead Read(string name) => TemplateRead.Of(File.ReadAllText(Path(name)), name: name, scope: new("111122223333", "eu-west-1"));
}

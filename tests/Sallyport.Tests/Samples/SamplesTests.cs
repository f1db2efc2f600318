using System.Runtime.CompilerServices;
using Sallyport.Connections.Compiling;
using Sallyport.Connections.Reading;
using Sallyport.Templates;

namespace Sallyport.Tests.Samples;

/// <summary>
/// Every folder here holds a connections.yaml and, beside it, everything that is derived from it. SALLYPORT_ACCEPT=1 rewrites.
/// </summary>
public sealed class SamplesTests
{
    public static TheoryData<string> Names => [.. Directory.GetDirectories(Root()).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Everything_derived_from_a_sample_is_as_it_stands_beside_it(string name)
    {
        var folder = Path.Combine(Root(), name);
        var read = ConnectionsReader.Read(File.ReadAllText(Path.Combine(folder, "connections.yaml")), "connections.yaml");
        var said = read.Diagnostics.ToList();
        var derived = new Dictionary<string, string>();
        if (read.Value is { } file)
        {
            var compiled = Compiler.Compile(file, estate: null);
            said.AddRange(compiled.Diagnostics);
            foreach (var writer in RulesFormats.All)
            {
                using var stream = new MemoryStream();
                Assert.Empty(writer.Write(compiled.Value!, null, stream));
                derived[$"rules.{writer.Name}"] = System.Text.Encoding.UTF8.GetString(stream.ToArray());
            }
        }

        derived["diagnostics.txt"] = string.Concat(said.Select(d => $"{d}\n"));
        var wrong = derived.Where(d => !Matches(Path.Combine(folder, d.Key), d.Value)).Select(d => d.Key).ToList();
        Assert.True(wrong.Count == 0, $"{name}: {string.Join(", ", wrong)} differ; see the .actual files.");
        Assert.Equal(derived.Keys.Order(), Directory.GetFiles(folder).Select(f => Path.GetFileName(f)).Where(f => f != "connections.yaml" && !f.EndsWith(".actual", StringComparison.Ordinal)).Order());
    }

    private static bool Matches(string path, string actual)
    {
        if (Environment.GetEnvironmentVariable("SALLYPORT_ACCEPT") == "1" && Environment.GetEnvironmentVariable("CI") != "true") File.WriteAllText(path, actual);
        if (File.Exists(path) && File.ReadAllText(path) == actual)
        {
            File.Delete($"{path}.actual");
            return true;
        }

        File.WriteAllText($"{path}.actual", actual);
        return false;
    }

    private static string Root([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}

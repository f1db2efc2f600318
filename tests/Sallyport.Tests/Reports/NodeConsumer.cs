using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Sallyport.Tests.Reports;

/// <summary>Readers of our files and of other people's that are not ours: npm packages, pinned in <c>tests/consumers</c> and installed by <c>test.sh</c>.</summary>
internal static class NodeConsumer
{
    private static readonly string Folder = Find();

    /// <summary>Skips the test where the packages are not installed.</summary>
    public static void Require() => Assert.SkipUnless(Directory.Exists(Path.Combine(Folder, "node_modules")), "tests/consumers is not installed: run npm ci there.");

    /// <summary>What the reader of that kind (<c>csv</c>, <c>junit</c>, <c>markdown</c>, <c>hcl</c> …) makes of the text.</summary>
    public static async Task<JsonElement> ReadAsync(string kind, string text)
    {
        using var folder = new Scratch();
        var file = folder.Write("report", text);
        var (exit, output, error) = await RunAsync("node", [Path.Combine(Folder, "read.mjs"), kind, file]);
        Assert.True(exit == 0, error);
        using var json = JsonDocument.Parse(output);
        return json.RootElement.Clone();
    }

    /// <summary>
    /// What <c>sarif-multitool validate</c> objects to, by level, with the rules of the standard and those of GitHub's code scanning.
    /// </summary>
    public static async Task<ILookup<string, string>> ValidateSarifAsync(string text)
    {
        using var folder = new Scratch();
        var file = folder.Write("report.sarif", text);
        var result = Path.Combine(folder.Path, "validation.sarif");
        var tool = Path.Combine(Folder, "node_modules", "@microsoft", "sarif-multitool-linux", "Sarif.Multitool");
        string[] arguments = ["validate", file, "--output", result, "--level", "Error;Warning", "--rule-kind", "Sarif;Ghas", "--config", Path.Combine(Folder, "sarif-validation.xml")];
        var (exit, output, error) = await RunAsync(tool, arguments);
        Assert.True(File.Exists(result), $"exit {exit}: {output}{error}");
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(result));
        var run = json.RootElement.GetProperty("runs")[0];
        Assert.True(run.GetProperty("invocations")[0].GetProperty("executionSuccessful").GetBoolean(), output + error);
        var results = run.TryGetProperty("results", out var all) ? all.EnumerateArray().ToList() : [];
        return results.ToLookup(r => r.TryGetProperty("level", out var level) ? level.GetString()! : "warning", r => r.GetRawText());
    }

    private static async Task<(int Exit, string Output, string Error)> RunAsync(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await error);
    }

    private static string Find([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", "consumers"));

    private sealed class Scratch : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("sallyport-report-").FullName;

        public string Write(string name, string text)
        {
            var file = System.IO.Path.Combine(Path, name);
            File.WriteAllText(file, text, new UTF8Encoding(false));
            return file;
        }

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}

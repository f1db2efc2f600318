using System.Runtime.InteropServices;
using Sallyport.Tests.Templates;

namespace Sallyport.Cli.Tests;

/// <summary>A folder with files of its own, gone with the test. Programs run in it, with the built tool on their path.</summary>
internal sealed class CodeFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("sallyport-code-").FullName;

    public string Write(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text.ReplaceLineEndings("\n"));
        return path;
    }

    public string Read(string name) => File.ReadAllText(System.IO.Path.Combine(Path, name));

    /// <summary>Runs a line of shell here.</summary>
    public async Task<(int Exit, string Text)> ShellAsync(string line, params (string Name, string Value)[] variables)
    {
        (string, string)[] own =
        [
            ("PATH", $"{AppContext.BaseDirectory}:{Environment.GetEnvironmentVariable("PATH")}"),
            ("DOTNET_ROOT", System.IO.Path.GetFullPath(System.IO.Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."))),
            ("GIT_CONFIG_GLOBAL", "/dev/null"),
        ];
        return await ChildProcess.RunAsync("bash", ["-euo", "pipefail", "-c", $"cd '{Path}'\n{line}"], [.. own, .. variables]);
    }

    public Task<Run> Sallyport(params string[] args) => Run.Sallyport([.. args], directory: Path, cancellationToken: TestContext.Current.CancellationToken);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

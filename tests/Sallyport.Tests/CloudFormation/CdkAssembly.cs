using System.Runtime.CompilerServices;
using Sallyport.CloudFormation;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Estates.AwsCli;
using Sallyport.Estates.Files;
using Sallyport.Tests.Templates;

namespace Sallyport.Tests.CloudFormation;

/// <summary>The application of tests/consumers/cloudformation, synthesised once by the real CDK and read as the folder that it is.</summary>
public sealed class CdkAssembly : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sallyport-cdk-").FullName;

    /// <summary>Null where the CDK is not installed.</summary>
    public Estate? Estate { get; private set; }

    public List<Diagnostic> Said { get; } = [];

    public IEnumerable<string> RulesOf(string name) =>
        Estate!.SecurityGroups.Single(g => g.Id.Value.Contains(name, StringComparison.Ordinal)).Rules
            .Select(r => $"{r.Direction.ToString().ToLowerInvariant()} {r.Service} {ShortOf(r.Peer.ToString())}");

    public async ValueTask InitializeAsync()
    {
        var consumers = Find();
        if (!Directory.Exists(Path.Combine(consumers, "node_modules"))) return;
        var (exit, text) = await ChildProcess.RunAsync("node", [Path.Combine(consumers, "app.mjs"), _folder]);
        Assert.True(exit == 0, text);
        var builder = new EstateBuilder();
        var reader = new EstateFileReader([new CloudFormationFormat(), new AwsCliFormat()]);
        foreach (var path in Directory.EnumerateFiles(_folder).Order(StringComparer.Ordinal))
        {
            await using var stream = File.OpenRead(path);
            var name = Path.GetFileName(path);
            Said.AddRange(reader.Read(stream, new EstateFile(name) { Fallback = new Scope("111122223333", "eu-west-1"), Unit = name, IsPartOfFolder = true }, builder));
        }

        Estate = builder.Build();
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Without the file and the digits that the CDK adds.</summary>
    private static string ShortOf(string? peer)
    {
        var id = peer ?? string.Empty;
        return id.IndexOf('#', StringComparison.Ordinal) is >= 0 and var hash ? id[(hash + 1)..^8] : id;
    }

    private static string Find([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", "consumers", "cloudformation"));
}

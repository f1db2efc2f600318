using System.Text.Json;
using Sallyport.Lab;
using Sallyport.Lab.Estates;
using Sallyport.Reports;

namespace Sallyport.Cli.Tests;

/// <summary>One audit of the lab's estate, both accounts and all Regions, in every format at once.</summary>
public sealed class AcmeOutputs : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sallyport-outputs-");

    internal Run Run { get; private set; } = null!;

    /// <summary>How many findings the JSON output holds.</summary>
    public int Findings { get; private set; }

    public string PathOf(string format) => Path.Combine(_folder.FullName, format);

    public string Text(string format) => File.ReadAllText(PathOf(format));

    public async ValueTask InitializeAsync()
    {
        await using var lab = await LabServer.StartAsync(new LabOptions { Estate = AcmeEstate.Create() }, CancellationToken.None);
        var environment = lab.Environment(lab.Credentials[0].Account).ToDictionary();
        Run = await Run.Sallyport(
            [
                "audit", "live", "--region", "all", "--fail-on", "none",
                .. lab.Credentials.SelectMany(c => new[] { "--role-arn", $"arn:aws:iam::{c.Account}:role/auditor" }),
                .. ReportFormats.All.SelectMany(f => new[] { "-o", $"{f.Name}={PathOf(f.Name)}" }),
            ],
            environment);
        using var json = JsonDocument.Parse(Text("json"));
        Findings = json.RootElement.GetProperty("findings").GetArrayLength();
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}

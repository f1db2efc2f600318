using System.Text.Json;
using Sallyport.Aws.Tests.Ec2;
using Sallyport.Reports;
using Sallyport.Tests.Reports;
using Sallyport.Tests.Templates;

namespace Sallyport.Cli.Tests;

/// <summary>Every output of one run on the lab's estate, given to readers that are not ours.</summary>
public sealed class AuditOutputsTests(MotoServer moto, AcmeOutputs acme) : IClassFixture<MotoServer>, IClassFixture<AcmeOutputs>
{
    [Fact]
    public void One_run_writes_every_format()
    {
        Assert.Equal(ExitCode.Done, acme.Run.Code);
        Assert.All(ReportFormats.All, f => Assert.NotEqual(0, new FileInfo(acme.PathOf(f.Name)).Length));
        Assert.True(acme.Findings > 0);
    }

    [Fact]
    public async Task The_multitool_finds_no_error()
    {
        NodeConsumer.Require();
        Assert.Empty((await NodeConsumer.ValidateSarifAsync(acme.Text("sarif")))["error"]);
    }

    [Fact]
    public async Task JUnit_and_csv_are_read_whole()
    {
        NodeConsumer.Require();
        var junit = await NodeConsumer.ReadAsync("junit", acme.Text("junit"));
        Assert.Equal(junit.GetProperty("tests").GetInt32(), junit.GetProperty("testsuite").EnumerateArray().Sum(s => s.GetProperty("testcase").GetArrayLength()));
        var csv = await NodeConsumer.ReadAsync("csv", acme.Text("csv"));
        Assert.Equal(acme.Findings, csv.EnumerateArray().Count(r => r.GetProperty("kind").GetString() == "finding"));
    }

    [Fact]
    public void Ocsf_is_an_event_a_finding() =>
        Assert.Equal(acme.Findings, acme.Text("ocsf").TrimEnd('\n').Split('\n').Count(l => JsonDocument.Parse(l).RootElement.GetProperty("compliance").GetProperty("status_id").GetInt32() == 3));

    [Fact]
    public async Task Security_Hub_takes_the_findings_and_gives_them_back()
    {
        Assert.SkipWhen(moto.Endpoint is null, moto.Missing);
        Assert.SkipUnless(OnPath("aws"), "aws is not on the PATH.");
        using var json = JsonDocument.Parse(acme.Text("asff"));
        var findings = json.RootElement.EnumerateArray().ToList();
        Assert.True(findings.Count >= acme.Findings);
        foreach (var region in findings.GroupBy(f => f.GetProperty("Region").GetString()!))
        {
            // One call holds findings of one account and Region, 100 at most; moto keeps all accounts as one.
            await AwsAsync(region.Key, "enable-security-hub");
            foreach (var batch in region.GroupBy(f => f.GetProperty("ProductArn").GetString()).SelectMany(p => p.Chunk(100)))
            {
                var file = acme.PathOf("batch");
                await File.WriteAllTextAsync(file, JsonSerializer.Serialize(batch));
                var answer = await AwsAsync(region.Key, "batch-import-findings", "--findings", $"file://{file}");
                Assert.Equal((0, batch.Length), (answer.GetProperty("FailedCount").GetInt32(), answer.GetProperty("SuccessCount").GetInt32()));
            }

            var back = (await AwsAsync(region.Key, "get-findings")).GetProperty("Findings").EnumerateArray().ToDictionary(f => f.GetProperty("Id").GetString()!);
            Assert.Equal(region.Count(), back.Count);
            Assert.All(region, f =>
            {
                var same = back[f.GetProperty("Id").GetString()!];
                Assert.Equal(f.GetProperty("Description").GetString(), same.GetProperty("Description").GetString());
                Assert.Equal(f.GetProperty("Severity").GetProperty("Label").GetString(), same.GetProperty("Severity").GetProperty("Label").GetString());
                Assert.Equal(f.GetProperty("Resources")[0].GetProperty("Id").GetString(), same.GetProperty("Resources")[0].GetProperty("Id").GetString());
            });
        }
    }

    [Fact]
    public async Task The_CLI_refuses_a_finding_that_lacks_what_is_required()
    {
        Assert.SkipWhen(moto.Endpoint is null, moto.Missing);
        Assert.SkipUnless(OnPath("aws"), "aws is not on the PATH.");
        var file = acme.PathOf("broken");
        await File.WriteAllTextAsync(file, acme.Text("asff").Replace("\"GeneratorId\"", "\"Generator\"", StringComparison.Ordinal));
        var (exit, _) = await RunAsync("eu-west-1", "batch-import-findings", "--findings", $"file://{file}");
        Assert.NotEqual(0, exit);
    }

    private async Task<JsonElement> AwsAsync(string region, params string[] arguments)
    {
        var (exit, text) = await RunAsync(region, arguments);
        Assert.True(exit == 0, text);
        return text.Trim().Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    private Task<(int Exit, string Text)> RunAsync(string region, params string[] arguments) => ChildProcess.RunAsync(
        "aws", ["securityhub", .. arguments, "--output", "json"],
        ("AWS_ENDPOINT_URL", moto.Endpoint!.ToString()), ("AWS_ACCESS_KEY_ID", "x"), ("AWS_SECRET_ACCESS_KEY", "x"), ("AWS_DEFAULT_REGION", region), ("AWS_PAGER", ""));

    private static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Any(p => p.Length > 0 && File.Exists(Path.Combine(p, program)));
}

using Sallyport.Lab;
using Sallyport.Lab.Estates;
using Sallyport.Tests.Templates;

namespace Sallyport.Cli.Tests;

/// <summary>What is said when the file, the credentials or the place to write to are not what a command needs.</summary>
public sealed class WrongAccountsAndFilesTests : IAsyncLifetime
{
    private readonly CodeFolder _folder = new();
    private LabServer _lab = null!;

    public async ValueTask InitializeAsync() => _lab = await LabServer.StartAsync(new LabOptions { Estate = AcmeEstate.Create() }, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _lab.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_snapshot_is_no_plan_and_that_is_one_line()
    {
        Assert.Equal(ExitCode.Done, (await RunAsync("snapshot", "live", "--out", At("snapshot.json"))).Code);
        var run = await RunAsync("apply", At("snapshot.json"), "--yes");
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("error SPD3010: This is not a plan: it is a snapshot", Assert.Single(run.Error.Split('\n'), l => l.Contains("SPD", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_of_several_accounts_needs_a_role_in_each()
    {
        string[] roles = [.. _lab.Credentials.SelectMany(c => new[] { "--role-arn", $"arn:aws:iam::{c.Account}:role/auditor" })];
        Assert.Equal(ExitCode.Different, (await RunAsync(["fix", "live", "--region", "all", "--rule", "SP-EGR-01", "--out", At("plan.json"), .. roles])).Code);
        var run = await RunAsync("apply", At("plan.json"), "--yes");
        Assert.Equal(ExitCode.Incomplete, run.Code);
        var own = _lab.Credentials[0].Account;
        var other = Assert.Single(_lab.Credentials.Select(c => c.Account).Distinct(), a => a != own);
        var accounts = string.Join(' ', new[] { own, other }.Order(StringComparer.Ordinal).Select(a => $"--role-arn arn:aws:iam::{a}:role/NAME"));
        Assert.Contains($"error SPD7031: The plan changes groups of {other}, and the credentials are of no such account. Nothing was changed. Give a role in each of the 2 accounts of the plan: {accounts}.", run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, (await RunAsync(["apply", At("plan.json"), "--yes", .. roles])).Code);
    }

    [Fact]
    public async Task A_fix_of_several_places_is_a_template_for_each_in_a_folder()
    {
        string[] roles = [.. _lab.Credentials.SelectMany(c => new[] { "--role-arn", $"arn:aws:iam::{c.Account}:role/auditor" })];
        var run = await RunAsync(["fix", "live", "--region", "all", "--rule", "SP-EGR-01", "--to", "cloudformation", "--out", At("fixes/"), .. roles]);
        Assert.Equal(ExitCode.Different, run.Code);
        var files = Directory.GetFiles(At("fixes"), "*.yaml").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal).ToList();
        Assert.Contains("fixes.111122223333-eu-west-1.yaml", files);
        Assert.True(files.Count > 2, string.Join(' ', files));
        foreach (var file in files)
        {
            var read = await RunAsync("audit", At($"fixes/{file}"), "--fail-on", "none");
            Assert.True(read.Code is ExitCode.Done or ExitCode.Incomplete, read.Error);
        }

        Assert.SkipUnless(ChildProcess.OnPath("cfn-lint"), "cfn-lint is not here.");
        var (exit, said) = await _folder.ShellAsync("cfn-lint fixes/*.yaml");
        Assert.True(exit == 0, said);
    }

    private string At(string name) => Path.Combine(_folder.Path, name);

    private Task<Run> RunAsync(params string[] args) => Run.Sallyport([.. args], _lab.Environment(_lab.Credentials[0].Account).ToDictionary());
}

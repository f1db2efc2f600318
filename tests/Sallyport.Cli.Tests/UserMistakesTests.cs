using Sallyport.Lab;
using Sallyport.Lab.Estates;

namespace Sallyport.Cli.Tests;

/// <summary>What people who did not write the tool stumbled over.</summary>
public sealed class UserMistakesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sallyport-mistakes-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task An_artefact_written_to_a_device_leaves_the_device()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "no /dev/null");
        var groups = Write("groups.json", Groups);
        var link = At("link.json");
        File.CreateSymbolicLink(link, Write("target.json", "old"));
        Assert.Equal(ExitCode.Done, (await Run.Sallyport(["snapshot", groups, "--out", "/dev/null"])).Code);
        Assert.Equal(ExitCode.Done, (await Run.Sallyport(["snapshot", groups, "--out", link])).Code);
        Assert.Equal(0, new FileInfo("/dev/null").Length);
        Assert.NotNull(new FileInfo(link).LinkTarget);
        Assert.Contains("sg-0aaaaaaaaaaaaaaaa", await File.ReadAllTextAsync(At("target.json")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_word_that_looks_like_an_option_is_no_file()
    {
        var run = await Run.Sallyport(["audit", Write("groups.json", Groups), "--fial-on", "high"]);
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("Did you mean --fail-on?", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--fail-on", "hgh", "Must be one of: 'none', 'info', 'low', 'medium', 'high', 'critical'")]
    [InlineData("--family", "egres", "Must be one of: 'ingress', 'port', 'egress'")]
    public async Task What_an_option_takes_is_said_on_one_line(string option, string value, string said)
    {
        var run = await Run.Sallyport(["audit", Write("groups.json", Groups), option, value]);
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("\\u{", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_was_cut_off_is_named_without_a_scope_that_nobody_knows()
    {
        var run = await Run.Sallyport(["audit", Write("groups.json", "{\"SecurityGroups\": [], \"NextToken\": \"more\"}")]);
        Assert.Equal(ExitCode.Incomplete, run.Code);
        Assert.Contains("not read: SecurityGroups: The last page", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_outputs_into_one_file_are_refused()
    {
        var groups = Write("groups.json", Groups);
        var run = await Run.Sallyport(["audit", groups, "-o", $"json={At("report")}", "-o", $"sarif={At(".")}{Path.DirectorySeparatorChar}report"]);
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("Two outputs would be written to", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(At("report")));
        Assert.Equal(ExitCode.Done, (await Run.Sallyport(["audit", groups, "--fail-on", "none", "-o", $"json={At("a")}", "-o", $"sarif={At("b")}"])).Code);
    }

    [Fact]
    public async Task A_folder_with_a_pipe_in_it_is_read_around_the_pipe()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "no pipes in folders");
        Write("groups.json", Groups);
        using (var made = System.Diagnostics.Process.Start("mkfifo", [At("pipe")])) await made.WaitForExitAsync();
        Assert.True(File.Exists(At("pipe")));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        Assert.Equal(ExitCode.Done, (await Run.Sallyport(["audit", _folder.FullName, "--fail-on", "none"], cancellationToken: patience.Token)).Code);
    }

    [Fact]
    public async Task A_plan_that_was_edited_is_refused_before_any_call()
    {
        await using var lab = await LabServer.StartAsync(new LabOptions { Estate = AcmeEstate.Create() }, CancellationToken.None);
        var environment = lab.Environment(lab.Credentials[0].Account).ToDictionary();
        var plan = await PlanAsync(environment);
        await File.WriteAllTextAsync(plan, (await File.ReadAllTextAsync(plan)).Replace("192.0.2.0/28", "0.0.0.0/0", StringComparison.Ordinal));
        lab.Calls.Reset();
        var run = await Run.Sallyport(["apply", plan, "--yes"], environment);
        Assert.Equal(ExitCode.Refused, run.Code);
        Assert.Contains("SPD3014", run.Error, StringComparison.Ordinal);
        Assert.Equal(0, lab.Calls.Total);
    }

    [Fact]
    public async Task A_plan_can_be_applied_again_after_its_undo_and_the_next_plan_under_the_same_name_too()
    {
        await using var lab = await LabServer.StartAsync(new LabOptions { Estate = AcmeEstate.Create() }, CancellationToken.None);
        var environment = lab.Environment(lab.Credentials[0].Account).ToDictionary();
        var plan = await PlanAsync(environment);
        Assert.Equal(ExitCode.Done, (await Run.Sallyport(["apply", plan, "--yes"], environment)).Code);
        Assert.Equal(ExitCode.Done, (await Run.Sallyport(["undo", plan + ".journal", "--yes"], environment)).Code);
        Assert.Equal(ExitCode.Different, await PlanAgainAsync());
        Assert.Equal(ExitCode.Done, (await Run.Sallyport(["apply", plan, "--yes"], environment)).Code);
        Assert.Equal(ExitCode.Done, await PlanAgainAsync());
        Assert.True(File.Exists(plan + ".journal.1"));

        await File.WriteAllTextAsync(At("c.yaml"), (await File.ReadAllTextAsync(At("c.yaml"))).Replace("tcp/9300", "tcp/9400", StringComparison.Ordinal));
        await PlanAsync(environment, keep: true);
        Assert.Equal(ExitCode.Done, (await Run.Sallyport(["apply", plan, "--yes"], environment)).Code);

        async Task<ExitCode> PlanAgainAsync() => (await Run.Sallyport(["plan", At("c.yaml"), "live", "--region", "eu-west-1"], environment)).Code;
    }

    private async Task<string> PlanAsync(IReadOnlyDictionary<string, string> environment, bool keep = false)
    {
        var search = AcmeEstate.Create().SecurityGroups.First(g => g.Name == "shop-search");
        if (!keep)
        {
            Write("c.yaml", $$$"""
                version: 1
                groups: {search: {sg: {{{search.Id}}}}}
                externals: {office: {cidrs: [192.0.2.0/28]}}
                connections: {office-to-search: {from: office, to: search, services: [tcp/9300], reason: "office"}}
                settings: {unmanagedRules: report}
                """);
        }

        var plan = At("plan.json");
        var run = await Run.Sallyport(["plan", At("c.yaml"), "live", "--region", search.Scope.Region, "--out", plan], environment);
        Assert.True(run.Code == ExitCode.Different, run.Error);
        return plan;
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private string Write(string name, string text)
    {
        File.WriteAllText(At(name), text);
        return At(name);
    }

    private const string Groups = """
        {"SecurityGroups":[{"GroupId":"sg-0aaaaaaaaaaaaaaaa","GroupName":"a","OwnerId":"111122223333","VpcId":"vpc-0aaaaaaaaaaaaaaaa","Description":"x","IpPermissions":[],"IpPermissionsEgress":[]}]}
        """;
}

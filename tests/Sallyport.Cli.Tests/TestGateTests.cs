using System.Text.Json;
using Sallyport.Estates;
using Sallyport.Lab;
using Sallyport.Lab.Estates;

namespace Sallyport.Cli.Tests;

/// <summary>Tests of a connections file on the command line: what they let through, what they stop, and that nothing is called before.</summary>
public sealed class TestGateTests : IAsyncLifetime
{
    private static readonly SecurityGroup Search = AcmeEstate.Create().SecurityGroups.First(g => g.Name == "shop-search");
    private static readonly SecurityGroup Cache = AcmeEstate.Create().SecurityGroups.First(g => g.Name == "shop-cache");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sallyport-tests-");
    private LabServer _lab = null!;

    public async ValueTask InitializeAsync() => _lab = await LabServer.StartAsync(new LabOptions { Estate = AcmeEstate.Create() }, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _lab.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_plan_that_breaks_a_test_is_refused_with_the_witness_before_anything_is_written_or_called()
    {
        var file = await FileAsync("internet-to-cache: {from: internet, to: cache, services: [tcp/9300], reason: oops}", "{id: closed, never: {from: internet, to: cache}}");
        var run = await RunAsync("plan", file, "live", "--out", At("plan.json"));
        Assert.Equal((ExitCode.Refused, string.Empty), (run.Code, run.Out));
        Assert.Contains("SPD3015", run.Error, StringComparison.Ordinal);
        Assert.Contains("internet reaches cache on tcp/9300: 1.0.0.0 -> eni-", run.Error, StringComparison.Ordinal);
        Assert.Contains($"in by {Cache.Id} (shop-cache) ingress tcp/9300 from 0.0.0.0/0", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(At("plan.json")));
        AssertNothingChanged();
    }

    [Fact]
    public async Task Apply_runs_the_tests_of_the_plan_on_the_estate_as_it_is_then()
    {
        var file = await FileAsync("office-to-search: {from: office, to: search, services: [tcp/9300], reason: why}", "{id: closed, never: {from: internet, to: cache}}");
        Assert.Equal(ExitCode.Different, (await RunAsync("plan", file, "live", "--out", At("plan.json"))).Code);

        // Somebody opens another group, which the plan does not touch and its digest does not cover.
        var other = await FileAsync("internet-to-cache: {from: internet, to: cache, services: [tcp/6379], reason: oops}", "", "other.yaml");
        Assert.Equal(ExitCode.Different, (await RunAsync("plan", other, "live", "--out", At("other.json"))).Code);
        Assert.Equal(ExitCode.Done, (await RunAsync("apply", At("other.json"), "--yes")).Code);

        _lab.Calls.Reset();
        var run = await RunAsync("apply", At("plan.json"), "--yes");
        Assert.Equal(ExitCode.Refused, run.Code);
        Assert.Contains("internet reaches cache on tcp/6379: 1.0.0.0 -> eni-", run.Error, StringComparison.Ordinal);
        Assert.EndsWith($"journal: {At("plan.json.journal")}\n", run.Error, StringComparison.Ordinal);
        AssertNothingChanged();
    }

    [Fact]
    public async Task An_exception_that_expires_between_plan_and_apply_stops_the_apply()
    {
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        Assert.Equal(ExitCode.Done, (await RunAsync("snapshot", "live", "--out", At("estate.json"))).Code);
        var expired = await LaunchFileAsync(today.AddDays(-1));
        Assert.Equal(ExitCode.Different, (await RunAsync(new FixedTime(today.AddDays(-1)), "plan", expired, At("estate.json"), "--out", At("plan.json"))).Code);
        _lab.Calls.Reset();
        var late = await RunAsync("apply", At("plan.json"), "--yes");
        Assert.Equal(ExitCode.Refused, late.Code);
        Assert.Contains($"exception launch allowed this until {today.AddDays(-1):yyyy-MM-dd}", late.Error, StringComparison.Ordinal);
        AssertNothingChanged();

        var valid = await LaunchFileAsync(today.AddDays(2));
        Assert.Equal(ExitCode.Different, (await RunAsync("plan", valid, "live", "--out", At("valid.json"))).Code);
        Assert.Equal(ExitCode.Done, (await RunAsync("apply", At("valid.json"), "--yes")).Code);
        Assert.Equal(ExitCode.Done, (await RunAsync("check", valid, "live")).Code);
        Assert.Equal(ExitCode.Different, (await RunAsync("check", await LaunchFileAsync(today.AddDays(-1)), "live")).Code);

        Task<string> LaunchFileAsync(DateOnly expires) => FileAsync(
            "internet-to-cache: {from: internet, to: cache, services: [tcp/9300], reason: launch}", "{id: closed, never: {from: internet, to: cache}}",
            exceptions: $"{{id: launch, test: closed, allow: {{from: internet, to: cache, services: [tcp/9300]}}, reason: launch, expires: {expires:yyyy-MM-dd}}}");
    }

    [Fact]
    public async Task A_plan_that_its_journal_calls_finished_is_not_held_up_by_tests()
    {
        var file = await FileAsync("office-to-search: {from: office, to: search, services: [tcp/9300], reason: why}", "{id: closed, never: {from: internet, to: cache}}");
        Assert.Equal(ExitCode.Different, (await RunAsync("plan", file, "live", "--out", At("plan.json"))).Code);
        Assert.Equal(ExitCode.Done, (await RunAsync("apply", At("plan.json"), "--yes")).Code);
        var other = await FileAsync("internet-to-cache: {from: internet, to: cache, services: [tcp/6379], reason: oops}", "", "other.yaml");
        Assert.Equal(ExitCode.Different, (await RunAsync("plan", other, "live", "--out", At("other.json"))).Code);
        Assert.Equal(ExitCode.Done, (await RunAsync("apply", At("other.json"), "--yes")).Code);
        Assert.Equal(ExitCode.Done, (await RunAsync("apply", At("plan.json"), "--yes")).Code);
    }

    [Fact]
    public async Task Tests_cannot_be_cut_out_of_a_plan()
    {
        var file = await FileAsync("office-to-search: {from: office, to: search, services: [tcp/9300], reason: why}", "{id: closed, never: {from: internet, to: cache}}");
        Assert.Equal(ExitCode.Different, (await RunAsync("plan", file, "live", "--out", At("plan.json"))).Code);
        var plan = await File.ReadAllTextAsync(At("plan.json"));
        Assert.Contains("\"kind\": \"never\"", plan, StringComparison.Ordinal);
        await File.WriteAllTextAsync(At("plan.json"), plan.Replace("\"kind\": \"never\"", "\"kind\": \"only\"", StringComparison.Ordinal));
        var run = await RunAsync("apply", At("plan.json"), "--yes");
        Assert.Equal(ExitCode.Refused, run.Code);
        Assert.Contains("SPD3014", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_prints_a_line_a_test_and_exits_1_when_one_fails()
    {
        var file = await FileAsync("", "{id: holds, never: {from: internet, to: cache}}, {id: fails, must: {from: office, to: cache, services: [tcp/6379]}}");
        var run = await RunAsync("check", file, "live");
        Assert.Equal(ExitCode.Different, run.Code);
        Assert.Contains("pass     holds  never internet -> cache any\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("fail     fails  must office -> cache tcp/6379\n", run.Out, StringComparison.Ordinal);
        Assert.EndsWith("tests: 1 pass, 1 fail, 0 unknown\n", run.Out, StringComparison.Ordinal);

        var json = await RunAsync("check", file, "live", "-o", "json");
        Assert.Equal(ExitCode.Different, json.Code);
        using var document = JsonDocument.Parse(json.Out);
        var failed = document.RootElement.GetProperty("tests")[1];
        Assert.Equal("fail", failed.GetProperty("outcome").GetString());
        var failure = failed.GetProperty("failures")[0];
        Assert.Equal("192.0.2.0", failure.GetProperty("witness").GetProperty("from").GetString());
        Assert.Equal(6379, failure.GetProperty("witness").GetProperty("port").GetInt32());
        Assert.Equal("ingress", failure.GetProperty("blockers")[0].GetString());
        Assert.Equal(Cache.Id.Value, failure.GetProperty("missing")[0].GetProperty("group").GetString());
        Assert.Equal(1, document.RootElement.GetProperty("summary").GetProperty("pass").GetInt32());
    }

    [Fact]
    public async Task Check_without_a_source_says_that_the_tests_were_not_run()
    {
        var run = await RunAsync("check", await FileAsync("", "{id: holds, never: {from: internet, to: cache}}"));
        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Contains("1 tests of the file were not run", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_not_read_is_unknown_unless_that_is_accepted()
    {
        await File.WriteAllTextAsync(At("groups.json"), $$"""
            {"SecurityGroups": [
              {"GroupId": "{{Search.Id}}", "GroupName": "shop-search", "OwnerId": "111122223333", "VpcId": "vpc-1", "IpPermissions": [], "IpPermissionsEgress": []},
              {"GroupId": "{{Cache.Id}}", "GroupName": "shop-cache", "OwnerId": "111122223333", "VpcId": "vpc-1", "IpPermissions": [], "IpPermissionsEgress": []}]}
            """);
        var file = await FileAsync("office-to-search: {from: office, to: search, services: [tcp/9300], reason: why}", "{id: closed, never: {from: internet, to: cache}}");
        var check = await RunAsync("check", file, At("groups.json"), "--region", "eu-west-1");
        Assert.Equal(ExitCode.Incomplete, check.Code);
        Assert.Contains("open: the interfaces of 111122223333/eu-west-1 were not read", check.Out, StringComparison.Ordinal);
        Assert.Contains("SPD7030", check.Error, StringComparison.Ordinal);
        var accepted = await RunAsync("check", file, At("groups.json"), "--region", "eu-west-1", "--allow-partial");
        Assert.Equal(ExitCode.Done, accepted.Code);
        Assert.Contains("unknown  closed", accepted.Out, StringComparison.Ordinal);

        var plan = await RunAsync("plan", file, At("groups.json"), "--region", "eu-west-1", "--out", At("plan.json"));
        Assert.Equal(ExitCode.Refused, plan.Code);
        Assert.Contains("SPD3016", plan.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(At("plan.json")));
        var open = await RunAsync("plan", file, At("groups.json"), "--region", "eu-west-1", "--allow-partial", "--out", At("plan.json"));
        Assert.Equal(ExitCode.Different, open.Code);
        Assert.Contains("open: the interfaces of", open.Error, StringComparison.Ordinal);
    }

    private void AssertNothingChanged() =>
        Assert.All(_lab.Calls.ToSorted(), c => Assert.True(c.Key.StartsWith("Describe", StringComparison.Ordinal) || c.Key.StartsWith("Get", StringComparison.Ordinal) || c.Key.StartsWith("Search", StringComparison.Ordinal), c.Key));

    private async Task<string> FileAsync(string connections, string tests, string name = "c.yaml", string exceptions = "")
    {
        await File.WriteAllTextAsync(At(name), $$"""
            version: 1
            groups:
              search: {sg: {{Search.Id}}}
              cache: {sg: {{Cache.Id}}}
            externals:
              internet: {cidrs: [0.0.0.0/0], public: true}
              office: {cidrs: [192.0.2.0/28]}
            connections:
              cache-to-cache: {from: cache, to: cache, services: [tcp/7], reason: echo}
              {{connections}}
            tests: [{{tests}}]
            exceptions: [{{exceptions}}]
            settings: {unmanagedRules: report}
            """);
        return At(name);
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private Task<Run> RunAsync(params string[] args) => RunAsync(TimeProvider.System, args);

    private Task<Run> RunAsync(TimeProvider time, params string[] args) =>
        Run.Sallyport([.. args, .. args.Contains("live") ? new[] { "--region", Search.Scope.Region } : []], _lab.Environment(Search.Scope.Account).ToDictionary(), time: time);

    private sealed class FixedTime(DateOnly day) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(day, new TimeOnly(23, 59, 59), TimeSpan.Zero);
    }
}

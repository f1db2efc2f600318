using System.Text.Json;

namespace Sallyport.Cli.Tests;

/// <summary>Where the settings of an audit come from and which of them wins; what happens to wrong ones.</summary>
public sealed class AuditSettingsTests : IDisposable
{
    private const string Groups = """
        {"SecurityGroups": [{"GroupId": "sg-0000000a", "GroupName": "web", "OwnerId": "111122223333", "VpcId": "vpc-0000000a", "Description": "d",
          "IpPermissions": [{"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}],
          "IpPermissionsEgress": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]}]}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("sallyport-settings-").FullName;

    public AuditSettingsTests() => Put("groups.json", Groups);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_file_of_the_working_directory_is_read_and_named()
    {
        Put("sallyport.yaml", "audit: {rules: {include: [SP-ING-06]}, fail-on: none}");
        var run = await Audit();
        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Equal(["SP-ING-06"], Rules(run));
        Assert.Contains("settings: sallyport.yaml", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-o", "json=a.json", "-o", "sarif=./a.json")]
    [InlineData("--baseline", "known.json", "-o", "jsonl=known.json")]
    public async Task No_output_replaces_another_or_the_baseline(params string[] arguments)
    {
        Assert.Equal(ExitCode.Done, (await Audit(["-o", $"json={PathOf("known.json")}", "--fail-on", "none"])).Code);
        var before = File.ReadAllText(PathOf("known.json"));
        var run = await Audit([.. arguments.Select(a => a.Replace("known", PathOf("known"), StringComparison.Ordinal))]);
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("would replace", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(PathOf("known.json")));
    }

    [Fact]
    public async Task In_a_repository_the_nearest_file_up_to_its_root_is_read()
    {
        Put("sallyport.yaml", "audit: {rules: {include: [SP-EGR-01]}}");
        Put("repo/.git/HEAD", "ref");
        Put("repo/a/b/x", "");
        Assert.Contains("SP-ING-06", Rules(await Audit(at: "repo/a/b")));
        Put("repo/sallyport.yaml", "audit: {rules: {include: [SP-EGR-02]}}");
        Assert.Equal(["SP-EGR-02"], Rules(await Audit(at: "repo/a/b")));
        Put("repo/a/sallyport.yaml", "audit: {rules: {include: [SP-ING-06]}}");
        Assert.Equal(["SP-ING-06"], Rules(await Audit(at: "repo/a/b")));
    }

    [Fact]
    public async Task Outside_a_repository_nothing_above_is_looked_at()
    {
        Put("sallyport.yaml", "audit: {rules: {include: [SP-EGR-01]}}");
        Put("a/x", "");
        Assert.Contains("SP-ING-06", Rules(await Audit(at: "a")));
    }

    [Fact]
    public async Task No_config_reads_none_and_config_reads_another()
    {
        Put("sallyport.yaml", "audit: {rules: {include: [SP-EGR-01]}}");
        Put("other.yaml", "audit: {rules: {include: [SP-EGR-02]}}");
        Assert.Contains("SP-ING-06", Rules(await Audit(["--no-config"])));
        Assert.Equal(["SP-EGR-02"], Rules(await Audit(["--config", PathOf("other.yaml")])));
        Assert.Equal(["SP-EGR-02"], Rules(await Audit([], new() { ["SALLYPORT_CONFIG"] = PathOf("other.yaml") })));
        Assert.Equal(ExitCode.BadInput, (await Audit(["--config", PathOf("missing.yaml")])).Code);
        Assert.Contains("SPD7021", (await Audit(["--config", PathOf("other.yaml"), "--no-config"])).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flag_beats_the_environment_and_the_environment_beats_the_file()
    {
        Put("sallyport.yaml", "audit: {fail-on: critical, severity: {SP-ING-06: medium}, rules: {include: [SP-ING-06]}}");
        Assert.Equal(ExitCode.Done, (await Audit()).Code);
        Assert.Equal(ExitCode.Different, (await Audit([], new() { ["SALLYPORT_FAIL_ON"] = "low" })).Code);
        Assert.Equal(ExitCode.Done, (await Audit(["--fail-on", "high"], new() { ["SALLYPORT_FAIL_ON"] = "low" })).Code);
        Assert.Equal(ExitCode.Different, (await Audit(["--severity", "SP-ING-06=critical"])).Code);
    }

    [Fact]
    public async Task Files_that_the_settings_name_lie_beside_them()
    {
        Put("repo/.git/HEAD", "ref");
        Put("repo/sallyport.yaml", "audit: {waivers: rules/waivers.yaml, custom: [rules/own.yaml], rules: {include: [SP-ING-06, ACME]}}");
        Put("repo/rules/waivers.yaml", "waivers: [{rule: \"*\", resource: web, reason: r, owner: o, expires: 2099-01-01}]");
        Put("repo/rules/own.yaml", "rules: [{id: ACME-01, title: t, message: m, match: {covers: tcp/22}}]");
        Put("repo/deep/x", "");
        var run = await Audit(at: "repo/deep");
        Assert.Equal(["ACME-01", "SP-ING-06"], Rules(run));
        Assert.Equal(ExitCode.Done, run.Code);
    }

    [Fact]
    public async Task Family_exclude_set_and_framework_choose_what_runs()
    {
        Assert.All(Rules(await Audit(["--family", "egress"])), r => Assert.StartsWith("SP-EGR-", r, StringComparison.Ordinal));
        Assert.DoesNotContain("SP-EGR-01", Rules(await Audit(["--exclude", "SP-EGR"])));
        Assert.Contains("SP-EGR-06", Rules(await Audit(["--rule", "SP-EGR-06"])));
        Assert.DoesNotContain("SP-ING-06", Rules(await Audit(["--rule", "SP-ING-06", "--set", "admin.tcp=3389"])));
        Assert.DoesNotContain("SP-EGR-01", Rules(await Audit(["--framework", "cis-aws-3.0"])));
    }

    [Fact]
    public async Task Several_outputs_come_from_one_audit()
    {
        var run = await Run.Sallyport(
            ["audit", PathOf("groups.json"), "-o", $"json={PathOf("out.json")}", "-o", $"jsonl={PathOf("out.jsonl")}", "-o", "text"], directory: _folder, cancellationToken: TestContext.Current.CancellationToken);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(PathOf("out.json"), TestContext.Current.CancellationToken));
        var lines = await File.ReadAllLinesAsync(PathOf("out.jsonl"), TestContext.Current.CancellationToken);
        Assert.Equal(json.RootElement.GetProperty("findings").GetArrayLength(), lines.Count(l => l.StartsWith("{\"kind\":\"finding\"", StringComparison.Ordinal)));
        Assert.StartsWith("Audited 1 security group", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_problem_is_listed_with_its_place()
    {
        Put("sallyport.yaml", "audit:\n  fail-on: hihg\n  worl.tcp: 80\n");
        var run = await Audit();
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Empty(run.Out);
        Assert.Contains("sallyport.yaml:2:12: error SPD1017", run.Error, StringComparison.Ordinal);
        Assert.Contains("sallyport.yaml:3:3: error SPD7101", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--rule", "SP-ING-99", "SPD7103")]
    [InlineData("--exclude", "nothing", "SPD7103")]
    [InlineData("--framework", "CIS", "SPD7105")]
    [InlineData("--set", "world.tpc=80", "SPD7101")]
    [InlineData("--set", "world.tcp=x", "SPD7102")]
    [InlineData("--set", "world.tcp", "SPD7001")]
    [InlineData("--severity", "SP-ING-06=huge", "SPD7001")]
    [InlineData("--severity", "SP-ING-99=low", "SPD7103")]
    [InlineData("--min-severity", "huge", "SPD7001")]
    [InlineData("--family", "nothing", "SPD7001")]
    [InlineData("--fail-on", "huge", "SPD7001")]
    [InlineData("--waivers", "missing.yaml", "SPD7004")]
    [InlineData("--custom", "missing.yaml", "SPD7004")]
    [InlineData("--baseline", "missing.json", "SPD7004")]
    [InlineData("--connections", "missing.yaml", "SPD7004")]
    public async Task A_wrong_flag_is_an_input_error(string flag, string value, string code)
    {
        var run = await Audit([flag, value]);
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains(code, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Out);
    }

    [Fact]
    public async Task A_wrong_variable_is_an_input_error() => Assert.Contains("SPD7050", (await Audit([], new() { ["SALLYPORT_FAIL_ON"] = "hihg" })).Error, StringComparison.Ordinal);

    [Fact]
    public async Task Files_that_are_no_text_are_an_input_error()
    {
        await File.WriteAllBytesAsync(PathOf("bad.yaml"), [0x61, 0x3A, 0xFF, 0xFE], TestContext.Current.CancellationToken);
        Assert.Contains("SPD7004", (await Audit(["--waivers", PathOf("bad.yaml")])).Error, StringComparison.Ordinal);
        Assert.Contains("SPD7004", (await Audit(["--waivers", _folder])).Error, StringComparison.Ordinal);
        Assert.Contains("SPD7161", (await Audit(["--baseline", PathOf("groups.json")])).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_lists_own_rules_some_rules_and_frameworks()
    {
        Put("own.yaml", "rules: [{id: ACME-01, title: \"t\\u202e\", message: m, match: {covers: tcp/22}}]");
        var all = await Run.Sallyport(["rules", "--custom", PathOf("own.yaml")], directory: _folder, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Contains("ACME-01", all.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("\u202e", all.Out, StringComparison.Ordinal);
        var one = await Run.Sallyport(["rules", "ACME-01", "--custom", PathOf("own.yaml"), "-o", "json"], directory: _folder, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("custom", JsonDocument.Parse(one.Out).RootElement.GetProperty("rules")[0].GetProperty("family").GetString());
        var family = await Run.Sallyport(["rules", "SP-EGR"], directory: _folder, cancellationToken: TestContext.Current.CancellationToken);
        Assert.DoesNotContain("SP-ING", family.Out, StringComparison.Ordinal);
        var frameworks = await Run.Sallyport(["rules", "--frameworks"], directory: _folder, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Contains("PCI-DSS-4.0", frameworks.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.BadInput, (await Run.Sallyport(["rules", "SP-XXX"], directory: _folder, cancellationToken: TestContext.Current.CancellationToken)).Code);
    }

    private static List<string> Rules(Run run)
    {
        using var json = JsonDocument.Parse(run.Out);
        return [.. json.RootElement.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("rule").GetString()!).Distinct().Order(StringComparer.Ordinal)];
    }

    private Task<Run> Audit(string[]? flags = null, Dictionary<string, string>? environment = null, string at = "") => Run.Sallyport(
        ["audit", PathOf("groups.json"), "-o", "json", .. flags ?? []], environment, directory: Path.Combine(_folder, at), cancellationToken: TestContext.Current.CancellationToken);

    private string PathOf(string name) => Path.Combine(_folder, name);

    private void Put(string name, string text)
    {
        var path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}

using System.Collections.Immutable;
using System.Text.Json;

namespace Sallyport.Cli.Tests;

public sealed class ReachCommandTests : IDisposable
{
    private readonly ReachEstate _estate = new();

    public void Dispose() => _estate.Dispose();

    [Theory]
    [InlineData("web", "db", "tcp/3306", "allowed")]
    [InlineData("web", "db", "tcp/3307", "denied-at-egress")]
    [InlineData("web", "db", "tcp/22", "denied-at-egress")]
    [InlineData("db", "web", "tcp/443", "denied-at-egress")]
    [InlineData("internet", "web", "tcp/443", "allowed")]
    [InlineData("internet", "web", "tcp/80", "denied-at-ingress")]
    [InlineData("198.51.100.7", "203.0.113.5", "tcp/443", "allowed")]
    [InlineData("i-00000001", "10.1.0.9", "tcp/3306", "allowed")]
    [InlineData("vpc-0000000a/10.1.0.5", "eni-00000003", "tcp/3306", "allowed")]
    [InlineData("vpc-0000000b/10.1.0.5", "eni-00000003", "tcp/3306", "denied-at-ingress")]
    [InlineData("10.1.0.0/24", "db", "tcp/3306", "partly")]
    [InlineData("web", "db", "any", "partly")]
    public async Task Two_ends_get_a_verdict_and_exit_0(string from, string to, string service, string verdict)
    {
        var run = await Reach("--from", from, "--to", to, "--service", service, "-o", "json");
        using var json = JsonDocument.Parse(run.Out);
        Assert.Equal(1, json.RootElement.GetProperty("schemaVersion").GetInt32());
        Assert.Equal(verdict, json.RootElement.GetProperty("verdict").GetString());
        Assert.Equal("snapshot", json.RootElement.GetProperty("basis").GetString());
        Assert.Empty(run.Error);
        Assert.StartsWith($"{verdict}: ", (await Reach("--from", from, "--to", to, "--service", service)).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_service_the_answer_lists_what_gets_through_and_the_rules_of_both_sides()
    {
        using var json = JsonDocument.Parse((await Reach("--from", "web", "--to", "db", "-o", "json")).Out);
        Assert.Equal(["tcp/3306"], Texts(json.RootElement, "allowed"));
        Assert.Empty(Texts(json.RootElement, "blockers"));
        Assert.Equal(["sg-00000001 egress tcp/3306 to sg-00000002"], Texts(json.RootElement.GetProperty("rules"), "egress"));
        Assert.Equal(["sg-00000002 ingress tcp/3306-3307 from sg-00000001"], Texts(json.RootElement.GetProperty("rules"), "ingress"));
        Assert.Equal("10.1.0.9", json.RootElement.GetProperty("witness").GetProperty("to").GetString());
        Assert.Equal(3306, json.RootElement.GetProperty("witness").GetProperty("port").GetInt32());
        Assert.False(json.RootElement.TryGetProperty("counterexample", out _));
    }

    [Fact]
    public async Task Every_blocker_is_listed_and_the_first_one_is_the_verdict()
    {
        using var json = JsonDocument.Parse((await Reach("--from", "db", "--to", "web", "--service", "tcp/22", "-o", "json")).Out);
        Assert.Equal("denied-at-egress", json.RootElement.GetProperty("verdict").GetString());
        Assert.Equal(["denied-at-egress", "denied-at-ingress"], Texts(json.RootElement, "blockers"));
        Assert.Equal("10.1.0.9", json.RootElement.GetProperty("counterexample").GetProperty("from").GetString());
    }

    [Fact]
    public async Task Layers_that_were_not_read_give_unknown()
    {
        using var json = JsonDocument.Parse((await Reach("--from", "internet", "--to", "web", "--service", "tcp/443", "--layer", "effective", "-o", "json")).Out);
        Assert.Equal("unknown", json.RootElement.GetProperty("verdict").GetString());
        Assert.NotEmpty(Texts(json.RootElement, "notes"));
        Assert.Equal(["egress", "nacl", "route", "ingress"], json.RootElement.GetProperty("layers").EnumerateArray().Select(l => l.GetProperty("layer").GetString()!));
    }

    [Fact]
    public async Task A_group_without_members_is_judged_by_its_rules()
    {
        using var json = JsonDocument.Parse((await Reach("--from", "sg-00000003", "--to", "db", "--service", "tcp/3306", "-o", "json")).Out);
        Assert.Equal("symbolic", json.RootElement.GetProperty("basis").GetString());
        Assert.Equal("denied-at-egress", json.RootElement.GetProperty("verdict").GetString());
    }

    [Theory]
    [InlineData("SPD2100", "--from", "wep", "--to", "db")]
    [InlineData("SPD2101", "--from", "sg-0000000f", "--to", "db")]
    [InlineData("SPD2102", "--from", "default", "--to", "db")]
    [InlineData("SPD2103", "--from", "10.1.0.5", "--to", "db")]
    [InlineData("SPD7020", "--from", "web", "--to", "db", "--service", "http")]
    [InlineData("SPD7001", "--from", "web", "--to", "db", "--layer", "all")]
    [InlineData("SPD7001", "--from", "web", "--hops", "0")]
    [InlineData("SPD7021", "--from", "web", "--to", "db", "--hops", "2")]
    [InlineData("SPD7021", "--to", "db", "--hops", "2")]
    [InlineData("SPD7021", "--from", "web", "--to", "db", "-o", "dot")]
    [InlineData("SPD7021", "--from", "web", "--to", "db", "-o", "jsonl")]
    [InlineData("SPD7021", "--packets", "-", "--from", "web")]
    [InlineData("SPD7021", "--packets", "-", "--service", "tcp/1")]
    [InlineData("SPD7021", "--packets", "-", "-o", "dot")]
    [InlineData("SPD7021", "--packets", "-", "-o", "jsonl", "-o", "json=x")]
    [InlineData("SPD7021", "--layer", "effective")]
    [InlineData("SPD7004", "--packets", "nowhere.jsonl")]
    public async Task What_cannot_be_asked_is_an_input_error(string code, params string[] args)
    {
        var run = await Reach([.. args]);
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains(code, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Out);
    }

    [Fact]
    public async Task What_the_user_typed_and_what_the_estate_is_named_cannot_steer_the_terminal()
    {
        var typed = await Reach("--from", "\u001b[2J\u202e", "--to", "db");
        Assert.Equal(ExitCode.BadInput, typed.Code);
        foreach (var format in new[] { "text", "json", "dot", "mermaid" })
        {
            foreach (ImmutableArray<string> ends in new ImmutableArray<string>[] { ["--from", "eni-00000004", "--service", "tcp/443"], ["--to", "internet"], [] })
            {
                var run = await Reach([.. ends, "-o", format]);
                Assert.Equal(ExitCode.Done, run.Code);
                Assert.DoesNotContain('\u001b', run.Out + run.Error + typed.Error);
                Assert.DoesNotContain('\u202e', run.Out + run.Error + typed.Error);
            }
        }
    }

    [Fact]
    public async Task Names_of_a_connections_file_may_be_asked_about()
    {
        var file = _estate.WriteBeside("c.yaml", """
            version: 1
            groups:
              frontend: {sg: sg-00000001}
              web: {select: {name: db}}
              missing: {sg: sg-0000000f}
            externals:
              office: {cidrs: [198.51.100.0/24]}
              internet: {cidrs: [0.0.0.0/0], public: true}
            """);
        var run = await Reach("--connections", file, "--from", "frontend", "--to", "web", "--service", "tcp/3306");
        Assert.StartsWith("allowed: frontend (sg-00000001) reaches web (sg-00000002)", run.Out, StringComparison.Ordinal);
        Assert.StartsWith("allowed: office", (await Reach("--connections", file, "--from", "office", "--to", "frontend", "--service", "tcp/443")).Out, StringComparison.Ordinal);
        Assert.StartsWith("denied-at-ingress: ", (await Reach("--connections", file, "--from", "internet", "--to", "web", "--service", "tcp/3306")).Out, StringComparison.Ordinal);
        var missing = await Reach("--connections", file, "--from", "missing", "--to", "web");
        Assert.Equal(ExitCode.BadInput, missing.Code);
        Assert.Contains("SPD1101", missing.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.BadInput, (await Reach("--connections", _estate.WriteBeside("bad.yaml", "version: 9"), "--from", "web", "--to", "db")).Code);
    }

    [Fact]
    public async Task One_end_lists_everybody_at_the_other()
    {
        using var sources = JsonDocument.Parse((await Reach("--to", "db", "-o", "json")).Out);
        Assert.Equal("sources", sources.RootElement.GetProperty("list").GetString());
        Assert.Equal(["eni-00000001", "eni-00000002"], sources.RootElement.GetProperty("interfaces").EnumerateArray().Select(i => i.GetProperty("interface").GetString()!));
        using var targets = JsonDocument.Parse((await Reach("--from", "web", "-o", "json")).Out);
        var reached = Assert.Single(targets.RootElement.GetProperty("interfaces").EnumerateArray());
        Assert.Equal("eni-00000003", reached.GetProperty("interface").GetString());
        Assert.Equal(["tcp/3306"], Texts(reached, "allowed"));
        Assert.Equal(1, reached.GetProperty("hop").GetInt32());
        Assert.Contains("nobody", (await Reach("--from", "web", "--service", "tcp/3307")).Out, StringComparison.Ordinal);
        Assert.Contains("addresses in 0.0.0.0/0: tcp/443", (await Reach("--to", "web")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hops_go_on_from_whom_was_reached()
    {
        using var json = JsonDocument.Parse((await Reach("--from", "198.51.100.7", "--hops", "3", "--layer", "sg", "-o", "json")).Out);
        var hops = json.RootElement.GetProperty("interfaces").EnumerateArray().ToDictionary(i => i.GetProperty("interface").GetString()!, i => i.GetProperty("hop").GetInt32());
        Assert.Equal(1, hops["eni-00000001"]);
        using var inside = JsonDocument.Parse((await Reach("--from", "web", "--hops", "2", "-o", "json")).Out);
        Assert.Equal(["eni-00000003"], inside.RootElement.GetProperty("interfaces").EnumerateArray().Select(i => i.GetProperty("interface").GetString()!));
    }

    [Fact]
    public async Task From_the_internet_the_list_says_what_is_exposed_or_that_nobody_read_it()
    {
        var run = await Reach("--from", "internet");
        Assert.Contains("exposure", run.Out, StringComparison.Ordinal);
        Assert.EndsWith("2 interfaces: 2 unknown\n", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_end_lists_all_pairs_of_groups()
    {
        Assert.Equal("web (sg-00000001) reaches:\n  db (sg-00000002): tcp/3306\n1 pair of groups\n", (await Reach("--service", "tcp/3306")).Out);
        Assert.EndsWith("  web (sg-00000001): tcp/443\n2 pairs of groups\n", (await Reach()).Out, StringComparison.Ordinal);
        using var json = JsonDocument.Parse((await Reach("--service", "tcp/3306", "-o", "json")).Out);
        var pair = Assert.Single(json.RootElement.GetProperty("pairs").EnumerateArray());
        Assert.Equal("sg-00000001", pair.GetProperty("from").GetString());
        Assert.Equal("db", pair.GetProperty("toName").GetString());
        Assert.Equal(["tcp/3306"], Texts(pair, "services"));
        Assert.EndsWith("  n0 -> n1 [label=\"tcp/3306\"];\n}\n", (await Reach("--service", "tcp/3306", "-o", "dot")).Out, StringComparison.Ordinal);
        Assert.Equal("0 pairs of groups\n", (await Reach("--service", "udp/1")).Out);
    }

    [Fact]
    public async Task Several_outputs_are_written_in_one_run()
    {
        var (json, dot) = (_estate.At("all.json"), _estate.At("all.dot"));
        var run = await Reach("-o", $"json={json}", "-o", $"dot={dot}", "-o", "text");
        Assert.EndsWith("2 pairs of groups\n", run.Out, StringComparison.Ordinal);
        Assert.StartsWith("{", await File.ReadAllTextAsync(json), StringComparison.Ordinal);
        Assert.StartsWith("digraph", await File.ReadAllTextAsync(dot), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Packets_are_answered_line_by_line_from_a_file_or_standard_input()
    {
        const string Packets = """
            {"from":"eni-00000001","to":"10.1.0.9","protocol":"tcp","port":3306}
            {"from":"203.0.113.5","to":"eni-00000003","protocol":"tcp","port":3306}
            {"from":"vpc-0000000b/10.1.0.5","to":"10.1.0.9","protocol":"tcp","port":3306}
            {"from":"10.1.0.9","to":"8.8.8.8","protocol":"icmp","type":8,"code":0}

            """;
        const string Answers = "{\"verdict\":\"allowed\"}\n{\"verdict\":\"allowed\"}\n{\"verdict\":\"denied-at-ingress\"}\n{\"verdict\":\"denied-at-egress\"}\n";
        var file = _estate.WriteBeside("p.jsonl", Packets);
        var fromFile = await Reach("--packets", file, "-o", "jsonl");
        Assert.Equal((ExitCode.Done, Answers, ""), (fromFile.Code, fromFile.Out, fromFile.Error));
        var fromInput = await Run.Sallyport(["reach", _estate.Path, "--packets", "-", "-o", "jsonl"], input: Packets);
        Assert.Equal((ExitCode.Done, Answers), (fromInput.Code, fromInput.Out));
        Assert.Equal(ExitCode.Done, (await Reach("--packets", file, "-o", $"jsonl={_estate.At("out.jsonl")}")).Code);
        Assert.Equal(Answers, await File.ReadAllTextAsync(_estate.At("out.jsonl")));
        Assert.StartsWith("allowed            eni-00000001 -> 10.1.0.9 tcp/3306\n", (await Reach("--packets", file)).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_packets_are_answered_in_place_and_listed_with_their_lines()
    {
        var lines = Enumerable.Range(0, 30).Select(i => i % 2 == 0 ? "{}" : """{"from":"10.1.0.5","to":"10.1.0.9","protocol":"tcp","port":1}""");
        var file = _estate.WriteBeside("p.jsonl", string.Join('\n', lines));
        var run = await Reach("--packets", file, "-o", "jsonl");
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Equal(30, run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(l => l.StartsWith("{\"verdict\":\"unknown\",\"error\":\"SPD", StringComparison.Ordinal)));
        Assert.Contains($"{file}:1: error SPD2122: \"from\" is missing.", run.Error, StringComparison.Ordinal);
        Assert.Contains($"{file}:20: error SPD2103: 10.1.0.5 exists in 2 VPCs: vpc-0000000a, vpc-0000000b.", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain($"{file}:21:", run.Error, StringComparison.Ordinal);
        Assert.EndsWith("… and 10 more lines that are no packet\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_waits_for_packets_can_be_interrupted()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "no pipes in folders");
        using (var made = System.Diagnostics.Process.Start("mkfifo", [_estate.At("pipe")])) await made.WaitForExitAsync();

        // Open for both, so that neither end waits for the other and nothing ever comes.
        await using var held = new FileStream(_estate.At("pipe"), FileMode.Open, FileAccess.ReadWrite);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Run.Sallyport(["reach", _estate.Path, "--packets", _estate.At("pipe"), "-o", "jsonl"], cancellationToken: patience.Token));
    }

    [Fact]
    public async Task An_explanation_names_the_rules_and_what_is_missing()
    {
        var run = await Explain("--from", "web", "--to", "db", "--service", "tcp/3307");
        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Equal(
            """
            denied-at-egress: the groups of web (sg-00000001) do not let tcp/3307 out to db (sg-00000002).
            1. egress of web (sg-00000001): stops it
               missing: egress tcp/3307 to sg-00000002 on web (sg-00000001)
            2. ingress of db (sg-00000002): lets tcp/3307 through
               (no id)  db (sg-00000002)  ingress tcp/3306-3307 from sg-00000001
            Network ACLs and routes were not asked: --layer effective asks them.
              does not: eni-00000001 (10.1.0.5) -> eni-00000003 (10.1.0.9) tcp/3307

            """,
            run.Out);
    }

    [Fact]
    public async Task An_explanation_as_JSON_is_the_answer_with_its_reasons()
    {
        using var json = JsonDocument.Parse((await Explain("--from", "db", "--to", "web", "--service", "tcp/22", "-o", "json")).Out);
        Assert.Equal("denied-at-egress", json.RootElement.GetProperty("verdict").GetString());
        var missing = json.RootElement.GetProperty("missing").EnumerateArray().ToList();
        Assert.Equal(["egress", "ingress"], missing.Select(m => m.GetProperty("direction").GetString()!));
        Assert.Equal("sg-00000002", missing[0].GetProperty("group").GetString());
        Assert.Equal("sg-00000001", missing[0].GetProperty("peer").GetProperty("group").GetString());
        Assert.Equal(["tcp/22"], Texts(missing[1], "services"));
        using var allowed = JsonDocument.Parse((await Explain("--from", "web", "--to", "db", "--service", "tcp/3306", "-o", "json")).Out);
        Assert.Equal("tcp/3306-3307", Assert.Single(allowed.RootElement.GetProperty("deciding").GetProperty("ingress").EnumerateArray()).GetProperty("service").GetString());
    }

    [Fact]
    public async Task An_explanation_of_every_layer_says_what_was_not_read()
    {
        var run = await Explain("--from", "198.51.100.7", "--to", "web", "--service", "tcp/443", "--layer", "effective");
        Assert.Contains("1. egress of 198.51.100.7: outside the estate, no group filters there", run.Out, StringComparison.Ordinal);
        Assert.Contains("3. routes: depends on something that was not read", run.Out, StringComparison.Ordinal);
        Assert.Contains("note: ", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_explanation_needs_both_ends_and_a_service()
    {
        var run = await Explain("--from", "web");
        Assert.Equal(ExitCode.BadInput, run.Code);
        Assert.Contains("--to", run.Error, StringComparison.Ordinal);
        Assert.Contains("--service", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interface_reaches_itself_alike_in_both_forms()
    {
        var file = _estate.WriteBeside("p.jsonl", """{"from":"eni-00000003","to":"10.1.0.9","protocol":"tcp","port":22}""");
        Assert.Equal("{\"verdict\":\"allowed\"}\n", (await Reach("--packets", file, "-o", "jsonl")).Out);
        Assert.StartsWith("allowed: ", (await Reach("--from", "eni-00000003", "--to", "10.1.0.9", "--service", "tcp/22")).Out, StringComparison.Ordinal);
    }

    private Task<Run> Reach(params ImmutableArray<string> args) => Run.Sallyport(["reach", _estate.Path, .. args]);

    private Task<Run> Explain(params ImmutableArray<string> args) => Run.Sallyport(["explain", _estate.Path, .. args]);

    private static List<string> Texts(JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(e => e.GetString()!)];
}

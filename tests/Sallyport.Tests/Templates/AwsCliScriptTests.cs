using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using FsCheck.Fluent;
using Sallyport.Connections.Compiling;
using Sallyport.Connections.Reading;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Templates.AwsCli;
using Sallyport.Tests.Generators;

namespace Sallyport.Tests.Templates;

/// <summary>Runs the script with a stand-in for the AWS CLI that writes its arguments down and answers as told.</summary>
public sealed class AwsCliScriptTests : IDisposable
{
    private static readonly Scope Home = new("111122223333", "eu-west-1");

    private readonly string _folder = Directory.CreateTempSubdirectory("sallyport-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Everything_that_is_said_arrives_as_one_argument()
    {
        var rules = Rules(Rule("sg-0000000a", Direction.Ingress, "tcp/1", new CidrPeer(Cidr.Parse("10.0.0.0/8")), "$(touch x) `id` '\"; rm -rf \\ *", "o'ne"));
        var (exit, calls, _) = await RunAsync(Script(rules, null), "exit 0");
        Assert.Equal(0, exit);
        Assert.Equal(
            ["ec2", "authorize-security-group-ingress", "--region", "eu-west-1", "--group-id", "sg-0000000a", "--ip-permissions",
                """[{"IpProtocol":"tcp","FromPort":1,"ToPort":1,"IpRanges":[{"CidrIp":"10.0.0.0/8","Description":"$(touch x) `id` '\"; rm -rf \\ *"}]}]""",
                "--tag-specifications", """[{"ResourceType":"security-group-rule","Tags":[{"Key":"sallyport:connections","Value":"o'ne"}]}]""", "--output", "json"],
            Assert.Single(calls));
    }

    [Fact]
    public async Task One_call_takes_all_rules_of_a_group_a_direction_and_an_owner()
    {
        var rules = Rules([.. Enumerable.Range(1, 60).Select(n => Rule("sg-0000000a", Direction.Egress, $"tcp/{n}", new GroupPeer(new("sg-0000000b")), "x", "c"))]);
        var (exit, calls, text) = await RunAsync(Script(rules, null), "exit 0");
        Assert.Equal((0, 1), (exit, calls.Count));
        Assert.Equal("authorize egress sg-0000000a: 60 of 60 rules\n", text);
    }

    [Fact]
    public async Task A_duplicate_in_a_batch_is_left_alone_and_the_others_are_added()
    {
        var rules = Rules([.. Enumerable.Range(1, 3).Select(n => Rule("sg-0000000a", Direction.Egress, $"tcp/{n}", new CidrPeer(Cidr.Parse("10.0.0.0/8")), "x", "c"))]);
        var (exit, calls, text) = await RunAsync(Script(rules, null), """
            case $* in *'"FromPort":2,'*) echo "An error occurred (InvalidPermission.Duplicate) when calling: it is there" >&2; exit 254 ;; esac
            exit 0
            """);
        Assert.Equal((0, 4), (exit, calls.Count));
        Assert.Equal("authorize egress sg-0000000a: 2 of 3 rules\n", text);
    }

    [Theory]
    [InlineData("An error occurred (UnauthorizedOperation) when calling")]
    [InlineData("Unable to locate credentials. InvalidPermission.Duplicate")]
    public async Task Any_other_error_ends_the_script(string answer)
    {
        var rules = Rules(
            Rule("sg-0000000a", Direction.Egress, "tcp/1", new CidrPeer(Cidr.Parse("10.0.0.0/8")), "x", "c"), Rule("sg-0000000b", Direction.Egress, "tcp/1", new CidrPeer(Cidr.Parse("10.0.0.0/8")), "x", "c"));
        var (exit, calls, text) = await RunAsync(Script(rules, null), $"echo '{answer}' >&2; exit 254");
        Assert.Equal((1, 1), (exit, calls.Count));
        Assert.Equal($"{answer}\n", text);
    }

    [Fact]
    public async Task With_a_source_only_what_is_missing_is_added_and_what_nothing_declares_goes_last()
    {
        var there = new SecurityGroupRule(Direction.Egress, Service.Tcp(1), new CidrPeer(Cidr.Parse("10.0.0.0/8"))) { Id = new("sgr-00000000000000001") };
        var known = new SecurityGroupRule(Direction.Egress, Service.Any, new CidrPeer(Cidr.AnyV4)) { Id = new("sgr-00000000000000002") };
        var loose = new SecurityGroupRule(Direction.Ingress, Service.Parse("icmp/8/-1"), new GroupPeer(new("sg-0000000f")) { Account = "444455556666" });
        var estate = new EstateBuilder()
            .Add(new SecurityGroup(new("sg-0000000a"), Home) { Rules = [there, known, loose] })
            .Add(new SecurityGroup(new("sg-0000000c"), Home) { Rules = [known] }).Build();
        var rules = Rules(
            Rule("sg-0000000a", Direction.Egress, "tcp/1", there.Peer, "x", "c"), Rule("sg-0000000a", Direction.Egress, "tcp/2", there.Peer, "x", "c"));
        var (exit, calls, _) = await RunAsync(Script(rules, estate), "exit 0");
        Assert.Equal(0, exit);
        Assert.Equal(["authorize-security-group-egress", "revoke-security-group-ingress", "revoke-security-group-egress"], calls.Select(c => c[1]));
        Assert.Equal("""[{"IpProtocol":"icmp","FromPort":8,"ToPort":-1,"UserIdGroupPairs":[{"GroupId":"sg-0000000f","UserId":"444455556666"}]}]""", calls[1][7]);
        Assert.Equal(["--security-group-rule-ids", "sgr-00000000000000002", "--output", "json"], calls[2].Skip(6));

        var kept = Script(rules with { Unmanaged = UnmanagedRules.Report }, estate);
        Assert.DoesNotContain("\nrevoke_ids \\", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("\nrevoke \\", kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_become_variables_that_must_hold_an_id()
    {
        const string File = """
            version: 1
            groups: {my-web: {select: {name: web}}, my.web: {select: {name: web2}}}
            externals: {s3: {prefixList: "com.amazonaws.x.s3"}}
            connections: {c: {from: my-web, to: [my.web, s3], services: [tcp/443], reason: x}}
            """;
        var rules = Compiler.Compile(ConnectionsReader.Read(File, "c.yaml").Value!, null).Value!;
        var script = Script(rules, null);
        var (exit, calls, _) = await RunAsync(script, "exit 0", ("SG_MY_WEB", "sg-0000000a"), ("SG_MY_WEB_2", "sg-0000000b"), ("PL_COM_AMAZONAWS_X_S3", "pl-00000001"));
        Assert.Equal((0, 2), (exit, calls.Count));
        Assert.Contains("\"GroupId\":\"sg-0000000b\"", calls[0][5], StringComparison.Ordinal);
        Assert.Contains("\"PrefixListId\":\"pl-00000001\"", calls[0][5], StringComparison.Ordinal);
        foreach (var bad in new[] { "", "pl-00000001", "sg-", "sg-0 --profile x", "sg-$(id)", "web" })
        {
            (exit, calls, _) = await RunAsync(script, "exit 0", ("SG_MY_WEB", bad), ("SG_MY_WEB_2", "sg-0000000b"), ("PL_COM_AMAZONAWS_X_S3", "pl-00000001"));
            Assert.Equal((1, 0), (exit, calls.Count));
        }

        (exit, calls, _) = await RunAsync(script, "exit 0");
        Assert.NotEqual(0, exit);
        Assert.Empty(calls);
    }

    [Fact]
    public async Task Several_accounts_need_a_profile_each()
    {
        var rules = Rules(
            Rule("sg-0000000a", Direction.Egress, "tcp/1", new GroupPeer(new("sg-0000000c")) { Account = "444455556666" }, "x", "c"),
            Rule("sg-0000000c", Direction.Ingress, "tcp/1", new GroupPeer(new("sg-0000000a")) { Account = "111122223333" }, "x", "c"));
        rules = rules with { Groups = [.. rules.Groups.Select(g => g.Id.Value == "sg-0000000c" ? g with { Scope = new("444455556666", "eu-west-1") } : g)] };
        var (exit, calls, _) = await RunAsync(Script(rules, null), "exit 0", ("PROFILE_111122223333", "home"), ("PROFILE_444455556666", "their account"));
        Assert.Equal((0, 2), (exit, calls.Count));
        Assert.Equal(["--profile", "home", "--region", "eu-west-1", "--group-id", "sg-0000000a"], calls[0].Skip(2).Take(6));
        Assert.Equal(["--profile", "their account", "--region", "eu-west-1", "--group-id", "sg-0000000c"], calls[1].Skip(2).Take(6));
        Assert.Contains("\"UserId\":\"444455556666\"", calls[0][9], StringComparison.Ordinal);
    }

    [Fact]
    public async Task For_whatever_a_file_declares_the_calls_mean_what_the_other_languages_do()
    {
        foreach (var file in ConnectionsGenerator.EstateAndFile.Sample(12).Select(p => p.File))
        {
            var compiled = Compiler.Compile(file, null);
            if (!compiled.IsOk) continue;
            var lists = string.Concat(compiled.Value.Rules.Select(r => r.Key.Peer).OfType<PrefixListPeer>().Select(p => p.PrefixList.Value).Where(p => !p.StartsWith("pl-", StringComparison.Ordinal)).Distinct());
            Assert.True(lists is "" or "offices6");
            var (exit, calls, text) = await RunAsync(Script(compiled.Value, null), "exit 0", ("PL_OFFICES6", "pl-00000066"));
            Assert.True(exit == 0, text);
            var said = calls.SelectMany(c => LinesOf(c)).Select(l => l.Replace("pl-00000066", "offices6", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
            Assert.Equal(WrittenCode.LinesOfTemplate(WrittenCode.Of("cloudformation", compiled.Value)), said);
        }
    }

    private static IEnumerable<string> LinesOf(string[] call)
    {
        using var permissions = JsonDocument.Parse(call[Array.IndexOf(call, "--ip-permissions") + 1]);
        using var tags = JsonDocument.Parse(call[Array.IndexOf(call, "--tag-specifications") + 1]);
        var owners = tags.RootElement[0].GetProperty("Tags")[0].GetProperty("Value").GetString();
        var direction = call[1] == "authorize-security-group-ingress" ? Direction.Ingress : Direction.Egress;
        var group = call[Array.IndexOf(call, "--group-id") + 1];
        foreach (var permission in permissions.RootElement.EnumerateArray())
        {
            Assert.True(Protocol.TryParse(permission.GetProperty("IpProtocol").GetString()!, out var protocol));
            Assert.True(Service.TryCreate(protocol, Number("FromPort"), Number("ToPort"), out var service, out _));
            foreach (var list in permission.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Array))
            {
                foreach (var item in list.Value.EnumerateArray())
                {
                    Peer peer = list.Name switch
                    {
                        "IpRanges" => new CidrPeer(Cidr.Parse(item.GetProperty("CidrIp").GetString()!)),
                        "Ipv6Ranges" => new CidrPeer(Cidr.Parse(item.GetProperty("CidrIpv6").GetString()!)),
                        "PrefixListIds" => new PrefixListPeer(new(item.GetProperty("PrefixListId").GetString()!)),
                        _ => new GroupPeer(new(item.GetProperty("GroupId").GetString()!)),
                    };
                    yield return $"{group} {new RuleKey(direction, service, peer)} | {item.GetProperty("Description").GetString()} | {owners}";
                }
            }

            int? Number(string name) => permission.TryGetProperty(name, out var value) ? value.GetInt32() : null;
        }
    }

    internal static string Script(DesiredRules rules, Estate? estate)
    {
        using var stream = new MemoryStream();
        Assert.Empty(new AwsCliWriter().Write(rules, estate, stream));
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static DesiredRule Rule(string group, Direction direction, string service, Peer peer, string description, params string[] origins) =>
        new(new SecurityGroupId(group), new RuleKey(direction, Service.Parse(service), peer), description, [.. origins]);

    private static DesiredRules Rules(params ImmutableArray<DesiredRule> rules) => new()
    {
        Rules = rules,
        Groups = [.. rules.Select(r => r.Group).Distinct().Order().Select(g => new ManagedGroup($"name-of-{g}", g, Home, IsReadOnly: false))],
    };

    private async Task<(int Exit, List<string[]> Calls, string Text)> RunAsync(string script, string answer, params (string Name, string Value)[] environment)
    {
        var log = Path.Combine(_folder, "log");
        File.Delete(log);
        await File.WriteAllTextAsync(Path.Combine(_folder, "aws"), $"#!/bin/sh\nfor a in \"$@\"; do printf '%s\\037' \"$a\"; done >> '{log}'\nprintf '\\036' >> '{log}'\n{answer}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Path.Combine(_folder, "aws"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await File.WriteAllTextAsync(Path.Combine(_folder, "rules.sh"), script);
        var (exit, text) = await ChildProcess.RunAsync("sh", [Path.Combine(_folder, "rules.sh")], [("PATH", $"{_folder}:{Environment.GetEnvironmentVariable("PATH")}"), .. environment]);
        var calls = File.Exists(log) ? (await File.ReadAllTextAsync(log)).Split('\u001e', StringSplitOptions.RemoveEmptyEntries).Select(c => c.Split('\u001f')[..^1]).ToList() : [];
        return (exit, calls, text);
    }
}

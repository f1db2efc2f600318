using System.Collections.Immutable;
using System.Text;
using Sallyport.Diagnostics;
using Sallyport.Estates;
using Sallyport.Packets;
using Sallyport.Planning;
using Sallyport.Templates.AwsCli;
using Sallyport.Tests.Reports;

namespace Sallyport.Tests.Templates;

/// <summary>Plans as AWS CLI calls, run by a real shell with a stand-in for the AWS CLI that writes its arguments down.</summary>
public sealed class AwsCliPlanTests : IDisposable
{
    private static readonly Scope Home = new("111122223333", "eu-west-1");
    private static readonly SecurityGroupId Web = new("sg-0000000a");
    private static readonly SecurityGroupRule Open = new(Direction.Egress, Service.Any, new CidrPeer(Cidr.AnyV4));

    private readonly string _folder = Directory.CreateTempSubdirectory("sallyport-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_is_needed_is_authorized_before_what_is_open_is_revoked()
    {
        var script = Script(
            Step(PlanAction.Authorize, new PlanRule(new RuleKey(Direction.Egress, Service.Tcp(3306), new GroupPeer(new("sg-0000000b")) { Account = "444455556666" })) { Description = "orders [SP-EGR-01]", Origins = ["SP-EGR-01"] }),
            Step(PlanAction.Revoke, new PlanRule(Open.Key), new PlanRule(Open.Key with { Peer = new CidrPeer(Cidr.AnyV6) })));
        Assert.Equal(
            """
            #!/bin/sh
            # Written by sallyport fix --to aws-cli. Adds what is needed, then revokes what is too wide; to be run once.
            set -euf
            AWS_PAGER=
            export AWS_PAGER

            aws ec2 authorize-security-group-egress --region 'eu-west-1' \
                --group-id 'sg-0000000a' \
                --ip-permissions '[{"IpProtocol":"tcp","FromPort":3306,"ToPort":3306,"UserIdGroupPairs":[{"GroupId":"sg-0000000b","UserId":"444455556666","Description":"orders [SP-EGR-01]"}]}]' \
                --tag-specifications '[{"ResourceType":"security-group-rule","Tags":[{"Key":"sallyport:connections","Value":"SP-EGR-01"}]}]'

            aws ec2 revoke-security-group-egress --region 'eu-west-1' \
                --group-id 'sg-0000000a' \
                --ip-permissions '[{"IpProtocol":"-1","IpRanges":[{"CidrIp":"0.0.0.0/0"}]},{"IpProtocol":"-1","Ipv6Ranges":[{"CidrIpv6":"::/0"}]}]'

            """.ReplaceLineEndings("\n"),
            script);
        var (exit, calls) = await RunAsync(script, "exit 0");
        Assert.Equal((0, 2), (exit, calls.Count));
    }

    [Fact]
    public async Task The_first_refusal_ends_it_before_anything_is_revoked()
    {
        var (exit, calls) = await RunAsync(Script(Step(PlanAction.Authorize, Rule("tcp/1", "x")), Step(PlanAction.Revoke, Rule("tcp/2", "x"))), "exit 254");
        Assert.Equal((254, 1), (exit, calls.Count));
    }

    [Fact]
    public async Task Hostile_text_arrives_as_one_argument_and_runs_nothing()
    {
        // No argument can hold a NUL, and no plan half a surrogate pair: descriptions are cleaned before they are planned.
        foreach (var name in HostileNames.All.Append("$(touch x) `id` '\"; rm -rf \\ *").Where(n => n.Length > 0 && !n.AsSpan().ContainsAny('\0', '\uD800')))
        {
            var (exit, calls) = await RunAsync(Script(Step(PlanAction.Authorize, Rule("tcp/1", name) with { Origins = [name] })), "exit 0");
            Assert.Equal(0, exit);
            var call = Assert.Single(calls);
            using var permissions = System.Text.Json.JsonDocument.Parse(call[7]);
            using var tags = System.Text.Json.JsonDocument.Parse(call[9]);
            var block = permissions.RootElement[0].GetProperty("IpRanges")[0];
            Assert.Equal(name, block.GetProperty("Description").GetString());
            Assert.Equal(name, tags.RootElement[0].GetProperty("Tags")[0].GetProperty("Value").GetString());
        }
    }

    [Fact]
    public async Task Rules_with_an_id_are_revoked_by_it_a_hundred_at_a_time()
    {
        var rules = Enumerable.Range(1, 150).Select(n => Rule($"tcp/{n}", "") with { Id = new SecurityGroupRuleId($"sgr-{n:x17}") });
        var (_, calls) = await RunAsync(Script(Step(PlanAction.Revoke, [.. rules])), "exit 0");
        Assert.Equal([100, 50], calls.Select(c => c.Count(a => a.StartsWith("sgr-", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Rules_of_several_owners_are_born_with_their_own_tags_and_take_no_further_call()
    {
        var (one, two) = (Rule("tcp/1", "") with { Origins = ["a"] }, Rule("tcp/2", "") with { Origins = ["b"] });
        var (_, calls) = await RunAsync(Script(Step(PlanAction.Authorize, one, two), Step(PlanAction.Tag, one) with { Tags = Tags.None.With("k", "v") }), "exit 0");
        Assert.Equal(2, calls.Count);
        Assert.Contains("\"Value\":\"a\"", calls[0][9], StringComparison.Ordinal);
        Assert.Contains("\"Value\":\"b\"", calls[1][9], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_replaced_in_place_takes_the_rule_id()
    {
        var swap = Rule("tcp/1", "new") with { Before = Open, Id = new SecurityGroupRuleId("sgr-0000000a") };
        var (_, calls) = await RunAsync(Script(Step(PlanAction.Modify, swap)), "exit 0");
        Assert.Equal("""[{"SecurityGroupRuleId":"sgr-0000000a","SecurityGroupRule":{"IpProtocol":"tcp","FromPort":1,"ToPort":1,"CidrIpv4":"10.0.0.0/8","Description":"new"}}]""", Assert.Single(calls)[7]);
        var said = new AwsCliPlanWriter().Write(Plan(Step(PlanAction.Modify, swap with { Id = null })), new EstateBuilder().Build(), Stream.Null);
        Assert.Equal(("SPD3017", Severity.Error), (Assert.Single(said).Code, said[0].Severity));
    }

    [Fact]
    public async Task Several_accounts_take_a_profile_each()
    {
        var script = Script(Step(PlanAction.Authorize, Rule("tcp/1", "")), Step(PlanAction.Authorize, Rule("tcp/1", "")) with { Scope = new Scope("444455556666", "eu-west-1") });
        var (exit, calls) = await RunAsync(script, "exit 0", ("PROFILE_111122223333", "one"), ("PROFILE_444455556666", "two"));
        Assert.Equal(0, exit);
        Assert.Equal(["one", "two"], calls.Select(c => c[3]));
        Assert.NotEqual(0, (await RunAsync(script, "exit 0")).Exit);
    }

    private static PlanRule Rule(string service, string description) =>
        new(new RuleKey(Direction.Egress, Service.Parse(service), new CidrPeer(Cidr.Parse("10.0.0.0/8")))) { Description = description, Origins = ["c"] };

    private static PlanStep Step(PlanAction action, params ImmutableArray<PlanRule> rules) => new(1, action, Home, Web, Direction.Egress, rules);

    private static Plan Plan(params ImmutableArray<PlanStep> steps) => new() { EstateDigest = "sha256:", Steps = steps };

    private static string Script(params ImmutableArray<PlanStep> steps)
    {
        using var stream = new MemoryStream();
        Assert.Empty(new AwsCliPlanWriter().Write(Plan(steps), new EstateBuilder().Build(), stream));
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private async Task<(int Exit, List<string[]> Calls)> RunAsync(string script, string answer, params (string Name, string Value)[] environment)
    {
        var log = Path.Combine(_folder, "log");
        File.Delete(log);
        await File.WriteAllTextAsync(Path.Combine(_folder, "aws"), $"#!/bin/sh\nfor a in \"$@\"; do printf '%s\\037' \"$a\"; done >> '{log}'\nprintf '\\036' >> '{log}'\n{answer}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Path.Combine(_folder, "aws"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await File.WriteAllTextAsync(Path.Combine(_folder, "fix.sh"), script);
        var (exit, _) = await ChildProcess.RunAsync("sh", [Path.Combine(_folder, "fix.sh")], [("PATH", $"{_folder}:{Environment.GetEnvironmentVariable("PATH")}"), .. environment]);
        var calls = File.Exists(log) ? (await File.ReadAllTextAsync(log)).Split('\u001e', StringSplitOptions.RemoveEmptyEntries).Select(c => c.Split('\u001f')[..^1]).ToList() : [];
        return (exit, calls);
    }
}

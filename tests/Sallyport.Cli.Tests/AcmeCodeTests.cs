using System.Collections.Immutable;
using System.Text.Json;
using Sallyport.Lab;
using Sallyport.Lab.Estates;
using Sallyport.Tests.Snapshots;
using Sallyport.Tests.Templates;

namespace Sallyport.Cli.Tests;

/// <summary>The connections of the lab's shop, compiled against the lab into every language.</summary>
public sealed class AcmeCodeTests : IAsyncLifetime
{
    private static readonly string Connections = Path.Combine(Folder(), "Acme", "connections.yaml");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sallyport-code-");
    private LabServer _lab = null!;

    public async ValueTask InitializeAsync() => _lab = await LabServer.StartAsync(new LabOptions { Estate = AcmeEstate.Create() }, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _lab.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("terraform")]
    [InlineData("terraform-module")]
    [InlineData("cloudformation")]
    [InlineData("cloudformation-json")]
    [InlineData("aws-cli")]
    public async Task The_shop_in_every_language_is_as_it_was_accepted(string language) =>
        Snapshot.Match((await CompileAsync("--to", language)).Out, $"acme.{language}");

    [Fact]
    public async Task A_folder_gets_a_file_of_its_own_name()
    {
        await CompileAsync("--to", "cloudformation", "--out", _folder.FullName);
        Assert.StartsWith("AWSTemplateFormatVersion: ", await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "connections.yaml")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_twice_against_the_lab_the_script_leaves_exactly_the_declared_rules()
    {
        Assert.SkipUnless((Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Any(p => p.Length > 0 && File.Exists(Path.Combine(p, "aws"))), "aws is not here.");
        var script = Path.Combine(_folder.FullName, "rules.sh");
        await CompileAsync("--to", "aws-cli", "--out", script);
        var declared = Rules((await CompileAsync("--to", "json")).Out);
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var (exit, text) = await ChildProcess.RunAsync("sh", [script], _lab.Environment(AcmeEstate.Production).Select(v => (v.Key, v.Value)));
            Assert.True(exit == 0, text);
            Assert.Equal(declared, await StandingAsync([.. declared.Select(r => r.Split(' ')[0]).Distinct()]));
        }
    }

    private static ImmutableArray<string> Rules(string json)
    {
        using var document = JsonDocument.Parse(json);
        return
        [
            .. document.RootElement.GetProperty("rules").EnumerateArray().Select(r =>
                $"{Text(r, "group")} {Text(r, "direction")} {Text(r, "protocol")} {r.GetProperty("fromPort")} {r.GetProperty("toPort")} {r.GetProperty("peer").EnumerateObject().Single().Value}").Order(StringComparer.Ordinal),
        ];
    }

    private async Task<ImmutableArray<string>> StandingAsync(ImmutableArray<string> groups)
    {
        var (exit, text) = await ChildProcess.RunAsync(
            "aws", ["ec2", "describe-security-group-rules", "--output", "json", "--filters", $"Name=group-id,Values={string.Join(',', groups)}"], _lab.Environment(AcmeEstate.Production).Select(v => (v.Key, v.Value)));
        Assert.True(exit == 0, text);
        using var document = JsonDocument.Parse(text);
        return [.. document.RootElement.GetProperty("SecurityGroupRules").EnumerateArray().Select(Line).Order(StringComparer.Ordinal)];

        static string Line(JsonElement rule)
        {
            var peer = rule.TryGetProperty("ReferencedGroupInfo", out var group) ? Text(group, "GroupId")
                : new[] { "CidrIpv4", "CidrIpv6", "PrefixListId" }.Where(n => rule.TryGetProperty(n, out _)).Select(n => Text(rule, n)).Single();
            return $"{Text(rule, "GroupId")} {(rule.GetProperty("IsEgress").GetBoolean() ? "egress" : "ingress")} {Text(rule, "IpProtocol")} {Port("FromPort")} {Port("ToPort")} {peer}";

            int Port(string name) => rule.TryGetProperty(name, out var port) ? port.GetInt32() : -1;
        }
    }

    private async Task<Run> CompileAsync(params ImmutableArray<string> options)
    {
        var run = await Run.Sallyport(
            ["compile", Connections, "live", .. _lab.Credentials.SelectMany(c => new[] { "--role-arn", $"arn:aws:iam::{c.Account}:role/auditor" }), .. options], _lab.Environment(AcmeEstate.Production).ToDictionary());
        Assert.True(run.Code == ExitCode.Done, run.Error);
        return run;
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static string Folder([System.Runtime.CompilerServices.CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}

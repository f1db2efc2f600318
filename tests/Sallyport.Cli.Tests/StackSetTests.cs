using System.Text.Json;

namespace Sallyport.Cli.Tests;

/// <summary>Connections of two accounts as one template, read back as each of them.</summary>
public sealed class StackSetTests
{
    private const string Connections = """
        version: 1
        groups:
          web: {sg: sg-0aaaaaaaaaaaaaaa1}
          batch: {sg: sg-0bbbbbbbbbbbbbbb1}
        externals:
          partner: {cidrs: [198.51.100.0/24]}
        connections:
          web-to-partner: {from: web, to: partner, services: [tcp/443], reason: orders}
          batch-to-partner: {from: batch, to: partner, services: [tcp/8443], reason: invoices}

        """;

    [Fact]
    public async Task One_template_on_standard_output_is_each_accounts_own_when_read_there()
    {
        using var folder = new CodeFolder();
        folder.Write("c.yaml", Connections);
        folder.Write("111122223333/eu-west-1/sg.json", Group("sg-0aaaaaaaaaaaaaaa1", "111122223333"));
        folder.Write("444455556666/us-east-1/sg.json", Group("sg-0bbbbbbbbbbbbbbb1", "444455556666"));
        var sources = new[] { Path.Combine(folder.Path, "111122223333"), Path.Combine(folder.Path, "444455556666") };
        string[] compile = ["compile", Path.Combine(folder.Path, "c.yaml"), .. sources, "--to", "cloudformation"];
        var run = await folder.Sallyport(compile);
        Assert.True(run.Code == ExitCode.Done, run.Error);
        Assert.Contains("note SPD6218", run.Error, StringComparison.Ordinal);
        await folder.Sallyport([.. compile, "--out", Path.Combine(folder.Path, "all.yaml")]);
        Assert.Equal(run.Out, folder.Read("all.yaml"));

        foreach (var (account, region, service) in new[] { ("111122223333", "eu-west-1", "tcp/443"), ("444455556666", "us-east-1", "tcp/8443"), ("444455556666", "eu-west-1", null) })
        {
            var read = await folder.Sallyport(
                "snapshot", Path.Combine(folder.Path, "all.yaml"), "--parameter", $"AWS::AccountId={account}", "--parameter", $"AWS::Region={region}", "--out", Path.Combine(folder.Path, "s.json"), "--allow-partial");
            Assert.True(read.Code == ExitCode.Done, read.Error);
            using var snapshot = JsonDocument.Parse(folder.Read("s.json"));
            var rules = snapshot.RootElement.GetProperty("securityGroups").EnumerateArray()
                .Where(g => g.TryGetProperty("rules", out _)).SelectMany(g => g.GetProperty("rules").EnumerateArray()).ToList();
            Assert.Equal(service is null ? 0 : 1, rules.Count);
            if (service is not null) Assert.Contains(service["tcp/".Length..], rules[0].GetRawText(), StringComparison.Ordinal);
        }

        Directory.CreateDirectory(Path.Combine(folder.Path, "out"));
        await folder.Sallyport([.. compile, "--out", Path.Combine(folder.Path, "out")]);
        Assert.Equal(
            ["connections.111122223333-eu-west-1.yaml", "connections.444455556666-us-east-1.yaml"],
            Directory.EnumerateFiles(Path.Combine(folder.Path, "out")).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
    }

    private static string Group(string id, string account) => $$"""
        {"SecurityGroups":[{"GroupId":"{{id}}","GroupName":"g","OwnerId":"{{account}}","VpcId":"vpc-0123456789abcdef0","Description":"x","IpPermissions":[],"IpPermissionsEgress":[]}]}
        """;
}

using System.Text;
using System.Text.Json;
using Sallyport.Estates;
using Sallyport.Estates.AwsCli;
using Sallyport.Estates.Files;
using Sallyport.Tests.Templates;

namespace Sallyport.Tests.CloudFormation;

/// <summary>
/// A sample deployed by moto, which evaluates templates itself, and described again: an oracle that is not ours. moto 5 ignores egress of templates,
/// inline and standalone, so egress is compared for the group that declares none.
/// </summary>
public sealed class MotoStackTests
{
    [Fact]
    public Task Moto_makes_the_rules_that_we_read() => Moto.UseAsync(CompareAsync);

    private static async Task CompareAsync((string, string)[] environment)
    {
        await AwsAsync("cloudformation", "create-stack", "--stack-name", "rules", "--template-body", $"file://{Sample.Path("rules.yaml")}");
        using var resources = JsonDocument.Parse(await AwsAsync("cloudformation", "describe-stack-resources", "--stack-name", "rules"));
        var logical = resources.RootElement.GetProperty("StackResources").EnumerateArray()
            .Where(r => r.TryGetProperty("ResourceType", out var type) && type.GetString() == "AWS::EC2::SecurityGroup" && r.TryGetProperty("PhysicalResourceId", out _))
            .ToDictionary(r => r.GetProperty("PhysicalResourceId").GetString()!, r => r.GetProperty("LogicalResourceId").GetString()!);
        var builder = new EstateBuilder();
        var answer = await AwsAsync("ec2", "describe-security-groups");
        var said = new EstateFileReader([new AwsCliFormat()]).Read(new MemoryStream(Encoding.UTF8.GetBytes(answer)), new EstateFile("groups.json"), builder);
        Assert.Empty(said);
        var deployed = builder.Build().SecurityGroups.Where(g => logical.ContainsKey(g.Id.Value))
            .SelectMany(g => g.Rules.Where(r => IsCompared(logical[g.Id.Value], r)).Select(r => $"{logical[g.Id.Value]} {r.Direction} {r.Service} {(r.Peer is GroupPeer peer ? logical[peer.Group.Value] : r.Peer)}"));
        var read = Sample.Read("rules.yaml").Estate.SecurityGroups
            .SelectMany(g => g.Rules.Where(r => IsCompared(g.Id.Value, r)).Select(r => $"{g.Id} {r.Direction} {r.Service} {r.Peer}")).ToList();
        Assert.Equal(7, read.Count);
        Assert.Equal(read.Order(StringComparer.Ordinal), deployed.Order(StringComparer.Ordinal));

        async Task<string> AwsAsync(params string[] arguments)
        {
            var (exit, text) = await ChildProcess.RunAsync("aws", [.. arguments, "--output", "json"], environment);
            Assert.True(exit == 0, text);
            return text;
        }
    }

    private static bool IsCompared(string group, SecurityGroupRule rule) => rule.Direction == Direction.Ingress || group == "OpenGroup";
}

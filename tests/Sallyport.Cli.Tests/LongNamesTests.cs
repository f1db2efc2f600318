using System.Text.Json;

namespace Sallyport.Cli.Tests;

/// <summary>Names of a megabyte, which only files have: what AWS could not hold is not repeated in every output.</summary>
public sealed class LongNamesTests
{
    private const int Length = 1_000_000;
    private const int Readable = 150_000;

    private static readonly string Name = new('n', Length);

    [Fact]
    public async Task No_output_for_people_is_a_name_and_nothing_else()
    {
        using var folder = new CodeFolder();
        var (old, now) = (folder.Write("old.json", Live(string.Empty)), folder.Write("new.json", Live("""{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"IpRanges":[{"CidrIp":"0.0.0.0/0"}]}""")));
        var connections = folder.Write("c.yaml", "version: 1\ngroups:\n  web: {sg: sg-0aaaaaaaaaaaaaaa1}\nconnections: {}\n");
        string[][] commands =
        [
            ["audit", now, "--fail-on", "none"],
            ["audit", now, "--fail-on", "none", "-o", "markdown"],
            ["audit", now, "--fail-on", "none", "-o", "github"],
            ["diff", old, now],
            ["diff", old, now, "-o", "markdown"],
            ["fix", now],
            ["plan", connections, now],
            ["drift", connections, now],
            ["reach", now, "--from", "sg-0aaaaaaaaaaaaaaa1", "--to", "sg-0aaaaaaaaaaaaaaa2"],
        ];
        foreach (var command in commands)
        {
            var run = await folder.Sallyport([.. command, "--region", "eu-west-1"]);
            Assert.True(run.Code is ExitCode.Done or ExitCode.Different, $"{string.Join(' ', command)}: {run.Code} {run.Error[..Math.Min(500, run.Error.Length)]}");
            Assert.True(run.Out.Length > 20 && run.Out.Length < Readable, $"{string.Join(' ', command)}: {run.Out.Length} characters");
            Assert.True(run.Error.Length < Readable, $"{string.Join(' ', command)}: {run.Error.Length} characters of diagnostics");
        }

        var text = (await folder.Sallyport("audit", now, "--fail-on", "none")).Out;
        Assert.Contains("nnn…nnn", text, StringComparison.Ordinal);
        Assert.Contains("sg-0aaaaaaaaaaaaaaa1", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_has_the_part_that_was_kept_and_a_warning_says_so()
    {
        using var folder = new CodeFolder();
        var run = await folder.Sallyport("audit", folder.Write("live.json", Live(string.Empty)), "--region", "eu-west-1", "--fail-on", "none", "--rule", "SP-EGR-01", "-o", "json");
        using var json = JsonDocument.Parse(run.Out);
        Assert.All(json.RootElement.GetProperty("findings").EnumerateArray(), f => Assert.InRange(f.GetProperty("resource").GetProperty("name").GetString()!.Length, 1_000, 1_100));
        Assert.NotEmpty(json.RootElement.GetProperty("findings").EnumerateArray());
        Assert.Contains("SPD2057", run.Error, StringComparison.Ordinal);
    }

    private static string Live(string ingress) => $$"""
        {"SecurityGroups":[
         {"GroupId":"sg-0aaaaaaaaaaaaaaa1","GroupName":"{{Name}}1","OwnerId":"111122223333","VpcId":"vpc-0123456789abcdef0","Description":"x",
          "IpPermissions":[{{ingress}}],"IpPermissionsEgress":[{"IpProtocol":"-1","IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]},
         {"GroupId":"sg-0aaaaaaaaaaaaaaa2","GroupName":"{{Name}}2","OwnerId":"111122223333","VpcId":"vpc-0123456789abcdef0","Description":"x",
          "IpPermissions":[{"IpProtocol":"tcp","FromPort":5432,"ToPort":5432,"UserIdGroupPairs":[{"GroupId":"sg-0aaaaaaaaaaaaaaa1","UserId":"111122223333"}]}],
          "IpPermissionsEgress":[{"IpProtocol":"-1","IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]}]}
        """;
}
